"""One mechanism for all actions: what an agent can do now, and whether an answer is one of these things."""
