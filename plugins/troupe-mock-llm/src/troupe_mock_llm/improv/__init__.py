"""The mode `improv`: people who take up the topic, the others, and themselves, made from persona, memory and percepts."""
