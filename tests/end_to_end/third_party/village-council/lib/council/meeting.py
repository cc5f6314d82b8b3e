"""The meeting and its rules."""

from collections.abc import Iterable, Sequence
from typing import Any

from council.settings import MeetingSettings
from troupe_core.plugin import (
    JSON,
    ActionSpec,
    AgentId,
    Change,
    ConfigError,
    Environment,
    Now,
    Opening,
    Outcome,
    Refusal,
    Stimulus,
    Turn,
    View,
    action,
)

SPEAKING, VOTING = 0, 1


class Meeting(Environment):
    """Two steps for each motion: one to speak, one to vote."""

    def __init__(self, settings: MeetingSettings) -> None:
        self.motions = settings.motions
        self.step = 0
        self.votes: dict[str, bool] = {}
        self.speeches: list[Stimulus] = []
        self.results: list[str] = []

    @property
    def motion(self) -> str:
        return self.motions[min(self.step // 2, len(self.motions) - 1)]

    def begin(self, opening: Opening) -> None:
        if len(opening.people) < 2:
            raise ConfigError("a council needs two people at least", remedy="Add an [[agents]] entry.")

    def scene(self, view: View, agent: AgentId) -> str:
        stage = "It is being spoken to." if self.step % 2 == SPEAKING else "Now it is voted on."
        return f"You sit in the village council. The motion is: {self.motion}. {stage}"

    def observe(self, view: View, agent: AgentId) -> Iterable[Stimulus]:
        if self.results and self.step % 2 == SPEAKING:
            yield Stimulus(text=self.results[-1], kind="result")
        for speech in self.speeches:
            if speech.source != agent and view.is_new(speech):
                yield speech

    def actions(self, agent: AgentId) -> Sequence[ActionSpec]:
        closed = "vote" if self.step % 2 == SPEAKING else "speak"
        return [spec for spec in super().actions(agent) if spec.name != closed]

    @action
    def speak(self, turn: Turn, text: str) -> Outcome:
        """Speak to the motion.

        Args:
            text: your speech, in a few sentences
        """
        if not text.strip():
            raise Refusal("You rose, and said nothing.")
        self.speeches.append(turn.emit(text, kind="talk"))
        return Outcome(remembered=f"You said in the council: {text}")

    @action
    def vote(self, turn: Turn, yes: bool) -> str:
        """Vote on the motion.

        Args:
            yes: true for it, false against it
        """
        if turn.agent in self.votes:
            raise Refusal("You have voted already.")
        self.votes[turn.agent] = yes
        return f"You voted {'for' if yes else 'against'}: {self.motion}."

    @action(effect="internal")
    def listen(self, turn: Turn) -> None:
        """Sit and listen."""

    async def advance(self, now: Now) -> Sequence[Change]:
        if now.step and self.step % 2 == VOTING:
            in_favour = sum(self.votes.values())
            carried = in_favour * 2 > len(self.votes)
            self.results.append(f"{self.motion}: {'carried' if carried else 'lost'}, {in_favour} of {len(self.votes)}.")
            self.votes.clear()
            self.speeches.clear()
        self.step = now.step
        return ()

    def finished(self) -> str | None:
        return "every motion is decided" if self.step + 1 >= 2 * len(self.motions) else None

    def snapshot(self, agent: AgentId | None) -> JSON:
        if agent is not None:
            return None
        return {
            "step": self.step,
            "votes": dict(self.votes),
            "results": list(self.results),
            "speeches": [speech.to_json() for speech in self.speeches],
        }

    def restore(self, agent: AgentId | None, state: Any) -> None:
        if agent is None:
            self.step, self.votes, self.results = state["step"], dict(state["votes"]), list(state["results"])
            self.speeches = [Stimulus.from_json(speech) for speech in state["speeches"]]
