"""Whatever a plugin does wrong, it is isolated and named, and a run that does not need it is what it was without."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from installing import Site
from zoo.animals import AT_LOADING, AT_MAKING, IN_A_RUN, MEDDLERS, OBSERVERS, OUT_OF_REACH, RUDE, Animal
from zoo.conftest import ALLOWED, NEEDING, ROARS, SCRIPT, SOUND, notes

from troupe_core.discovery.found import Plugin
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import PluginError
from troupe_core.simulation.simulation import Simulation
from troupe_core.values.observed import EventRecorded

Live = Callable[..., Any]
LetIn = Callable[[Animal], None]
Said = Callable[[Animal, str], bool]

BEAST = "troupe-beast 1.0"


def beast() -> Plugin:
    """What is known of it; the sound plugin beside it is as it was."""
    plugins = Plugins.discover(Selection(only=("troupe-beast", "troupe-dice")))
    assert "dice" in [found.component.name for found in plugins.components("tool")]
    return next(plugin for plugin in plugins.installed if plugin.distribution == "troupe-beast")


@pytest.fixture(scope="module")
def known_digests() -> list[str]:
    """The digest of the sound study where there is no animal, once it is known."""
    return []


@pytest.fixture
def unaffected(live: Live, let_in: LetIn, known_digests: list[str]) -> Callable[[Animal], Any]:
    """Runs the sound study beside the animal; it is the run that it is without it."""

    def run(animal: Animal) -> Any:
        if not known_digests:
            known_digests.append(live(plugins="troupe-mock-llm").digest())
        let_in(animal)
        beside = live()
        assert (beside.status, beside.digest()) == ("finished", known_digests[0])
        return beside

    return run


@pytest.mark.parametrize("animal", AT_LOADING, ids=str)
def test_what_is_broken_is_named_and_nothing_of_it_is_taken(
    animal: Animal, site: Site, let_in: LetIn, said: Said
) -> None:
    let_in(animal)

    found = beast()

    assert (found.state, found.title, found.offers) == ("broken", BEAST, ())
    if animal.target == "troupe_beast" and animal.module is not None:
        assert found.file == site.file("troupe-beast")
    assert said(animal, f"{found.problem}")
    assert len(f"{found.problem}") < 1000


@pytest.mark.parametrize("animal", AT_LOADING, ids=str)
def test_a_run_that_does_not_need_what_is_broken_is_unaffected(
    animal: Animal, unaffected: Callable[[Animal], Any]
) -> None:
    run = unaffected(animal)

    assert notes(run) == []


@pytest.mark.parametrize("animal", AT_LOADING, ids=str)
def test_a_run_that_needs_what_is_broken_says_who_could_have_offered_it(
    animal: Animal, let_in: LetIn, live: Live
) -> None:
    let_in(animal)

    with pytest.raises(PluginError) as error:
        live(NEEDING["tool"])

    assert "study.toml: [tools.beast]: there is no tool 'beast'; installed: dice\n" in str(error.value)
    assert re.search(rf"^{BEAST} \(.*\) is broken, it may offer more: ", str(error.value), flags=re.MULTILINE)


@pytest.mark.parametrize("animal", AT_LOADING, ids=str)
def test_a_listing_for_programs_stays_one_whatever_is_broken(
    animal: Animal, let_in: LetIn, troupe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TROUPE_PLUGINS", "troupe-beast,troupe-dice")
    let_in(animal)

    rows = json.loads(troupe("plugins", "list", "--json").out)

    states = {row["distribution"]: row["state"] for row in rows}
    assert (states["troupe-beast"], states["troupe-dice"]) == ("broken", "active")


@pytest.mark.parametrize("animal", AT_MAKING, ids=str)
def test_what_is_of_no_use_is_named_with_distribution_and_file_before_anybody_acts(
    animal: Animal, site: Site, let_in: LetIn, live: Live, said: Said
) -> None:
    let_in(animal)

    with pytest.raises(PluginError) as error:
        live(NEEDING[animal.kind])

    told = str(error.value)
    assert said(animal, told), told
    assert BEAST in told
    if animal.requires == "troupe-core>=0.1":
        assert told.startswith(f"{BEAST} ({site.file('troupe-beast')}): the {animal.kind} 'beast' cannot be used: ")
        assert told.endswith('or do without it: [plugins] disable = ["troupe-beast"]')


@pytest.mark.parametrize("animal", AT_MAKING, ids=str)
def test_a_run_that_does_not_need_what_is_of_no_use_is_unaffected(
    animal: Animal, unaffected: Callable[[Animal], Any]
) -> None:
    run = unaffected(animal)

    assert notes(run) == []
    assert "troupe_beast_part" not in sys.modules


@pytest.mark.parametrize("animal", IN_A_RUN, ids=str)
def test_a_part_that_breaks_down_is_named_and_the_run_goes_on(
    animal: Animal, site: Site, let_in: LetIn, live: Live, said: Said
) -> None:
    let_in(animal)

    run = live(NEEDING["tool"], ROARS)

    failures = [event.data for event in run.events(kind="failure") if event.data["component"] != "llm"]
    assert run.status == "finished"
    assert run.stats()["turns"] == 2
    assert failures
    assert {each["component"].partition(" ")[0].removesuffix(".roar") for each in failures} == {"tools.beast"}
    assert all(said(animal, f"{each['problem']}\n") for each in failures), failures
    (note,) = notes(run)
    part = site.file("troupe-beast").replace(".py", "_part.py")
    assert str(note.data["problem"]).endswith(f"; it is of {BEAST} ({part})")


@pytest.mark.parametrize("animal", IN_A_RUN, ids=str)
def test_a_run_that_does_not_use_such_a_part_is_unaffected(animal: Animal, unaffected: Callable[[Animal], Any]) -> None:
    run = unaffected(animal)

    assert notes(run) == []


@pytest.mark.parametrize("animal", OBSERVERS, ids=str)
def test_an_observer_that_breaks_down_is_noted_and_changes_nothing(
    animal: Animal, unaffected: Callable[[Animal], Any], said: Said
) -> None:
    run = unaffected(animal)

    told = [str(event.data["observer"]) for event in notes(run)]
    assert len(told) == 2
    assert all(note.startswith(f"{BEAST}: troupe_step_started failed: ") for note in told)
    assert all(said(animal, note) for note in told), told


@pytest.mark.parametrize("animal", MEDDLERS, ids=str)
def test_what_a_plugin_does_to_what_it_was_lent_changes_nothing(
    animal: Animal, let_in: LetIn, study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(animal)
    script = ROARS if "roar" in (animal.part or "") else SCRIPT
    needing = NEEDING[animal.kind] if animal.part else ""
    simulation = Simulation.from_file(study(SOUND + needing, script__toml=script), plugins=ALLOWED)
    watched: list[list[EventRecorded]] = [[], [], []]
    runs: list[Any] = []

    for meddles, seen in zip(("", "yes", "yes"), watched, strict=True):
        monkeypatch.setenv("MEDDLES", meddles)
        runs.append(simulation.run_sync(f"meddled-{len(runs)}", watch={EventRecorded: seen.append}))

    tame, *meddled = runs
    for run, seen in zip(meddled, watched[1:], strict=True):
        assert run.digest() == tame.digest()
        assert [each["request"] for each in run.inputs()] == [each["request"] for each in tame.inputs()]
        assert (run.personas, run.config) == (tame.personas, tame.config)
        assert [each.event for each in seen] == list(run.events())


@pytest.mark.parametrize("animal", RUDE, ids=str)
def test_what_a_plugin_does_on_the_side_changes_no_run(
    animal: Animal, unaffected: Callable[[Animal], Any], tmp_path: Path
) -> None:
    out = sys.stdout

    run = unaffected(animal)

    assert sys.stdout is out
    assert Path.cwd() == tmp_path
    assert notes(run) == []


@pytest.mark.parametrize("animal", RUDE, ids=str)
def test_what_a_plugin_does_on_the_side_reaches_no_json(
    animal: Animal, let_in: LetIn, troupe: Callable[..., Any], study: Callable[..., Path]
) -> None:
    let_in(animal)
    study(SOUND, script__toml=SCRIPT)

    printed = troupe("run", "study.toml", "--json", "--plugins", "troupe-beast,troupe-mock-llm", "--out", "here")

    figures = json.loads(printed.out)
    assert (printed.status, figures["run"], figures["turns"]) == (0, "here", 2)
    assert Path("here/journal.db").is_file()


@pytest.mark.parametrize("animal", RUDE, ids=str)
def test_what_is_put_back_is_told_to_whoever_checks(
    animal: Animal, site: Site, let_in: LetIn, troupe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TROUPE_PLUGINS", "troupe-beast")
    let_in(animal)

    printed = troupe("plugins", "check")

    note = f"note     {BEAST} ({site.file('troupe-beast')}): {animal.said}"
    assert (note in printed.out) is bool(animal.said)
    assert "problem  troupe-beast 1.0" in printed.out  # its part is not there


def test_what_is_out_of_reach_is_said_in_the_manual() -> None:
    manual = Path(__file__).parents[2] / "docs" / "explanation" / "security.md"

    assert f"`{OUT_OF_REACH}`" in manual.read_text(encoding="utf-8")
