"""What a plugin author subclasses, one file per kind. Import these names from `troupe_core.plugin`."""
