"""Values that fit a JSON Schema: drawn at random, or the least there is."""
