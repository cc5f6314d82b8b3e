"""Troupe: people described in a file, played by language models, live through a simulation."""
