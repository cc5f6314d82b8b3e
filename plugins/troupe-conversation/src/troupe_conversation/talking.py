"""What the worlds share in which questions are put: people talk and think; what was said is kept while it is new."""

from collections.abc import Iterator, Sequence
from typing import Any

from troupe_core.plugin import (
    JSON,
    ActionSpec,
    AgentId,
    Change,
    Environment,
    Now,
    Outcome,
    Refusal,
    Stimulus,
    Turn,
    View,
    action,
)

__all__ = ["Talking", "about"]


class Talking(Environment):
    """A world that follows a plan: what is due depends on the step alone."""

    def __init__(self, kept: int) -> None:
        self._kept = kept
        """For how many steps what was said can still be new to somebody."""
        self._step = 0
        self._said: list[Stimulus] = []
        self._put: Stimulus | None = None
        """The last question of the study that an agent put."""

    @action(effect="internal")
    def think(self, turn: Turn, text: str) -> Outcome:
        """Think to yourself."""
        return Outcome(remembered=f"You thought: {' '.join(text.split())}")

    @action(effect="internal")
    def wait(self, turn: Turn) -> Outcome:
        """Say nothing for now."""
        return Outcome(remembered="")

    async def advance(self, now: Now) -> Sequence[Change]:
        self._step = now.step
        self._said = [said for said in self._said if said.stamp is None or said.stamp[0] >= now.step - self._kept]
        return self.due(now.step)

    def due(self, step: int) -> Sequence[Change]:
        """What the world itself says before this step."""
        return ()

    def snapshot(self, agent: AgentId | None) -> JSON:
        if agent is not None:
            return None
        put = None if self._put is None else self._put.to_json()
        return {"said": [said.to_json() for said in self._said], "put": put}

    def restore(self, agent: AgentId | None, state: Any) -> None:
        if agent is None:
            self._said = [Stimulus.from_json(said) for said in state["said"]]
            self._put = None if state["put"] is None else Stimulus.from_json(state["put"])

    def offered(self, *names: str) -> Sequence[ActionSpec]:
        """The actions of these names, in this order."""
        return tuple(self.declared_actions[name].spec for name in names)

    def say(self, turn: Turn, text: str, to: AgentId | None) -> Outcome:
        """Let this be said. Raises `Refusal` where there is nothing to say."""
        if not text.strip():
            raise Refusal("You opened your mouth, but there was nothing to say.")
        said = turn.emit(text, kind="talk", to=None if to is None else (to,))
        self._said.append(said)
        return Outcome(remembered=f"You to {to or 'all'}: {said.text}")

    def put(self, turn: Turn, lead_in: str, question: str, to: AgentId | None) -> Outcome:
        """Let an agent put a question of the study: its own words, then those of the study."""
        words = " ".join(filter(None, [" ".join(lead_in.split()), question]))
        self._put = turn.emit(words, kind="talk", to=None if to is None else (to,))
        return Outcome(remembered=f"You to {to or 'all'}: {self._put.text}")

    @property
    def is_put(self) -> bool:
        """Whether an agent has put the question of this step."""
        return self._put is not None and self._put.stamp is not None and self._put.stamp[0] == self._step

    def heard_question(
        self, view: View, question: str, asker: AgentId, to: tuple[AgentId, ...] | None
    ) -> Iterator[Stimulus]:
        """The question that is due: as it was put, or in the study's words where its asker did not put it."""
        if not self.is_put:
            yield Stimulus(text=question, kind="talk", source=asker, to=to, stamp=(view.step, 0, 0, 0))
        elif self._put is not None and view.is_new(self._put):
            yield self._put


def about(topic: str | None) -> str:
    """What people are told of the topic."""
    return f" You are here to talk about {topic.strip().rstrip('.')}." if topic else ""
