"""Runs for tests of analyzers, lived through in the room that the core brings along, with words that stand here."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from attrs import evolve, frozen

from troupe_core.component import Component
from troupe_core.config.study_file import StudyFile
from troupe_core.contracts.llm import LLM
from troupe_core.discovery.found import Found
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.journal.run import Run
from troupe_core.simulation.casting import read_personas
from troupe_core.simulation.prepared import Prepared
from troupe_core.simulation.running import Stopwatch, play
from troupe_core.simulation.staging import meaning
from troupe_core.values.chat import ChatRequest, ChatResponse, LLMInfo

__all__ = ["RUNS", "Lines", "SaidModel", "lived_run"]


@frozen(kw_only=True)
class Lines:
    """Who is there, and what everybody says in each step, to whom; a text alone is the model's whole answer."""

    said: Mapping[str, Sequence[tuple[str, str] | str]]
    steps: int
    seed: int = 7
    happening: tuple[str, ...] = ()
    """What happens at step 0, whatever people do."""


_Said: TypeAlias = Mapping[str, Sequence[tuple[str, str] | str]]

_TALK: _Said = {
    "Ann": [("all", "Good morning!"), ("Bob Lee", "Tea or coffee?"), ("Cleo", "And you, Cleo?"), ("all", "Bye.")],
    "Bob Lee": [("Ann", "Morning, Ann."), ("Ann", "Tea."), ("Nobody at all", "Hello?"), ("Ann", "Bye, Ann.")],
    "Cleo": [("all", "Hi."), "This is no JSON.", ("Ann", "Tea | coffee."), ("all", "So long!")],
}

_STRANGE: _Said = {
    "Änne 安": [("all", "<script>alert(1)</script> # heading | cell"), ("all", "早上好 🦊\n\n\nnew line")],
    "\u05d0\u05d1": [("Änne 安", "\u202eright to left"), ("all", "x" * 3000)],
    'O\'Hara "Bo"': [("all", "'); drop table events; --"), ("all", "e\u0301")],
}

RUNS: Mapping[str, Lines] = {
    "talk": Lines(said=_TALK, steps=4, happening=("A bell rings.",)),
    "another talk": Lines(said={name: lines[::-1] for name, lines in _TALK.items()}, steps=4, seed=8),
    "silence": Lines(said={"Ann": [], "Bob Lee": []}, steps=1),
    "alone": Lines(said={"Ann": [("all", "Is anybody there?"), ("all", "Nobody.")]}, steps=2),
    "strange": Lines(said=_STRANGE, steps=2),
}
"""Runs by name: people who talk, with a refusal and a failure in it; another arm of the same study; nobody says a
thing; one person alone; names and texts of any kind."""


class SaidModel(LLM):
    """Answers with the lines of a run, and waits where there is none."""

    info = LLMInfo(context_tokens=100_000)

    def __init__(self) -> None:
        self.lines = Lines(said={}, steps=0)

    async def complete(self, request: ChatRequest) -> ChatResponse:
        own = self.lines.said.get(request.agent or "", ())
        line = own[request.step] if request.step < len(own) else None
        if isinstance(line, str):
            return ChatResponse(text=line)
        deed = {"action": "wait"} if line is None else {"action": "talk", "to": line[0], "text": line[1]}
        return ChatResponse(text=json.dumps({"actions": [deed]}))


async def lived_run(lines: Lines, folder: Path) -> Run:
    """The run, lived through into this new folder. It needs no plugin and no model."""
    study: dict[str, Any] = {
        "simulation": {"name": "a run for tests", "steps": lines.steps, "seed": lines.seed},
        "llm": {"use": "said"},
        "agents": [{"persona": {"name": name}} for name in lines.said],
        "stimuli": [{"at": 0, "text": text} for text in lines.happening],
    }
    file = StudyFile(name="kit.toml", folder=folder.parent, tables=study)
    typed = file.study()
    prepared = Prepared(file=file, study=typed, plugins=_with_said(), personas=read_personas(typed, file.name))
    stage = await prepared.stage(folder, {})
    model = stage.parts.made["llm"]
    assert isinstance(model, SaidModel)
    model.lines = lines
    await play(stage, meaning(stage, file), Stopwatch())
    return Run.open(folder)


def _with_said() -> Plugins:
    """The core's own components and the model above, which no study can name."""
    plugins = Plugins.discover(Selection(only=()))
    core = plugins.components("environment")[0].plugin
    said = Component(name="said", summary="Says what stands there.", factory=f"{__name__}:{SaidModel.__name__}")
    found = Found(kind="llm", component=said, plugin=core)
    return evolve(plugins, components=(*plugins.components(), found))
