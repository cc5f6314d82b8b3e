"""A knowledge graph that agents look things up in, each with beliefs of its own."""
