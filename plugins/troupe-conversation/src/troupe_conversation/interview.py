"""Interviews: one person after the other is asked, and nobody else hears it."""

from collections.abc import Iterator, Sequence

from attrs import frozen

from troupe_conversation.config import InterviewConfig
from troupe_conversation.names import check_known
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

__all__ = ["Interview"]


@frozen
class _Due:
    """What a step is for: whom it is about, and which question of the study is put; None: one of the asker's own."""

    people: tuple[AgentId, ...]
    question: str | None


class Interview(Talking):
    """Who is asked what follows from the step alone."""

    def __init__(self, config: InterviewConfig) -> None:
        super().__init__(kept=1)
        self._config = config
        self._interviewer = None if config.interviewer is None else AgentId(config.interviewer)
        self._asker = AgentId(config.interviewer or config.voice)
        self._people: tuple[AgentId, ...] = ()
        self._steps_each = len(config.questions) * (1 + config.follow_ups) or config.follow_ups

    def begin(self, opening: Opening) -> None:
        config = self._config
        if config.interviewer is not None:
            check_known("interviewer", [config.interviewer], opening.people)
        check_known("interviewees", config.interviewees or (), opening.people)
        everybody = tuple(name for name in opening.people if name != self._interviewer)
        chosen = everybody if config.interviewees is None else tuple(map(AgentId, config.interviewees))
        self._people = chosen
        if not chosen:
            raise ConfigError("nobody is there to be interviewed", remedy="Add people: [[agents]].")
        needed = self._needed()
        if needed > opening.steps:
            interviews = 1 if config.at_once else len(chosen)
            raise ConfigError(
                f"{interviews} × {self._steps_each} steps of questions take {needed} steps, "
                f"and the study has {opening.steps}",
                remedy=f"Set steps = {needed} in [simulation], or ask fewer people or questions.",
            )

    # ── Who speaks when ──────────────────────────────────────────────────────────────────────────────────────

    def turns(self, step: int, present: Sequence[AgentId]) -> Sequence[Sequence[AgentId]]:
        due = self._due(step)
        people = [] if due is None else [name for name in due.people if name in present]
        if not people:
            return []
        return [people] if self._interviewer is None else [[self._interviewer], people]

    def actions(self, agent: AgentId) -> Sequence[ActionSpec]:
        if agent != self._interviewer:
            return self.offered("talk", "think", "wait")
        due = self._due(self._step)
        if due is not None and due.question is not None:
            return self.offered("put_question")
        return self.offered("ask", "think", "wait")

    def due(self, step: int) -> Sequence[Change]:
        due = self._due(step)
        if due is None or due.question is None or self._interviewer is not None:
            return ()
        return [Delivery(self._words(due.question, name), (name,)) for name in due.people]

    def finished(self) -> str | None:
        return "everybody has been interviewed" if self._step + 1 >= self._needed() else None

    # ── What people sense ────────────────────────────────────────────────────────────────────────────────────

    def scene(self, view: View, agent: AgentId) -> str:
        due = self._due(view.step)
        topic = about(self._config.topic)
        if agent != self._interviewer or due is None:
            with_whom = f"{self._asker}, who interviews you"
            return f"You are in {self._config.place} with {with_whom}.{topic} Nobody else hears it."
        role = f"You are in {self._config.place} with {due.people[0]}, whom you interview.{topic}"
        asked = "Ask something of your own, about what you have heard." if due.question is None else None
        return f"{role} {asked or f'Put this question now: “{due.question}”'}"

    def observe(self, view: View, agent: AgentId) -> Iterator[Stimulus]:
        """First the question; then what was said to this agent, and nothing else."""
        due = self._due(view.step)
        if due is not None and due.question is not None and self._interviewer not in (None, agent):
            yield from self.heard_question(view, due.question, self._asker, (agent,))
        yield from (said for said in reversed(self._said) if said.to and agent in said.to and view.is_new(said))

    # ── What people do ───────────────────────────────────────────────────────────────────────────────────────

    @action
    def talk(self, turn: Turn, text: str) -> Outcome:
        """Answer aloud."""
        return self.say(turn, text, self._asker)

    @action
    def put_question(self, turn: Turn, lead_in: str) -> Outcome:
        """Put the question that is due, in the words of the study.

        Args:
            lead_in: what you say before it in your own words, a short sentence; or nothing
        """
        due = self._due(self._step)
        if due is None or due.question is None or self.is_put:
            raise Refusal("The question is put already.")
        return self.put(turn, lead_in, due.question, due.people[0])

    @action
    def ask(self, turn: Turn, question: str) -> Outcome:
        """Ask a question about what you want to know."""
        due = self._due(self._step)
        if due is None:
            raise Refusal("The interviews are over.")
        return self.say(turn, question, due.people[0])

    # ── The plan ─────────────────────────────────────────────────────────────────────────────────────────────

    def _needed(self) -> int:
        return self._steps_each * (1 if self._config.at_once else len(self._people))

    def _due(self, step: int) -> _Due | None:
        person, number = divmod(step, self._steps_each)
        if step >= self._needed():
            return None
        people = self._people if self._config.at_once else (self._people[person],)
        if not self._config.questions:
            return _Due(people, None)
        question, own = divmod(number, 1 + self._config.follow_ups)
        return _Due(people, None if own else self._config.questions[question])

    def _words(self, question: str, name: AgentId) -> Stimulus:
        return Stimulus(text=question, kind="talk", source=self._asker, to=(name,))
