"""Embedders that need no network: hashing, WordLlama, MiniLM."""
