"""A tool that keeps every promise, with an action of each kind: a board that people write on."""

from typing import ClassVar, Literal

from troupe_core.plugin import Delivery, Outcome, Refusal, Stimulus, Tool, action

__all__ = ["CALLS", "GoodTool", "Letters"]

CALLS = [
    ("write", {"text": "Buy milk.", "color": "red"}),
    (),
    ("look", {}, "Bob Lee"),
    ("ponder", {"text": "Who drinks milk?"}, "Bob Lee"),
]


class Letters:
    """A letter box outside, which knows a letter again by its key."""

    def __init__(self):
        self.sent = {}

    async def perform(self, key, arguments):
        return self.sent.setdefault(key, {"number": len(self.sent)})

    async def find(self, key):
        return self.sent.get(key)


class GoodTool(Tool):
    """What is written on the board is told to everybody who can see it, with the next step."""

    reach: ClassVar[Literal["self", "holders", "everyone"]] = "holders"

    def __init__(self):
        self.notes = []
        self.new = 0
        self.thoughts = {}
        self.letters = Letters()

    async def open(self, context):
        self.context = context

    @action(effect="read")
    async def look(self, turn):
        """Look at the board."""
        return Outcome(text="\n".join(self.notes) or "Nothing stands there.")

    @action
    async def write(self, turn, text: str, color: Literal["red", "blue"]):
        """Write something on the board."""
        if not text.strip():
            raise Refusal("Write what?")
        self.notes.append(f"{turn.agent}, {color}: {text}")
        self.new += 1

    @action(effect="internal")
    def ponder(self, turn, text: str):
        """Think about what stands there."""
        self.thoughts[turn.agent] = self.thoughts.get(turn.agent, 0) + 1

    @action(effect="internal")
    def guess(self, turn):
        """Guess a number."""
        return f"You think of {turn.random('guess').randint(1, 100)}."

    @action(effect="external", idempotent=True)
    async def post(self, turn):
        """Let somebody outside know that there is a board."""
        await turn.perform(self.letters, {"from": turn.agent}, idempotent=True)
        return "It is posted."

    async def advance(self, now):
        told = [self.told(text) for text in self.notes[len(self.notes) - self.new :]]
        self.new = 0
        return told

    def told(self, text):
        return Delivery(Stimulus(text=text, kind="note"), tuple(self.context.holders()))

    def snapshot(self, agent):
        return {"notes": self.notes, "new": self.new} if agent is None else self.thoughts.get(agent)

    def restore(self, agent, state):
        if agent is None:
            self.notes, self.new = list(state["notes"]), state["new"]
        else:
            self.thoughts[agent] = state
