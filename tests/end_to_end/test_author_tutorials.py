"""Each tutorial for plugin authors, done as it says: written into a fresh folder, installed, run, and taken away."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from end_to_end.surroundings import Surroundings, new_surroundings
from end_to_end.told import commands_of, files_of, shows

from troupe_core.hookspecs import KIND_OF_HOOK

PAGES = Path(__file__).parents[2] / "docs" / "plugins"
KINDS = sorted(kind.replace("_", "-") for kind in KIND_OF_HOOK.values())
PAGE_OF_KIND = {"memory-backend": "memory"}
INSTALL = "python -m pip install -e "


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Surroundings:
    """One environment for all: each tutorial leaves it as it was."""
    return new_surroundings(tmp_path_factory.mktemp("authors") / "environment")


def commands_to_run(page: Path) -> Iterator[tuple[str, str]]:
    """All but those that run tests: the kits are run with the manual's other snippets."""
    return (each for each in commands_of(page) if not each[0].startswith("python -m pytest"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_tutorial_does_what_it_says(surroundings, tmp_path, kind):
    page = PAGES / f"{PAGE_OF_KIND.get(kind, kind)}.md"
    for name, text in files_of(page).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (project,) = tmp_path.glob("*/pyproject.toml")
    name = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["name"]

    status, ran = 0, []
    for command, shown in commands_to_run(page):
        if command.startswith(INSTALL):
            surroundings.install(tmp_path / command.removeprefix(INSTALL))
            continue
        done = surroundings.run(f"echo {status}" if command == "echo $?" else command, tmp_path)
        assert shows(shown, done.stdout), f"$ {command}\nthe page shows:\n{shown}\nit printed:\n{done.stdout}"
        status = done.returncode
        ran.append(command)
    installed = json.loads(surroundings.run("troupe plugins list --json", tmp_path).stdout)
    surroundings.uninstall(name)
    left = json.loads(surroundings.run("troupe plugins list --json", tmp_path).stdout)
    missed = surroundings.run("troupe run study.toml", tmp_path)

    assert [command for command in ran if command.startswith("troupe run ")]
    assert {row["state"] for row in installed if row["distribution"] == name} == {"active"}
    assert {row["kind"] for row in installed if row["distribution"] == name} == {kind.replace("-", "_")}
    assert [row for row in left if row["distribution"] == name] == []
    assert missed.returncode == 2
    assert "there is no " in missed.stdout
    assert "Traceback" not in missed.stdout
