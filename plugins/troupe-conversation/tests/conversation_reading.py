# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What is read of a run: who spoke when, what was said, and what somebody heard."""


def spoken(run):
    """Step, speaker, addressees and text of all that was said, in order."""
    return [
        (event.step, event.data.get("source"), event.data.get("to"), event.data["text"])
        for event in run.events(kind="stimulus")
        if event.data.get("kind") == "talk"
    ]


def turns(run):
    """For each step, who had a turn, in order."""
    found: dict[int, list[str]] = {}
    for event in run.events(kind="decision"):
        found.setdefault(event.step, []).append(event.agent)
    return found


def heard(run, agent):
    """Step and text of all that somebody heard."""
    texts = {event.id: event.data["text"] for event in run.events(kind="stimulus")}
    return [
        (event.step, texts[each] if isinstance(each, str) else each["text"])
        for event in run.events(kind="percept", agent=agent)
        for each in event.data["percepts"]
    ]


def scenes(run, agent):
    """For each step, what somebody was told of where it is."""
    return {event.step: event.data["messages"][0].split("\n")[1] for event in run.events(kind="request", agent=agent)}


def refusals(run):
    """Who was refused, and why."""
    return [(event.agent, event.data["why"]) for event in run.events(kind="refusal")]


def lived(run, step):
    """What happened from this step on, but for what depends on memories and on where the run began."""
    return [
        (event.kind, event.agent, event.data)
        for event in run.events()
        if event.step >= step and event.kind not in ("run", "memory")
    ]
