"""Who speaks to whom: how much, how mutually, and in which circles."""
