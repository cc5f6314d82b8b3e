"""How a run looks while it goes on: on a terminal and in a notebook."""
