"""Memories kept in Chroma."""
