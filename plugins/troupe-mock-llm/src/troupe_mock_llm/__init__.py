"""A model that costs nothing: it improvises, follows a script, records and replays, or just keeps time."""
