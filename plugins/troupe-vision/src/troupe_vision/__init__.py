"""Perceiving pictures."""
