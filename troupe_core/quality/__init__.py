"""When a plugin is done: the rules that a program can verify. The list is in `rules.py`."""
