"""From the study's entries to agents: who takes part, with which model, memory, tools and senses."""

from collections.abc import AsyncIterator, Collection, Sequence
from typing import Any

from attrs import asdict, evolve, fields

from troupe_core.agent.live_agent import Limits, LiveAgent
from troupe_core.config.faults import at
from troupe_core.config.persona_file import merged, persona_of, read_fragment, read_persona
from troupe_core.config.settings import AgentEntry, AgentSettings, PartTable, Study
from troupe_core.contracts.action_provider import ActionProvider
from troupe_core.contracts.environment import Environment
from troupe_core.contracts.faculty import Faculty
from troupe_core.contracts.persona_source import PersonaSource
from troupe_core.contracts.promised import promised
from troupe_core.errors import ConfigError, nearest
from troupe_core.simulation.parts import Parts
from troupe_core.simulation.stage import Stage
from troupe_core.values.ids import AgentId, Rank
from troupe_core.values.opening import Opening
from troupe_core.values.percept import Perceiver
from troupe_core.values.persona import Persona
from troupe_core.values.streams import stream

__all__ = ["Role", "add_agent", "check_addressees", "check_world", "make_parts", "read_personas", "roles"]

Role = tuple[Persona, AgentEntry]
"""Somebody who takes part, and the entry that says how."""


def read_personas(study: Study, file: str) -> list[list[Persona]]:
    """The personas of each entry; none yet for a population. Raises `ConfigError`."""
    found: list[list[Persona]] = []
    known: dict[str, int] = {}
    for number, entry in enumerate(study.agents):
        own = [] if entry.persona is None else [_persona(entry, at(file, ("agents", number)))]
        for persona in own:
            _check_new(persona.name, known, number, file)
        found.append(own)
    return found


async def roles(study: Study, personas: Sequence[Sequence[Persona]], parts: Parts, file: str) -> list[Role]:
    """Everybody who takes part from the start, in order of rank; populations are drawn now. Raises `ConfigError`."""
    cast: list[Role] = []
    known: dict[str, int] = {}
    for number, (entry, own) in enumerate(zip(study.agents, personas, strict=True)):
        async for persona in _everybody(entry, own, parts, study.simulation.seed, number):
            _check_new(persona.name, known, number, file)
            cast.append((persona, entry))
    return cast


def check_addressees(study: Study, names: Collection[str], file: str) -> None:
    """Everybody whom a stimulus of the study is meant for takes part from the start. Raises `ConfigError`."""
    for number, stimulus in enumerate(study.stimuli):
        for name in stimulus.to or ():
            if name not in names:
                close = nearest(name, names)
                hint = f"Did you mean {close}?" if close else f"There are: {', '.join(sorted(names)[:20])}."
                where = f"{at(file, ('stimuli', number))}, to"
                raise ConfigError(f'nobody is called "{name}"', where=where, remedy=hint)


def check_world(environment: Environment, study: Study, names: Sequence[str], file: str) -> None:
    """Tell the world who is there. Raises `ConfigError` where its settings do not go with that."""
    opening = Opening(people=tuple(AgentId(name) for name in names), steps=study.simulation.steps)
    try:
        environment.begin(opening)
    except ConfigError as fault:
        where = fault.where or at(file, (study.environment.place,))
        raise ConfigError(fault.what, where=where, remedy=fault.remedy) from None


def make_parts(study: Study, parts: Parts, file: str) -> None:
    """Make every part that the study needs, in one fixed order: that in which they are opened."""
    for table in (study.llm, *study.llms.values()):
        if table is not None:
            parts.make("llm", table)
    if study.embedder is not None:
        parts.make("embedder", study.embedder)
    parts.make("memory_backend", study.memory)
    parts.make("executor", PartTable(use=study.execution.executor, place="execution"))
    parts.make("environment", study.environment)
    for number, entry in enumerate(study.agents):
        if entry.population is not None:
            parts.make("persona_source", evolve(entry.population.source, place=f"agents.{number + 1}.population"))
        ways = _ways(study.agent_defaults, entry)
        _check_llm(ways.llm, study, at(file, ("agents", number)))
        for section, kind, names in _listed(ways):
            for name in names:
                parts.make(kind, _table(study, section, name))
    for table in study.analyzers:
        parts.make("analyzer", table)
    _check_unused(study, parts)


def _check_unused(study: Study, parts: Parts) -> None:
    """What is set of a part that nobody lists has to be right all the same: it will be listed one day."""
    for section, kind in (("tools", "tool"), ("faculties", "faculty"), ("modalities", "modality")):
        for table in getattr(study, section).values():
            if table.place not in parts.made:
                parts.fresh(kind, table)


def add_agent(stage: Stage, persona: Persona, entry: AgentEntry, *, came_later: bool = False) -> LiveAgent:
    """Somebody comes alive, with the next rank."""
    ways = _ways(stage.study.agent_defaults, entry)
    llm = "llm" if ways.llm is None else f"llms.{ways.llm}"
    made = stage.parts.made
    held = {f"{section}.{name}": made[f"{section}.{name}"] for section, _, names in _listed(ways) for name in names}
    faculties = [(place, part) for place, part in held.items() if isinstance(part, Faculty)]
    acting = {place: part for place, part in held.items() if isinstance(part, ActionProvider)}
    agent = LiveAgent(
        persona=persona,
        rank=stage.next_rank,
        llm=llm,
        memory=made["memory"],  # type: ignore[arg-type]
        executor=made["execution"],  # type: ignore[arg-type]
        providers={"environment": stage.environment, **acting},
        faculties=faculties,
        modalities=[(f"modalities.{name}", made[f"modalities.{name}"]) for name in ways.perception or ()],  # type: ignore[misc]
        limits=_limits(ways),
        perceiver=Perceiver(AgentId(persona.name), stage.lines[llm].llm.info.images),
        entry=entry,
        came_later=came_later,
        last_look=(stage.step, -1),
    )
    stage.journal.agent(agent.rank, agent.id, asdict(persona))
    stage.next_rank = Rank(stage.next_rank + 1)
    stage.agents[agent.id] = agent
    return agent


def _persona(entry: AgentEntry, where: str) -> Persona:
    if isinstance(entry.persona, dict):
        table: dict[str, Any] = entry.persona
        for fragment in entry.fragments:
            table = merged(table, read_fragment(fragment))
        return persona_of({**table, "name": entry.name} if entry.name else table, f"{where} persona")
    assert entry.persona is not None
    assert not isinstance(entry.persona, dict)
    return read_persona(entry.persona, entry.fragments, name=entry.name)  # type: ignore[arg-type]


async def _everybody(
    entry: AgentEntry, own: Sequence[Persona], parts: Parts, seed: int, number: int
) -> AsyncIterator[Persona]:
    for persona in own:
        yield persona
    if entry.population is not None:
        source = parts.made[f"agents.{number + 1}.population"]
        assert isinstance(source, PersonaSource)
        with parts.blaming(f"agents.{number + 1}.population", "personas"):
            async for persona in source.personas(entry.population.count, stream(seed, "population", number)):
                yield promised(persona, Persona, "personas")


def _check_new(name: str, known: dict[str, int], number: int, file: str) -> None:
    if name in known:
        raise ConfigError(
            f'two agents are called "{name}" (the other is [[agents]] {known[name] + 1})',
            where=at(file, ("agents", number)),
            remedy='Give one of them another name: name = "…".',
        )
    known[name] = number


def _check_llm(name: str | None, study: Study, where: str) -> None:
    if name is not None and name not in study.llms:
        close = nearest(name, study.llms)
        others = f"There are: {', '.join(study.llms)}." if study.llms else f"Add one: [llms.{name}]"
        hint = f"Did you mean {close}?" if close else others
        raise ConfigError(f"llm: there is no [llms.{name}]", where=where, remedy=hint)


def _ways(defaults: AgentSettings, entry: AgentSettings) -> AgentSettings:
    """How an agent lives: its own keys, then those of ``[agent_defaults]``."""
    own = {each.name: getattr(entry, each.name) for each in fields(AgentSettings)}
    return evolve(defaults, **{name: value for name, value in own.items() if value is not None})


def _listed(ways: AgentSettings) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        ("tools", "tool", ways.tools or ()),
        ("faculties", "faculty", ways.faculties or ()),
        ("modalities", "modality", ways.perception or ()),
    ]


def _table(study: Study, section: str, name: str) -> PartTable:
    """The table of a listed part; one that is listed without a table has its defaults."""
    tables: dict[str, PartTable] = getattr(study, section)
    return tables.get(name) or PartTable(use=name, place=f"{section}.{name}")


def _limits(ways: AgentSettings) -> Limits:
    chosen = {each.name: getattr(ways, each.name) for each in fields(Limits)}
    return Limits(**{name: value for name, value in chosen.items() if value is not None})
