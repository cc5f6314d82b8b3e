"""Checks that many plugins need, on nothing but the standard library."""
