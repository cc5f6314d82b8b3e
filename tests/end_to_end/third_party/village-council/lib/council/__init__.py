"""A village council."""
