"""An attic full of memories."""
