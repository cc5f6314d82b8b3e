"""Two plugins of strangers, written from the manual alone: they are installed, chosen, run, taken away, and missed."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from end_to_end.surroundings import Surroundings, new_surroundings

STRANGERS = Path(__file__).parent / "third_party"

COMPONENTS = {
    "attic": {("attic", "memory_backend")},
    "village-council": {("council", "environment"), ("purse", "tool"), ("turnout", "analyzer")},
}
"""What each of them offers."""

MISSED = {
    "attic": "[memory]: there is no memory backend 'attic'; installed: recent",
    "village-council": "[environment]: there is no environment 'council'; installed: alone, room",
}
"""What is told first when it is gone."""


@pytest.fixture
def strangers(tmp_path: Path) -> Path:
    """A copy of their folders: who builds there leaves things behind."""
    return Path(shutil.copytree(STRANGERS, tmp_path / "strangers"))


@pytest.fixture
def surroundings(tmp_path: Path) -> Surroundings:
    return new_surroundings(tmp_path / "environment")


def test_there_is_a_row_for_each_stranger():
    assert (
        sorted(COMPONENTS) == sorted(MISSED) == sorted(each.parent.name for each in STRANGERS.glob("*/pyproject.toml"))
    )


@pytest.mark.parametrize("stranger", COMPONENTS)
def test_a_stranger_comes_is_used_goes_and_is_missed(surroundings, strangers, tmp_path, stranger):
    project, home = strangers / stranger, tmp_path / "home"
    home.mkdir()
    distribution = tomllib.loads((project / "pyproject.toml").read_text())["project"]["name"]
    readme = (project / "README.md").read_text()
    (study,) = re.findall(r"^```toml\n(.*?)^```$", readme, flags=re.MULTILINE | re.DOTALL)
    (home / "study.toml").write_text(study)

    surroundings.install(project, editable=False)
    listed = json.loads(surroundings.run("troupe plugins list --json", home).stdout)
    ran = surroundings.run("troupe run study.toml --json --out run", home)
    surroundings.uninstall(distribution)
    left = json.loads(surroundings.run("troupe plugins list --json", home).stdout)
    missed = surroundings.run("troupe run study.toml --out again", home)

    ours = [each for each in listed if each["distribution"] == distribution]
    assert {(each["name"], each["kind"]) for each in ours} == COMPONENTS[stranger]
    assert {each["state"] for each in ours} == {"active"}
    assert ran.returncode == 0, ran.stdout
    assert json.loads(ran.stdout)["status"] == "finished"
    assert [each for each in left if each["distribution"] == distribution] == []
    assert missed.returncode == 2
    assert MISSED[stranger] in missed.stdout
    assert "troupe plugins list" in missed.stdout
    assert "Traceback" not in missed.stdout


def test_the_attic_is_what_people_remember_with(surroundings, strangers, tmp_path):
    (tmp_path / "study.toml").write_text(
        '[simulation]\nsteps = 2\n[llm]\nuse = "mock"\n[memory]\nuse = "attic"\n'
        '[[agents]]\npersona = { name = "Ada" }\n[[agents]]\npersona = { name = "Ben" }\n'
    )
    surroundings.install(strangers / "attic", editable=False)

    surroundings.run("troupe run study.toml --quiet --out run", tmp_path)
    recalled = surroundings.run("troupe events run --kind recall --agent Ada --json", tmp_path).stdout.splitlines()

    assert [bool(json.loads(line)["data"]["ids"]) for line in recalled] == [False, True]


def test_the_council_decides_by_its_own_rules(surroundings, strangers, tmp_path):
    vote = '{{ action = "vote", yes = {yes} }}'
    entries = "".join(
        f'[[entries]]\nagent = "{name}"\nstep = 1\nactions = [{vote.format(yes=yes)}, {vote.format(yes=yes)}]\n'
        for name, yes in (("Greta", "true"), ("Sven", "true"), ("Ulla", "false"))
    )
    (tmp_path / "script.toml").write_text(
        entries
        + '[[entries]]\nagent = "Greta"\nstep = 0\nactions = [{ action = "reckon", cost = 1200 }]\n'
        + '[[entries]]\nactions = [{ action = "listen" }]\n'
    )
    people = "".join(f'[[agents]]\npersona = {{ name = "{name}" }}\n' for name in ("Greta", "Sven", "Ulla"))
    (tmp_path / "study.toml").write_text(
        '[simulation]\nsteps = 9\n[llm]\nuse = "mock"\nmode = "scripted"\nscript = "script.toml"\n'
        '[environment]\nuse = "council"\nmotions = ["A bench", "A roof"]\n[agent_defaults]\ntools = ["purse"]\n'
        f'{people}[[analyzers]]\nuse = "turnout"\n'
    )
    surroundings.install(strangers / "village-council", editable=False)

    ran = json.loads(surroundings.run("troupe run study.toml --json --out run", tmp_path).stdout)
    told = surroundings.run("troupe events run --kind percept --json", tmp_path).stdout
    outcomes = surroundings.run("troupe events run --kind outcome --json", tmp_path).stdout
    report = surroundings.run("troupe report run --format md --out report.md && cat report.md", tmp_path).stdout

    assert ran["steps"] == 4
    assert "A bench: carried, 2 of 3." in told
    assert outcomes.count("You have voted already.") == 3
    assert "That is 200 crowns too much." in outcomes
    assert "| run | Ulla | 1 |" in report
