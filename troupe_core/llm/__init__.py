"""Between an agent and any provider: the line to a model, what it costs, and when that is enough."""
