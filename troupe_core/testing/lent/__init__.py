"""What the core lends to a part, as a test makes it."""
