"""Finding plugins, checking them, naming what they offer, and making parts of it."""
