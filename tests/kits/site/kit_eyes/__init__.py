"""Senses, declared well and badly, as if they were installed."""
