# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A room in which improvising people talk, without an engine."""

import json
from collections import defaultdict

from attrs import frozen
from mock_asking import actions, opened, turn


@frozen
class Spoken:
    step: int
    who: str
    to: str
    text: str


def talk(people, topic, *, steps=6, seed=1, happens=None):
    """What people (name to persona lines) say to each other; everybody hears everything one step later."""
    model = opened()
    memories: dict[str, list[str]] = defaultdict(list)
    percepts: dict[str, list[str]] = defaultdict(list)
    spoken: list[Spoken] = []
    scene = f"You are in a room with {', '.join(people)}." + (
        f" You have come together for this: {topic}" if topic else ""
    )
    for step in range(steps):
        for name in people:
            percepts[name] += (happens or {}).get(step, [])
        said = []
        for place, (name, persona) in enumerate(people.items()):
            request = turn(
                name, persona, scene=[scene], memories=memories[name], percepts=percepts[name],
                seed=seed * 10_000 + step * 100 + place, step=step,
            )  # fmt: skip
            memories[name] += [f"09:0{step % 10} {line}" for line in percepts.pop(name, [])]
            said += [Spoken(step, name, a["to"], a["text"]) for a in actions(request, model) if a["action"] == "talk"]
        for each in said:
            memories[each.who].append(f"09:0{each.step % 10} You to {each.to}: {each.text}")
            for name in people:
                if name != each.who:
                    percepts[name].append(f"{each.who} to {'you' if each.to == name else each.to}: {each.text}")
        spoken += said
    return spoken


def lines_of(persona):
    """A TinyTroupe persona file as the lines of a prompt."""
    told = json.loads(persona.read_text(encoding="utf-8"))["persona"]
    lines: list[str] = []
    tables: list[str] = []
    for key, value in told.items():
        if key == "name":
            continue
        (tables if isinstance(value, dict) else lines).extend(_told(key.replace("_", " "), value))
    return told["name"], [*lines, *tables]


def _told(label, value):
    if isinstance(value, dict):
        return [
            f"# {label.capitalize()}",
            *(line for key, each in value.items() for line in _rows(key.replace("_", " "), each)),
        ]
    return _rows(label, value)


def _rows(label, value):
    if isinstance(value, dict):
        return [row for key, each in value.items() for row in _rows(f"{label} {key.replace('_', ' ')}", each)]
    if isinstance(value, list):
        value = "; ".join(_phrase(each) for each in value)
    return [f"{label[:1].upper()}{label[1:]}: {value}"]


def _phrase(value):
    if isinstance(value, dict):
        first, *rest = [str(each) for each in value.values()]
        return f"{first}: {', '.join(rest)}"
    return str(value).removesuffix(".")
