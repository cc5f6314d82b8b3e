"""How a kit tries a part, and how it says what it saw."""
