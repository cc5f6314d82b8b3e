"""Searching and reading for the people of a simulation."""
