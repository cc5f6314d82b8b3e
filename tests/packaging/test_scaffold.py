"""What `troupe plugins new` writes, for every kind: installed into one fresh environment, it passes its own checks."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import frozen

ROOT = Path(__file__).parents[2]
MOCK = ROOT / "plugins" / "troupe-mock-llm"
TEMPLATES = ROOT / "troupe_core" / "cli" / "scaffold" / "templates"
KINDS = sorted(folder.name for folder in TEMPLATES.iterdir() if folder.name != "common")


@frozen
class Workshop:
    """A folder with a new plugin of every kind, all of them installed in one environment."""

    home: Path
    environment: Path
    variables: Mapping[str, str]

    def run(self, command: str, *words: str, below: str = ".") -> "subprocess.CompletedProcess[str]":
        """Run a command of the environment, offline."""
        return subprocess.run(
            [self.environment / "bin" / command, *words],
            check=False,
            cwd=self.home / below,
            env=self.variables,
            capture_output=True,
            text=True,
        )

    def install(self, *what: str) -> None:
        """Install from where this machine installs."""
        asked = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-sources"]
        subprocess.run([*asked, "--python", str(self.environment), *what], check=True, env=dict(os.environ))


@pytest.fixture(scope="session")
def workshop(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Made once for all kinds."""
    home, environment = tmp_path_factory.mktemp("workshop"), tmp_path_factory.mktemp("environment")
    nowhere = "http://127.0.0.1:9"  # whoever reaches for the network is refused
    variables = {"PATH": str(environment / "bin"), "HOME": str(home), "MYPY_CACHE_DIR": str(home / "mypy")}
    shop = Workshop(home, environment, variables | {"http_proxy": nowhere, "https_proxy": nowhere})
    subprocess.run([sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, environment], check=True)
    shop.install(f"{wheel}[testing]", str(MOCK), "ruff==0.17.*", "mypy==2.4.*")
    for kind in KINDS:
        written = shop.run("troupe", "plugins", "new", f"first-{kind}", "--kind", kind)
        assert (written.returncode, written.stderr) == (0, "")
    shop.install(*(word for kind in KINDS for word in ("--editable", str(home / f"troupe-first-{kind}"))))
    return shop


@pytest.mark.parametrize("kind", KINDS)
def test_its_style_and_its_types_are_clean(workshop, kind):
    folder = f"troupe-first-{kind}"

    for command, *words in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]):
        ended = workshop.run(command, *words, below=folder)
        assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.mark.parametrize("name", ["x", "a-name-of-forty-letters-that-is-so-long1"])
@pytest.mark.parametrize("kind", KINDS)
def test_its_style_is_clean_whatever_its_name(workshop, tmp_path, kind, name):
    workshop.run("troupe", "plugins", "new", name, "--kind", kind, "--out", str(tmp_path / "new"))

    checked = workshop.run("ruff", "check", str(tmp_path / "new"))
    formatted = workshop.run("ruff", "format", "--check", str(tmp_path / "new"))

    assert (tmp_path / "new" / "pyproject.toml").exists()
    assert (checked.returncode, formatted.returncode) == (0, 0), checked.stdout + formatted.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_its_tests_pass_the_kit_among_them(workshop, kind):
    ended = workshop.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", below=f"troupe-first-{kind}")

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert " passed" in ended.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_the_study_of_its_readme_runs_and_it_is_listed(workshop, kind, tmp_path):
    folder = f"troupe-first-{kind}"
    listed = workshop.run("troupe", "plugins", "list")
    readme = (workshop.home / folder / "README.md").read_text(encoding="utf-8")
    (tmp_path / "study.toml").write_text(readme.split("```toml\n")[1].split("```")[0])

    ran = workshop.run("troupe", "run", str(tmp_path / "study.toml"), "--out", str(tmp_path / "run"), "--json")

    expected = [f"first-{kind}", kind.replace("-", "_"), folder]
    assert expected in [line.split()[:3] for line in listed.stdout.splitlines()]
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_tests_that_tox_runs_are_those_of_its_extra(workshop, tmp_path):
    ended = workshop.run("troupe", "plugins", "new", "dice", "--kind", "tool", "--out", str(tmp_path / "dice"))

    project = tomllib.loads((tmp_path / "dice" / "pyproject.toml").read_text())["project"]
    assert ended.returncode == 0
    assert project["optional-dependencies"]["test"] == ["troupe-core[testing]", "troupe-mock-llm"]
    assert "deps = -e .[test]" in (tmp_path / "dice" / "tox.ini").read_text()
