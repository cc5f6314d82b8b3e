"""A cage for one animal, and runs beside it."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from installing import Site, new_site
from zoo.animals import Animal

from troupe_core.journal.run import Run
from troupe_core.simulation.simulation import Simulation
from troupe_core.values.event import Event

SOUND = """
[simulation]
steps = 2
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
[[stimuli]]
at = 1
text = "A branch breaks."
[[stimuli]]
at = 1
text = "It is quiet again."
[[agents]]
persona = { name = "Ann", facts = { pets = ["cat"] } }
"""

NEEDING = {
    "tool": '[agent_defaults]\ntools = ["beast"]\n',
    "environment": '[environment]\nuse = "beast"\n',
    "faculty": '[agent_defaults]\nfaculties = ["beast"]\n',
    "llm": '[llms.own]\nuse = "beast"\n[agent_defaults]\nllm = "own"\n',
    "tool with settings": '[agent_defaults]\ntools = ["beast"]\n[tools.beast]\nuse = "beast"\nnames = { all = [] }\n',
}
"""What a study adds that needs the beast."""

ALLOWED = "troupe-beast,troupe-dice,troupe-mock-llm"

SCRIPT = """
[[entries]]
purpose = "repair"
actions = [{ action = "wait" }]
[[entries]]
actions = [{ action = "think", text = "Well." }]
"""
ROARS = SCRIPT.replace('action = "think", text = "Well."', 'action = "roar", names = ["b", "a"]')


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """An empty folder of installed packages, on the path. What an animal does to the library is undone."""
    monkeypatch.setattr(dt, "datetime", dt.datetime)
    yield from new_site(tmp_path / "site", monkeypatch)


@pytest.fixture
def let_in(site: Site) -> Callable[[Animal], None]:
    """Installs an animal, beside a sound plugin that must not suffer."""

    def install(animal: Animal) -> None:
        site.install_dice()
        meddling = f"if __import__('os').environ.get('MEDDLES'): {animal.meddling}"
        text = animal.module.replace("MEDDLING", meddling) if isinstance(animal.module, str) else None
        more = {} if animal.part is None else {"part": animal.part.replace("MEDDLING", meddling)}
        lines = f"[troupe]\nbeast = {animal.target}\n"
        site.install("troupe-beast", text, lines=lines, requires=animal.requires, **more)
        if isinstance(animal.module, bytes):
            Path(site.file("troupe-beast")).write_bytes(animal.module)

    return install


@pytest.fixture
def said(site: Site) -> Callable[[Animal, str], bool]:
    """Whether what is said of an animal is what should be said."""

    def fits(animal: Animal, text: str) -> bool:
        file = site.file("troupe-beast")
        pattern = animal.said.replace("FILE", re.escape(file))
        return re.search(pattern.replace("PART", re.escape(file.replace(".py", "_part.py"))), text) is not None

    return fits


@pytest.fixture
def live(study: Callable[..., Path], tmp_path: Path) -> Callable[..., Run]:
    """Runs the study, with what is added to it; only the beast, the dice and the model are allowed."""
    runs = iter(range(100))

    def run(more: str = "", script: str = SCRIPT, plugins: str = ALLOWED) -> Run:
        simulation = Simulation.from_file(study(SOUND + more, script__toml=script), plugins=plugins)
        return simulation.run_sync(tmp_path / f"run-{next(runs)}")

    return run


def notes(run: Run) -> list[Event]:
    """What is noted of the beast: on a machine that is busy enough, others may be noted for holding everybody up."""
    return [event for event in run.events(kind="note") if "troupe-beast" in str(event.data)]
