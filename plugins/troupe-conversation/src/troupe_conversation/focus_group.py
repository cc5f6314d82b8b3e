"""A focus group: questions one by one, everybody answers each, then it is open for discussion."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from troupe_conversation.config import FocusGroupConfig
from troupe_conversation.names import check_known, listed, meant
from troupe_conversation.talking import Talking, about
from troupe_core.plugin import (
    ActionSpec,
    AgentId,
    Change,
    ConfigError,
    Delivery,
    Opening,
    Outcome,
    Refusal,
    Stimulus,
    Turn,
    View,
    action,
)

__all__ = ["FocusGroup"]


@frozen
class _Due:
    """What a step is for."""

    question: int
    round: int
    """From 0; as many as the rounds or more: open discussion."""


class FocusGroup(Talking):
    """Which question it is, and who may say what, follows from the step alone."""

    def __init__(self, config: FocusGroupConfig) -> None:
        super().__init__(kept=config.rounds + 1)
        self._config = config
        self._moderator = None if config.moderator is None else AgentId(config.moderator)
        self._asker = AgentId(config.moderator or config.voice)
        self._steps_each = config.rounds + config.discussion

    def begin(self, opening: Opening) -> None:
        config = self._config
        if config.moderator is not None:
            check_known("moderator", [config.moderator], opening.people)
        if not self._participants(opening.people):
            raise ConfigError("nobody is there to answer", remedy="Add people: [[agents]], beside the moderator.")
        needed = len(config.questions) * self._steps_each
        if needed > opening.steps:
            raise ConfigError(
                f"{len(config.questions)} questions with {config.rounds} + {config.discussion} steps each "
                f"take {needed} steps, and the study has {opening.steps}",
                remedy=f"Set steps = {needed} in [simulation], or fewer rounds, less discussion, fewer questions.",
            )

    # ── Who speaks when ──────────────────────────────────────────────────────────────────────────────────────

    def turns(self, step: int, present: Sequence[AgentId]) -> Sequence[Sequence[AgentId]]:
        due = self._due(step)
        if due is None:
            return []
        people = self._participants(present)
        first = step % len(people) if people else 0
        order = [*people[first:], *people[:first]]
        groups = [[name] for name in order] if self._config.speaking == "in turn" else [order]
        moderates = due.round == 0 or self._is_open(due)
        return [[self._moderator], *groups] if self._moderator in present and moderates else groups  # type: ignore[list-item]

    def actions(self, agent: AgentId) -> Sequence[ActionSpec]:
        if agent != self._moderator:
            return self.offered("talk", "think", "wait")
        due = self._due(self._step)
        if due is not None and due.round == 0:
            return self.offered("put_question")
        return self.offered("follow_up", "think", "wait")

    def due(self, step: int) -> Sequence[Change]:
        due = self._due(step)
        if due is None or due.round > 0 or self._moderator is not None:
            return ()
        return [Delivery(Stimulus(text=self._config.questions[due.question], kind="talk", source=self._asker))]

    def finished(self) -> str | None:
        over = self._step + 1 >= len(self._config.questions) * self._steps_each
        return "all questions have been put" if over else None

    # ── What people sense ────────────────────────────────────────────────────────────────────────────────────

    def scene(self, view: View, agent: AgentId) -> str:
        due = self._due(view.step)
        others = [name for name in view.present if name != agent]
        told = f"You are in {self._config.place} with {listed(others)}.{about(self._config.topic)}"
        if due is None:
            return told
        return f"{told} {self._task_of_moderator(due) if agent == self._moderator else self._task(due)}"

    def observe(self, view: View, agent: AgentId) -> Iterator[Stimulus]:
        """First the question, then what was said to this agent, then what the others said, the latest first."""
        due = self._due(view.step)
        if due is not None and due.round == 0 and self._moderator not in (None, agent):
            yield from self.heard_question(view, self._config.questions[due.question], self._asker, None)
        heard = [said for said in reversed(self._said) if said.source != agent and view.is_new(said)]
        yield from (said for said in heard if said.to and agent in said.to)
        yield from (said for said in heard if not (said.to and agent in said.to))

    # ── What people do ───────────────────────────────────────────────────────────────────────────────────────

    @action
    def talk(self, turn: Turn, to: str, text: str) -> Outcome:
        """Say something aloud.

        Args:
            to: a name, or "all"
        """
        return self.say(turn, text, meant(to, self._others(turn), everybody=(self._config.voice,)))

    @action
    def put_question(self, turn: Turn, lead_in: str) -> Outcome:
        """Put the question that is due to the group, in the words of the study.

        Args:
            lead_in: what you say before it in your own words, a short sentence; or nothing
        """
        due = self._due(self._step)
        if due is None or self.is_put:
            raise Refusal("The question is put already.")
        return self.put(turn, lead_in, self._config.questions[due.question], None)

    @action
    def follow_up(self, turn: Turn, to: str, question: str) -> Outcome:
        """Ask a question about what you want to know more of.

        Args:
            to: a name, or "all"
        """
        return self.say(turn, question, meant(to, self._others(turn)))

    # ── The plan ─────────────────────────────────────────────────────────────────────────────────────────────

    def _due(self, step: int) -> _Due | None:
        question, number = divmod(step, self._steps_each)
        return _Due(question, number) if question < len(self._config.questions) else None

    def _is_open(self, due: _Due) -> bool:
        return due.round >= self._config.rounds

    def _participants(self, present: Sequence[AgentId]) -> list[AgentId]:
        return [name for name in present if name != self._moderator]

    @staticmethod
    def _others(turn: Turn) -> list[AgentId]:
        return [name for name in turn.present if name != turn.agent]

    def _task(self, due: _Due) -> str:
        asked = f"“{self._config.questions[due.question]}”"
        if self._is_open(due):
            return f"{asked} is open for discussion now: talk to each other."
        return f"{self._asker} asks: {asked} Everybody answers{' once more' if due.round else ''}."

    def _task_of_moderator(self, due: _Due) -> str:
        asked = f"“{self._config.questions[due.question]}”"
        role = "You moderate: you ask, and keep your opinion to yourself."
        return f"{role} Put this question now: {asked}" if due.round == 0 else f"{role} The group discusses {asked}"
