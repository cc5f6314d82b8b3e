"""The command as a whole: help, verbs of plugins, and what becomes of errors."""

import subprocess
import sys

import pytest
from installing import new_site

from troupe_core.cli.main import troupe as command
from troupe_core.version import VERSION

VERBS = ["run", "show", "events", "stats", "report", "digest", "fixtures", "init", "schema", "plugins"]
HEAVY = {"asyncio", "cattrs", "importlib.metadata", "jsonschema_rs", "numpy", "orjson", "rich", "sqlite3", "yaml"}

GREET = """
import click

@click.command()
@click.argument("name")
def greet(name):
    click.echo(f"Good day, {name}!")
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder of installed packages."""
    yield from new_site(tmp_path / "site", monkeypatch)


@pytest.fixture
def greeting(site):
    """A plugin with a command; `module` is the text of the module that holds it."""

    def install(module=GREET, name="greet"):
        lines = f"[troupe.commands]\n{name} = troupe_greetings:greet\n"
        site.install("troupe-greetings", module, lines=lines)

    return install


def run_python(*words):
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)


def test_help_names_every_verb_and_how_to_start(troupe):
    printed = troupe("--help")

    assert printed.status == 0
    for verb in VERBS:
        assert f"\n  {verb} " in printed.out
    assert "Start with: troupe init my-study, then: troupe run my-study/study.toml" in printed.out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example(troupe, verb):
    printed = troupe(verb, "--help")

    assert printed.status == 0
    assert f"Example: troupe {verb} " in printed.out
    assert troupe(verb, "-h") == printed


def test_the_verbs_are_those_of_the_group():
    with command.make_context("troupe", ["run"]) as context:
        assert command.list_commands(context)[: len(VERBS)] == VERBS


def test_the_version(troupe):
    assert troupe("--version").out == f"troupe-core {VERSION}\n"


def test_it_can_be_run_as_a_module():
    assert run_python("-m", "troupe_core", "--version").stdout == f"troupe-core {VERSION}\n"


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["rnu"]])
def test_help_imports_nothing_heavy(words):
    script = (
        "import sys\nbefore = set(sys.modules)  # counting coverage brings modules of its own\n"
        "from troupe_core.cli.main import main\n"
        f"try:\n    main({words})\nfinally:\n    print('modules', *set(sys.modules) - before)"
    )

    modules = run_python("-c", script).stdout.rpartition("modules ")[2].split()

    assert "click" in modules
    assert HEAVY.isdisjoint(modules)


@pytest.mark.parametrize(
    ("verb", "hint"), [("shwo", "Did you mean show?"), ("xyzzy", "See what there is: troupe --help")]
)
def test_an_unknown_verb_is_told_with_the_nearest(troupe, verb, hint):
    printed = troupe(verb)

    assert printed.status == 2
    assert printed.err.splitlines()[-1] == f'Error: There is no command "{verb}". {hint}'


def test_a_command_of_a_plugin_is_listed_without_being_imported(troupe, greeting):
    greeting()

    printed = troupe("--help")

    assert "Commands of plugins:\n  greet  from troupe-greetings\n" in printed.out
    assert "troupe_greetings" not in sys.modules


def test_a_command_of_a_plugin_runs(troupe, greeting):
    greeting()

    assert troupe("greet", "Ann").out == "Good day, Ann!\n"
    assert troupe("greet", "--help").status == 0
    assert troupe("gret").err.endswith("Did you mean greet?\n")


@pytest.mark.parametrize(
    ("module", "problem"),
    [
        ("import nothing_of_that_name", "ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        ("def great(): ...", "AttributeError: module 'troupe_greetings' has no attribute 'greet'"),
        ("raise SystemExit('stop')", "SystemExit: stop"),
        ("def greet(name): ...", "TypeError: troupe_greetings:greet is no click command"),
    ],
)
def test_a_broken_command_is_told_with_its_plugin_and_hurts_no_other(troupe, greeting, module, problem):
    greeting(module)

    printed = troupe("greet", "Ann")

    assert printed.status == 2
    assert printed.err == (
        f"troupe: troupe-greetings 1.0: the command greet cannot be loaded: {problem}\n"
        "Repair or remove it: python -m pip uninstall troupe-greetings\n"
    )
    assert troupe("--help").status == 0
    assert troupe("init", "--help").status == 0


def test_a_plugin_cannot_take_the_place_of_a_verb(troupe, greeting):
    greeting(name="digest")

    assert "Commands of plugins" not in troupe("--help").out
    assert "Print the digest of the run" in troupe("digest", "--help").out


@pytest.mark.parametrize("words", [["--traceback", "run", "nowhere.toml"], ["run", "nowhere.toml", "--traceback"]])
def test_a_traceback_can_be_asked_for_anywhere(troupe, study, words):
    study("")

    printed = troupe(*words)

    assert printed.status == 2
    assert printed.err.startswith("Traceback (most recent call last):\n")
    assert printed.err.endswith("ConfigError: nowhere.toml: there is no such file\n")


def test_without_it_there_is_none(troupe, study):
    study("")

    assert troupe("run", "nowhere.toml").err == "troupe: nowhere.toml: there is no such file\n"
