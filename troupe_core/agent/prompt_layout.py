"""How a turn's two messages are laid out: written in `prompt`, read back here by models that are programs.

Message 0 says who the agent is and what it can do; it is the same in every turn, so that providers' prefix caches
hold it. Message 1 says what is now. Every item stands on a line of its own; further lines of it are indented.
"""

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from troupe_core.values.chat import ChatRequest, Message, Role

__all__ = [
    "ALSO",
    "CAN",
    "MEMORIES",
    "PERCEPTS",
    "QUESTION",
    "RULES",
    "YOU_ARE",
    "PromptParts",
    "message",
    "prompt_parts",
    "scene_told",
]

YOU_ARE = "You are "
RULES = "# How you act"
CAN = "# You can"
ALSO = "# Since then"
MEMORIES = "# You remember"
PERCEPTS = "# Just now"
QUESTION = "What do you do?"


@frozen(kw_only=True)
class PromptParts:
    """What stands in an agent's prompt."""

    name: str
    persona: Sequence[str] = ()
    """The lines that describe the person."""
    actions: Mapping[str, str] = field(factory=dict)
    """What the agent can do: name to the line that tells it."""
    scene: Sequence[str] = ()
    """When and where the agent is, who is there, and what faculties add."""
    memories: Sequence[str] = ()
    """What it recalls, oldest first."""
    percepts: Sequence[str] = ()
    """What it just sensed, in the order in which it came about."""


def prompt_parts(request: ChatRequest) -> PromptParts | None:
    """The parts of an agent's prompt, or None where the request is not laid out as one."""
    if len(request.messages) < 2 or not request.messages[0].text.startswith(YOU_ARE):
        return None
    introduction, *sections = request.messages[0].text.split("\n\n")
    name, _, described = f"{introduction.removeprefix(YOU_ARE)}\n".partition(".\n")
    told = _sections(sections)
    now = _sections(request.messages[1].text.split("\n\n"))
    return PromptParts(
        name=name,
        persona=_items(described.removesuffix("\n")),
        actions={line.partition("(")[0]: line for line in _items(told.get(CAN, ""))},
        scene=_items(now.get("", "")),
        memories=_items(now.get(MEMORIES, "")),
        percepts=_items(now.get(PERCEPTS, "")),
    )


def scene_told(text: str) -> Sequence[str]:
    """Where an agent is and with whom, in message 1 of one of its turns; without the time."""
    return _items(_sections(text.split("\n\n")).get("", ""))[1:]


def message(role: Role, sections: Mapping[str, Sequence[str]], question: str = "") -> Message:
    """One message of sections, each a heading (none for the empty one) and its items; what is empty is left out."""
    blocks = []
    for heading, items in sections.items():
        lines = [line.replace("\n", "\n  ") for item in items if (line := item.strip())]
        if lines:
            blocks.append("\n".join([heading, *lines] if heading else lines))
    return Message(role, "\n\n".join([*blocks, question] if question else blocks))


def _sections(blocks: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in blocks:
        heading, newline, items = block.partition("\n")
        if newline and heading.startswith("# "):
            found[heading] = items
        elif block != QUESTION:
            found.setdefault("", block)
    return found


def _items(block: str) -> tuple[str, ...]:
    return tuple(item.replace("\n  ", "\n") for item in _split_at_unindented(block)) if block else ()


def _split_at_unindented(block: str) -> list[str]:
    items: list[str] = []
    for line in block.split("\n"):
        if line.startswith("  ") and items:
            items[-1] += f"\n{line}"
        else:
            items.append(line)
    return items
