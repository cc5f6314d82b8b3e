"""Somebody, in Python: a persona and how they live, for a simulation or alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from attrs import define, evolve, field, fields

from troupe_core.agent.remembered import last_scene, memories_in
from troupe_core.config.persona_file import (
    merged,
    persona_from,
    persona_of,
    persona_table,
    read_fragment,
    read_persona,
)
from troupe_core.config.use import Use, use
from troupe_core.errors import ConfigError, TroupeError, nearest
from troupe_core.journal.run import Run
from troupe_core.simulation.alone import Alone
from troupe_core.simulation.composing import Settings, composed
from troupe_core.simulation.prepared import Prepared
from troupe_core.simulation.reaction import Reaction
from troupe_core.values.ids import AgentId
from troupe_core.values.memory import Memory
from troupe_core.values.persona import Persona

__all__ = ["Agent"]


@define(eq=False, repr=False)
class Agent:
    """Somebody who takes part: a persona, and how they live.

    In a simulation: ``Simulation(agents=[Agent(persona), …], …)``. Alone, without any file or world: `tell` lets them
    hear something and returns what they do, `ask` interviews them. An agent that lives alone keeps its model open from
    one call to the next, until `close`; ``async with`` closes it by itself.
    """

    persona: Persona = field(converter=persona_from)
    """A `Persona`, a table of its fields, or a persona file."""
    llm: str | Use | None = field(default=None, kw_only=True)
    """Its model: a component (``"mock"``, ``"openai:gpt-…"``, ``use("openai", …)``), or in a simulation the name of
    one of its `llms`. Without it, that of the simulation."""
    tools: Sequence[str | Use] | None = field(default=None, kw_only=True)
    """By name, or with settings; the same `use` in several agents is one tool that they share."""
    faculties: Sequence[str | Use] | None = field(default=None, kw_only=True)
    perception: Sequence[str | Use] | None = field(default=None, kw_only=True)
    """Modalities; the first that takes a medium perceives it."""
    memory: str | Use | None = field(default=None, kw_only=True)
    """What it keeps its memories in while it lives alone; in a simulation that is the simulation's to say."""
    attention: int | None = field(default=None, kw_only=True)
    """How many things it takes in each turn. Default: 20."""
    recall: int | None = field(default=None, kw_only=True)
    """How many memories it calls up each turn, at most. Default: 12."""
    request_bytes: int | None = field(default=None, kw_only=True)
    """How long a request may become. Default: 8000."""
    _memories: Sequence[Memory] = field(default=(), init=False)
    """Of an earlier run."""
    _since: datetime | None = field(default=None, init=False)
    """When that ended, in simulated time."""
    _alone: Alone | None = field(default=None, init=False)
    _last_run: Run | None = field(default=None, init=False)

    @classmethod
    def load(cls, path: str | Path, *, fragments: Sequence[str | Path] = (), **ways: Any) -> "Agent":
        """The persona in a file (TOML, JSON, YAML, or TinyTroupe's ``.agent.json``), with `fragments` laid over it.

        `ways` are as those of `Agent`. Raises `ConfigError`.
        """
        return cls(read_persona(Path(path), [Path(each) for each in fragments]), **ways)

    @classmethod
    def from_run(cls, run: Run, name: str, **ways: Any) -> Self:
        """Somebody who took part in a run, as it left them: alone, with what they remember of it and where they were.

        They have the model that they had, unless `ways` (as those of `Agent`) say another.
        Raises `ConfigError` where nobody of that name took part.
        """
        persona = run.personas.get(AgentId(name))
        if persona is None:
            close = nearest(name, run.personas)
            hint = f"Did you mean {close}?" if close else f"There were: {', '.join(list(run.personas)[:20])}."
            raise ConfigError(f'nobody called "{name}" took part', where=str(run.folder), remedy=hint)
        agent = cls(persona, **{"llm": _model_of(run, AgentId(name)), **ways})
        before = [*memories_in(run, AgentId(name)), *filter(None, [last_scene(run, AgentId(name))])]
        agent._memories = [evolve(memory, id=f"before/{memory.id}") for memory in before]
        agent._since = max((memory.at for memory in before), default=None)
        return agent

    @property
    def name(self) -> str:
        """What everybody calls them."""
        return self.persona.name

    @property
    def run(self) -> Run | None:
        """The run in which everything is kept that was told and asked while alone; None before the first."""
        return self._last_run if self._alone is None else self._alone.run

    def with_fragments(self, *fragments: str | Path | Mapping[str, Any]) -> "Agent":
        """Another agent: this one with fragments (files or tables) laid over the persona. Raises `ConfigError`."""
        table = persona_table(self.persona)
        for fragment in fragments:
            table = merged(table, fragment if isinstance(fragment, Mapping) else read_fragment(Path(fragment)))
        return Agent(persona_of(table, self.name), memory=self.memory, **self.ways())

    def ways(self) -> dict[str, Any]:
        """How it lives in a simulation: what is not None."""
        named = [each.name for each in fields(Agent) if each.init and each.name not in ("persona", "memory")]
        return {name: value for name in named if (value := getattr(self, name)) is not None}

    async def tell(self, text: str, *, by: str | None = "Somebody") -> Reaction:
        """Let this person hear something, and act on it; returns what they do.

        `by` says who speaks; None for something that happens. Raises `TroupeError`: no model, no answer to be had.
        """
        return await self._living().tell(_said(text, "tell"), by)

    async def ask(self, question: str, *, schema: Any = None, by: str = "Somebody", remember: bool = True) -> Any:
        """Ask this person, and return the answer: prose, or what fits `schema`.

        `schema` is a JSON Schema or a Python type (``bool``, ``int``, ``list[str]``, ``Literal["yes", "no"]``).
        Nothing is done in any world. With ``remember=False`` nothing stays of the question: for several questions that
        must not colour each other. Raises `TroupeError`; `LLMError` where no answer could be used.
        """
        return await self._living().ask(_said(question, "ask"), schema, by, remembered=remember)

    async def close(self) -> None:
        """End the life alone: close the model, and the run. What is told or asked next begins another."""
        if self._alone is not None:
            alone, self._alone, self._last_run = self._alone, None, self.run
            await alone.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        told = "".join(f", {name}={value!r}" for name, value in self.ways().items())
        return f"Agent({self.name!r}{told})"

    def _repr_html_(self) -> str:
        from troupe_core.values.html import Html, card, rows
        from troupe_core.values.persona_card import persona_card

        ways = rows((name, _shown(value)) for name, value in self.ways().items())
        lived = rows([("run", self.run.folder)]) if self.run is not None else ""
        return Html(persona_card(self.persona) + (card("Lives with", ways, lived) if ways or lived else ""))

    def _living(self) -> Alone:
        if self._alone is None:
            self._alone = Alone(self._prepared, self._memories)
        return self._alone

    def _prepared(self) -> Prepared:
        """The study of this person alone."""
        ways = self.ways()
        llm = ways.pop("llm", None)
        if llm is None:
            raise ConfigError(
                f"{self.name} has no model, and no simulation that lends one",
                where="Agent",
                remedy='Give one: Agent(persona, llm="mock"), or llm=use("openai", model="…").',
            )
        settings = Settings(
            name=self.name, llm=llm, environment="alone", memory=self.memory or "recent", start=self._since
        )
        return Prepared.of(composed([(self.persona, ways)], settings, where=f"Agent {self.name}"))


def _model_of(run: Run, name: AgentId) -> Use | None:
    """The model that somebody had in a run, as far as they were asked anything."""
    request = next(iter(run.events(kind="request", agent=name)), None)
    place = "llm" if request is None else str(request.data["llm"])
    table: Any = run.config
    for key in place.split("."):
        table = table.get(key, {}) if isinstance(table, Mapping) else {}
    settings = dict(table)
    return use(settings.pop("use"), **settings) if "use" in settings else None


def _shown(value: Any) -> str:
    """A way of living, in few words."""
    if isinstance(value, Use):
        settings = ", ".join(f"{key} = {each}" for key, each in value.settings.items())
        return f"{value.name} ({settings})" if settings else value.name
    return ", ".join(map(_shown, value)) if isinstance(value, list | tuple) else str(value)


def _said(text: Any, where: str) -> str:
    if not isinstance(text, str) or not text.strip():
        raise TroupeError(f"expected a text that is not empty, got {text!r}", where=where)
    return text
