"""The tool `knowledge-graph`: what agents can look up, and what they add for themselves."""

from pathlib import Path
from typing import Any, ClassVar, Literal

from troupe_core.plugin import JSON, AgentId, Context, Outcome, Refusal, Tool, Turn, action, in_thread
from troupe_knowledge_graph.config import Config
from troupe_knowledge_graph.drawing import drawing
from troupe_knowledge_graph.fact import LONGEST_NAME, Fact, named
from troupe_knowledge_graph.fact_graph import FactGraph
from troupe_knowledge_graph.known import Known
from troupe_knowledge_graph.reading.graph_file import read_graph
from troupe_knowledge_graph.telling import told, told_path

__all__ = ["Library"]

_MOST_KINDS = 8


class Library(Tool):
    """Facts that all share, and over them each agent's own beliefs, which nobody else sees."""

    reach: ClassVar[Literal["self", "holders", "everyone"]] = "self"

    def __init__(self, config: Config) -> None:
        self._config = config
        self._shared = FactGraph()
        self._beliefs: dict[AgentId, dict[Fact, None]] = {}
        self._own: dict[AgentId, FactGraph] = {}
        self._picture: Path | None = None

    async def open(self, context: Context) -> None:
        self._shared = await in_thread(read_graph, self._config)
        if self._config.drawn:
            self._picture = context.folder / "graph.svg"

    async def close(self) -> None:
        if self._picture is not None and (len(self._shared) or self._beliefs):
            beliefs = [fact for agent in sorted(self._beliefs) for fact in self._beliefs[agent]]
            picture = await in_thread(drawing, self._shared, beliefs, self._config.drawn)
            await in_thread(self._picture.write_bytes, picture.encode())

    @action(effect="read")
    def lookup(self, turn: Turn, thing: str) -> Outcome:
        """Look up what is known of a thing."""
        known, name = self._found(turn, thing)
        if name is None:
            return _nothing(known, thing)
        kinds = known.kinds(name, self._config.kinds, _MOST_KINDS)
        head = f"{name}, a kind of: {', '.join(kinds)}." if kinds else f"{name}:"
        if next(known.about(name), None) is None:
            return _brought(f"Nothing is said of {name}, but other facts name it: try neighbours.")
        return _brought(told(head, known.about(name), self._beliefs.get(turn.agent, {}), self._config.listed))

    @action(effect="read")
    def neighbours(self, turn: Turn, thing: str) -> Outcome:
        """See what a thing is connected with."""
        known, name = self._found(turn, thing)
        if name is None:
            return _nothing(known, thing)
        own = self._beliefs.get(turn.agent, {})
        return _brought(told(f"Around {name}:", known.around(name), own, self._config.listed))

    @action(effect="read")
    def path(self, turn: Turn, start: str, end: str) -> Outcome:
        """Find out how two things are connected, from start to end."""
        known, first = self._found(turn, start)
        last = known.name(named(end))
        if first is None or last is None:
            return _nothing(known, start if first is None else end)
        if first == last:
            raise Refusal("Those are one and the same.")
        try:
            steps = known.path(first, last, self._config.longest_path)
        except ValueError:
            return _brought(f"Too much lies between {first} and {last} to say how they are connected.")
        if steps is None:
            return _brought(f"No {self._config.longest_path} facts or fewer connect {first} and {last}.")
        return _brought(told_path(first, steps))

    @action(effect="internal")
    def add_fact(self, turn: Turn, subject: str, predicate: str, object: str, source: str) -> Outcome:  # noqa: A002
        """Note a fact for yourself: subject, predicate and object.

        Args:
            source: where you have it from
        """
        written = [" ".join(each.split()) for each in (subject, predicate, object, source)]
        if not all(map(named, written)):
            raise Refusal("A fact needs a subject, a predicate, an object and a source: none of them can be empty.")
        if max(map(len, written)) > LONGEST_NAME:
            raise Refusal(f"Each part of a fact can have {LONGEST_NAME} characters: put it shorter.")
        known, _ = self._found(turn, subject)
        first, says, second, origin = map(named, written)
        fact = Fact(known.name(first) or first, says, known.name(second) or second, origin)
        self._believe(turn.agent, fact)
        return Outcome(remembered=f"You noted: {fact.subject} – {fact.predicate} → {fact.object} ({fact.source})")

    def snapshot(self, agent: AgentId | None) -> JSON:
        if agent is None or agent not in self._beliefs:
            return None
        return [[fact.subject, fact.predicate, fact.object, fact.source] for fact in self._beliefs[agent]]

    def restore(self, agent: AgentId | None, state: Any) -> None:
        if agent is not None:
            self._beliefs[agent], self._own[agent] = {}, FactGraph()
            for stored in state:
                self._keep(agent, Fact(*stored))

    def _found(self, turn: Turn, word: str) -> tuple[Known, str | None]:
        """All that the agent knows, and what the thing is called in it."""
        wanted = named(word)
        if not wanted:
            raise Refusal("Which thing?")
        known = Known(self._shared, self._own.get(turn.agent) or FactGraph())
        return known, known.name(wanted)

    def _believe(self, agent: AgentId, fact: Fact) -> None:
        held = self._beliefs.get(agent, {})
        if fact in held or fact in self._shared:
            raise Refusal("You know that already.")
        if len(held) >= self._config.max_beliefs:
            raise Refusal(f"You have noted {len(held)} facts: that is as many as you can keep.")
        self._keep(agent, fact)

    def _keep(self, agent: AgentId, fact: Fact) -> None:
        self._beliefs.setdefault(agent, {})[fact] = None
        self._own.setdefault(agent, FactGraph()).add(fact)


def _brought(text: str) -> Outcome:
    """What comes from a file is data, whatever it says."""
    return Outcome(text=text, trusted=False, remembered="")


def _nothing(known: Known, word: str) -> Outcome:
    like = known.like(named(word))
    hint = f" There is: {', '.join(like)}." if like else ""
    return _brought(f'Nothing is known of "{named(word)[:60]}".{hint}')
