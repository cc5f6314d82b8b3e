"""Graph files: one module for each form."""
