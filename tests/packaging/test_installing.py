"""``troupe plugins install`` and ``uninstall``, with the tools that people install Troupe with."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest
from attrs import frozen

UV: list[str | Path] = [sys.executable, "-m", "uv"]

PROJECT = """
[build-system]
requires = ["uv_build>=0.13,<0.14"]
build-backend = "uv_build"
[project]
name = "{name}"
version = "{version}"
dependencies = ["troupe-core>=0.1,<1"]
"""

ENTRY = """
from troupe_core.plugin import Component, hookimpl

@hookimpl
def troupe_tools():
    return [Component(name="{name}", summary="Spins.", factory="nowhere:Nothing")]
"""


def package(folder: Path, name: str, *, module: str | None = None, version: str = "1.0") -> Path:
    """A plugin as a folder; without a module it is no plugin."""
    project, short = folder / name, name.removeprefix("troupe-")
    source = project / "src" / name.replace("-", "_")
    source.mkdir(parents=True, exist_ok=True)
    text = PROJECT.format(name=name, version=version)
    if module is not None:
        text += f'[project.entry-points.troupe]\n{short} = "{source.name}.plugin"\n'
        (source / "plugin.py").write_text(module, encoding="utf-8")
    (project / "pyproject.toml").write_text(text, encoding="utf-8")
    (source / "__init__.py").write_text("", encoding="utf-8")
    return project


def newer(wheel: Path, version: str, folder: Path) -> None:
    """The same wheel as another version."""
    old = wheel.name.split("-")[1]
    with ZipFile(wheel) as read, ZipFile(folder / wheel.name.replace(old, version, 1), "w") as written:
        for name in read.namelist():
            content = read.read(name)
            if name.endswith(("/METADATA", "troupe_core/version.py")):
                content = content.replace(f"Version: {old}".encode(), f"Version: {version}".encode(), 1)
                content = content.replace(f'VERSION = "{old}"'.encode(), f'VERSION = "{version}"'.encode())
            if name.endswith("/RECORD"):
                lines = [f"{line.partition(',')[0]},,\n" for line in content.decode().splitlines()]
                content = "".join(lines).replace(f"-{old}.dist-info", f"-{version}.dist-info").encode()
            written.writestr(name.replace(f"-{old}.dist-info", f"-{version}.dist-info"), content)


@frozen
class Place:
    """An environment with Troupe in it, and a folder to work in."""

    tool: str
    """What installed Troupe, as the doctor calls it."""
    bin: Path
    folder: Path
    environ: Mapping[str, str]

    def run(self, *words: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
        """Runs a command."""
        return subprocess.run(
            [str(each) for each in words],
            check=False,
            cwd=self.folder,
            env={**self.environ, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def plugins(self, *words: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
        """``troupe plugins …``"""
        return self.run(self.bin / "troupe", "plugins", *words, **more)

    def answered(self, answer: str, *words: str) -> "subprocess.CompletedProcess[str]":
        """``troupe plugins …`` at a terminal at which somebody types."""
        ours, theirs = pty.openpty()
        os.write(ours, f"{answer}\n".encode())
        command = [str(self.bin / "troupe"), "plugins", *words]
        done = subprocess.run(
            command, check=False, cwd=self.folder, env=self.environ, stdin=theirs, capture_output=True, text=True
        )
        os.close(ours)
        os.close(theirs)
        return done

    def distributions(self) -> set[str]:
        """Of all that is listed."""
        return {each["distribution"] for each in json.loads(self.plugins("list", "--json").stdout)}


def surroundings(*paths: Path, **more: str) -> dict[str, str]:
    """What commands find: these folders first, no environment of ours, and the index that is set up here."""
    ours = ("VIRTUAL_ENV", "TROUPE_PLUGINS", "PYTHONPATH", "PIPX_HOME", "PIPX_BIN_DIR", "UV", "UV_TOOL_DIR")
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    return {**kept, "PATH": os.pathsep.join([*map(str, paths), kept["PATH"]]), **more}


def run(words: Sequence[str | Path], environ: Mapping[str, str]) -> None:
    done = subprocess.run([str(each) for each in words], check=False, env=environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def uv_beside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the command ``uv``."""
    folder = tmp_path_factory.mktemp("uv")
    (folder / "uv").write_text(f'#!/bin/sh\nexec {sys.executable} -m uv "$@"\n', encoding="utf-8")
    (folder / "uv").chmod(0o755)
    return folder


@pytest.fixture
def with_pip(wheel: Path, tmp_path: Path) -> Place:
    """An environment as the standard library makes it, in a tenth of the time; its pip is its only tool."""
    run([*UV, "venv", "--python", sys.executable, tmp_path / "env"], os.environ)
    (tmp_path / "env" / "pyvenv.cfg").write_text(f"home = {Path(sys.base_prefix) / 'bin'}\n", encoding="utf-8")
    run([*UV, "pip", "install", "--python", tmp_path / "env", wheel, "pip"], os.environ)
    return Place("pip", tmp_path / "env" / "bin", tmp_path, surroundings())


@pytest.fixture
def with_uv(wheel: Path, tmp_path: Path, uv_beside: Path) -> Place:
    """One that uv made, without pip."""
    run([*UV, "venv", "--python", sys.executable, tmp_path / "env"], os.environ)
    run([*UV, "pip", "install", "--python", tmp_path / "env", wheel], os.environ)
    return Place("uv", tmp_path / "env" / "bin", tmp_path, surroundings(uv_beside))


@pytest.fixture
def with_uv_tool(wheel: Path, tmp_path: Path, uv_beside: Path) -> Place:
    """``uv tool install troupe-core``, from a folder of wheels; how it is found is uv's to remember."""
    links = tmp_path / "links"
    links.mkdir()
    (links / wheel.name).symlink_to(wheel)
    environ = surroundings(uv_beside)
    tools = {"UV_TOOL_DIR": str(tmp_path / "tools"), "UV_TOOL_BIN_DIR": str(tmp_path / "bin")}
    words: list[str | Path] = ["uv", "tool", "install", "--python", sys.executable, "--find-links", links]
    run([*words, "--refresh", "troupe-core"], {**environ, **tools})
    return Place("uv tool", tmp_path / "bin", tmp_path, environ)


@pytest.fixture(scope="session")
def pipx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the command ``pipx``."""
    folder = tmp_path_factory.mktemp("pipx")
    run([*UV, "venv", "--python", sys.executable, folder / "env"], os.environ)
    run([*UV, "pip", "install", "--python", folder / "env", "pipx"], os.environ)
    return folder / "env" / "bin"


@pytest.fixture(scope="session")
def pipx_shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pipx keeps its pip: made once."""
    return tmp_path_factory.mktemp("pipx-shared")


@pytest.fixture
def with_pipx(wheel: Path, tmp_path: Path, pipx: Path, pipx_shared: Path) -> Place:
    """``pipx install troupe-core``, from a folder of wheels."""
    links = tmp_path / "links"
    links.mkdir()
    (links / wheel.name).symlink_to(wheel)
    environ = surroundings(pipx, PIPX_SHARED_LIBS=str(pipx_shared))
    homes = {"PIPX_HOME": str(tmp_path / "pipx"), "PIPX_BIN_DIR": str(tmp_path / "bin")}
    words = ["pipx", "install", "--backend", "pip", f"--pip-args=--find-links={links}", "troupe-core"]
    run([*words, "--python", sys.executable], {**environ, **homes})
    return Place("pipx", tmp_path / "bin", tmp_path, environ)


@pytest.fixture(params=["with_pip", "with_uv", "with_uv_tool", "with_pipx"])
def place(request: pytest.FixtureRequest) -> Place:
    """Each of them."""
    made: Place = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def casino(tmp_path: Path) -> Callable[..., Path]:
    """A plugin with one tool."""
    return lambda name="roulette", **more: package(tmp_path, "troupe-casino", module=ENTRY.format(name=name), **more)


def test_a_plugin_comes_changes_and_goes_whatever_tool_troupe_was_installed_with(
    place: Place, casino: Callable[..., Path]
) -> None:
    casino()

    came = place.plugins("install", "./troupe-casino")
    same = place.plugins("install", "./troupe-casino")
    casino("wheel", version="1.1")
    changed = place.plugins("install", "./troupe-casino", "--upgrade")
    listed = place.distributions()
    seen = json.loads(place.plugins("doctor", "--json").stdout)
    went = place.plugins("uninstall", "wheel", "--yes")

    assert came.stdout == "Installed troupe-casino 1.0:\n  tool  roulette  Spins.\n", came.stderr
    assert same.stdout == "troupe-casino 1.0 was there already.\n", same.stderr
    assert changed.stdout == "troupe-casino is 1.1 now, it was 1.0; new:\n  tool  wheel  Spins.\n", changed.stderr
    assert listed == {"troupe-core", "troupe-casino"}
    assert (seen["installed_with"], seen["sound"], seen["findings"]) == (place.tool, True, [])
    assert went.stdout == "Uninstalled troupe-casino 1.1.\n", went.stderr
    assert place.distributions() == {"troupe-core"}
    assert {each.returncode for each in (came, same, changed, went)} == {0}


@pytest.mark.parametrize("which", ["with_uv", "with_uv_tool"])
def test_a_folder_that_is_installed_editable_is_followed(
    which: str, request: pytest.FixtureRequest, casino: Callable[..., Path]
) -> None:
    place: Place = request.getfixturevalue(which)
    casino()

    came = place.plugins("install", "-e", "./troupe-casino")
    casino("wheel")

    assert came.returncode == 0, came.stderr
    assert "wheel" in place.plugins("list", "--hook", "tool").stdout


def test_an_upgrade_of_a_uv_tool_keeps_its_plugins(
    with_uv_tool: Place, casino: Callable[..., Path], wheel: Path
) -> None:
    casino()
    package(with_uv_tool.folder, "troupe-plain", module=ENTRY.format(name="plain"))
    with_uv_tool.plugins("install", "./troupe-casino")
    with_uv_tool.plugins("install", "-e", "./troupe-plain")
    newer(wheel, "0.1.99", with_uv_tool.folder / "links")
    tools = {"UV_TOOL_DIR": str(with_uv_tool.folder / "tools"), "UV_TOOL_BIN_DIR": str(with_uv_tool.bin)}

    upgraded = with_uv_tool.run("uv", "tool", "upgrade", "troupe-core", **tools)

    assert upgraded.returncode == 0, upgraded.stderr
    assert with_uv_tool.run(with_uv_tool.bin / "troupe", "--version").stdout == "troupe-core 0.1.99\n"
    assert with_uv_tool.distributions() == {"troupe-core", "troupe-casino", "troupe-plain"}
    assert with_uv_tool.plugins("uninstall", "plain", "--yes").returncode == 0
    assert with_uv_tool.distributions() == {"troupe-core", "troupe-casino"}


def test_an_upgrade_with_pipx_keeps_its_plugins(with_pipx: Place, casino: Callable[..., Path], wheel: Path) -> None:
    casino()
    with_pipx.plugins("install", "./troupe-casino")
    newer(wheel, "0.1.99", with_pipx.folder / "links")
    homes = {"PIPX_HOME": str(with_pipx.folder / "pipx"), "PIPX_BIN_DIR": str(with_pipx.bin)}

    upgraded = with_pipx.run("pipx", "upgrade", "troupe-core", **homes)
    # A reinstallation asks for the core once more for what is beside it: from an index, if it were on one.
    links = f"{os.environ.get('PIP_FIND_LINKS', '')} {with_pipx.folder / 'links'}".strip()
    reinstalled = with_pipx.run("pipx", "reinstall", "troupe-core", PIP_FIND_LINKS=links, **homes)

    assert (upgraded.returncode, reinstalled.returncode) == (0, 0), upgraded.stderr + reinstalled.stderr
    assert with_pipx.run(with_pipx.bin / "troupe", "--version").stdout == "troupe-core 0.1.99\n"
    assert with_pipx.distributions() == {"troupe-core", "troupe-casino"}


def test_what_is_on_no_index_is_told_in_the_words_of_the_tool_and_ours(with_uv: Place) -> None:
    printed = with_uv.plugins("install", "troupe-chrome", UV_NO_INDEX="1")

    assert (printed.returncode, printed.stdout) == (2, "")
    assert "troupe-chrome" in printed.stderr.partition("\n")[2].partition("troupe: ")[0]
    assert printed.stderr.endswith(
        "\ntroupe: uv could not install troupe-chrome: it ended with status 1, and said why above\n"
        "Did you mean 'troupe-chroma'?\n"
    )


def test_without_a_network_it_ends_with_the_words_of_pip(with_pip: Place) -> None:
    away = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_EXTRA_INDEX_URL": "", "PIP_RETRIES": "0"}

    printed = with_pip.plugins("install", "troupe-nothing-of-that-name", PIP_CONFIG_FILE=os.devnull, **away)

    assert printed.returncode == 2
    assert "ERROR" in printed.stderr
    assert "pip could not install troupe-nothing-of-that-name: it ended with status 1" in printed.stderr


def test_a_plugin_for_another_troupe_does_not_change_troupe(with_pip: Place, casino: Callable[..., Path]) -> None:
    project = casino() / "pyproject.toml"
    project.write_text(project.read_text().replace("troupe-core>=0.1,<1", "troupe-core>=7"))

    printed = with_pip.plugins("install", "./troupe-casino")

    assert printed.returncode == 2
    assert "troupe-core>=7" in printed.stderr
    assert with_pip.distributions() == {"troupe-core"}


def test_a_package_that_offers_nothing_is_told_and_can_be_taken_out_again(with_uv: Place) -> None:
    package(with_uv.folder, "plain")

    came = with_uv.plugins("install", "./plain")
    went = with_uv.plugins("uninstall", "plain", "-y")

    assert (came.returncode, came.stdout) == (
        0,
        "Installed plain 1.0. It offers nothing for Troupe. To take it out again: troupe plugins uninstall plain\n",
    )
    assert went.stdout == "Uninstalled plain 1.0.\n"


def test_a_command_of_a_plugin_is_among_what_was_added(with_uv: Place) -> None:
    project = package(with_uv.folder, "troupe-greetings") / "pyproject.toml"
    project.write_text(
        project.read_text() + '[project.entry-points."troupe.commands"]\ngreet = "troupe_greetings:greet"\n'
    )

    printed = with_uv.plugins("install", "./troupe-greetings")

    assert printed.stdout == "Installed troupe-greetings 1.0:\n  command  troupe greet  from troupe-greetings\n"


def test_plugins_that_break_are_told_and_can_be_taken_out_again(with_uv: Place) -> None:
    package(with_uv.folder, "troupe-bad", module="1 / 0")
    package(with_uv.folder, "troupe-fatal", module="import os; os._exit(7)")

    bad = with_uv.plugins("install", "./troupe-bad")
    fatal = with_uv.plugins("install", "./troupe-fatal")
    went = with_uv.plugins("uninstall", "bad", "fatal", "--yes")

    assert (bad.returncode, fatal.returncode, went.returncode) == (1, 1, 0)
    assert bad.stdout.startswith(
        "Installed troupe-bad 1.0:\n  plugin  bad  broken: cannot be loaded: ZeroDivisionError"
    )
    assert fatal.stdout == (
        "Installed troupe-fatal 1.0.\nWhat it offers could not be listed. Find out why: troupe plugins list\n"
    )
    assert went.stdout == "Uninstalled troupe-bad 1.0, troupe-fatal 1.0.\n"
    assert with_uv.distributions() == {"troupe-core"}


def test_who_sits_at_a_terminal_is_told_what_goes_and_asked(with_uv: Place, casino: Callable[..., Path]) -> None:
    run([*UV, "pip", "install", "--python", with_uv.bin / "python", casino()], os.environ)

    no = with_uv.answered("n", "uninstall", "casino")
    still = with_uv.distributions()
    yes = with_uv.answered("y", "uninstall", "casino")

    asked = "This uninstalls troupe-casino 1.0:\n  tool  roulette  Spins.\nGo on? [y/N]: "
    assert (no.returncode, no.stdout.replace("\r", "")) == (0, f"{asked}Nothing was changed.\n")
    assert "troupe-casino" in still
    assert (yes.returncode, yes.stdout.replace("\r", "")) == (0, f"{asked}Uninstalled troupe-casino 1.0.\n")


def drawn(terminal: int) -> Iterator[bytes]:
    """All that is written to a terminal, until nobody writes to it any more."""
    try:
        while piece := os.read(terminal, 4096):
            yield piece
    except OSError:  # Linux says so where others read nothing
        return
    finally:
        os.close(terminal)


def test_on_a_terminal_the_tool_draws_for_itself(with_uv: Place, casino: Callable[..., Path]) -> None:
    casino()
    ours, theirs = pty.openpty()
    command = [str(with_uv.bin / "troupe"), "plugins", "install", "./troupe-casino"]
    plain = ("NO_COLOR", "CI", "UV_NO_PROGRESS")
    environ = {**{name: value for name, value in with_uv.environ.items() if name not in plain}, "TERM": "xterm"}

    process = subprocess.Popen(
        command, cwd=with_uv.folder, env=environ, stdout=subprocess.PIPE, stderr=theirs, text=True
    )
    os.close(theirs)
    shown = b"".join(drawn(ours)).decode(errors="replace")
    printed, _ = process.communicate()

    assert (process.returncode, printed) == (0, "Installed troupe-casino 1.0:\n  tool  roulette  Spins.\n")
    assert "\x1b[" in shown
    assert "troupe-casino" in shown


def test_in_a_project_of_uv_it_says_what_the_next_sync_does(with_uv: Place, casino: Callable[..., Path]) -> None:
    casino()
    (with_uv.folder / "uv.lock").write_text("")

    printed = with_uv.plugins("install", "./troupe-casino")

    assert printed.stdout.endswith(
        f"\nThe next `uv sync` in {with_uv.folder} takes it away again, unless you say there: uv add troupe-casino\n"
    )


def test_what_is_not_uninstalled_is_told_why(with_pip: Place, casino: Callable[..., Path]) -> None:
    run([*UV, "pip", "install", "--python", with_pip.bin / "python", casino()], os.environ)
    by_hand = "If you mean it, do it by hand: python -m pip uninstall"
    told = {
        "core": f"the core cannot be uninstalled by itself\n{by_hand} troupe-core\n",
        "room": "'room' is built into Troupe itself: it cannot be uninstalled\n",
        "rich": f"rich is no plugin, and others need it: troupe-core\n{by_hand} rich\n",
        "qqqq": "there is no plugin 'qqqq'; installed: troupe-casino\nSee what is installed: troupe plugins list\n",
        "casina": "there is no plugin 'casina'; installed: troupe-casino\nDid you mean 'casino'?\n",
        "casino": "nobody can be asked whether to uninstall troupe-casino 1.0\nSay so: --yes\n",
    }

    printed = {name: with_pip.plugins("uninstall", name) for name in told}

    assert {name: each.stderr for name, each in printed.items()} == {n: f"troupe: {text}" for n, text in told.items()}
    assert {each.returncode for each in printed.values()} == {2}
    assert with_pip.distributions() == {"troupe-core", "troupe-casino"}
