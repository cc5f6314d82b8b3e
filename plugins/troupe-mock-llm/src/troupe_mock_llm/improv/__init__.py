"""The mode `improv`: people who take up the topic and each other, made from persona, memories and percepts."""
