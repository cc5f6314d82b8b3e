"""Shell completion, as the shells ask for it: a process of its own, told by its environment what was typed so far."""

import os
import shlex
import shutil
import subprocess
import sys

import pytest
from installing import new_site

STUDY = """
[simulation]
steps = 1
[llm]
use = "mock"
mode = "fixed"
[llms.cheap]
use = "mock"
[[agents]]
persona = { name = "Ann" }
[[agents]]
persona = { name = "Bob" }
"""

VERBS = ["run", "show", "events", "stats", "report", "digest", "fixtures", "init", "schema", "plugins"]
HEAVY = {"asyncio", "cattrs", "jsonschema_rs", "numpy", "orjson", "rich", "sqlite3", "yaml"}

BROKEN_COMMAND = "[troupe.commands]\nbroken = troupe_broken:nothing\n"


def asked(shell, *words, **more):
    """What the command prints for a shell in which these words were typed; the last is unfinished."""
    environ = {**os.environ, "_TROUPE_COMPLETE": f"{shell}_complete", **more}
    if shell == "fish":
        environ |= {"COMP_WORDS": " ".join(words), "COMP_CWORD": words[-1]}
    else:
        environ |= {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "troupe_core"], env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def suggested(*words, **more):
    """What bash is told, without the kind of each."""
    return [line.partition(",")[2] for line in asked("bash", *words, **more) if line]


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder of installed packages, for processes too."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    yield from new_site(tmp_path / "site", monkeypatch)


def test_verbs():
    assert suggested("troupe", "") == VERBS
    assert suggested("troupe", "s") == ["show", "stats", "schema"]


def test_verbs_for_each_shell():
    assert asked("bash", "troupe", "ini") == ["plain,init"]
    assert asked("zsh", "troupe", "ini") == ["plain", "init", "Write a small study to start from."]
    assert asked("fish", "troupe", "ini") == ["plain,init\tWrite a small study to start from."]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell):
    environ = {**os.environ, "_TROUPE_COMPLETE": f"{shell}_source"}

    done = subprocess.run(
        [sys.executable, "-m", "troupe_core"], env=environ, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0
    assert f"_TROUPE_COMPLETE={shell}_complete" in done.stdout


@pytest.fixture
def in_bash(tmp_path):
    """What bash itself would write into the line, with our script; one line for each choice."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    command = tmp_path / "bin" / "troupe"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m troupe_core "$@"\n')
    command.chmod(0o755)
    environ = {**os.environ, "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}"}

    def completed(*words):
        typed = " ".join(shlex.quote(word) for word in words)
        script = (
            'eval "$(_TROUPE_COMPLETE=bash_source troupe)"\n'
            f"COMP_WORDS=({typed}) COMP_CWORD={len(words) - 1}\n"
            "_troupe_completion troupe\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n"
        )
        done = subprocess.run([bash, "--norc", "-c", script], env=environ, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.stdout.splitlines()

    return completed


def test_bash_itself_completes_with_that_script(in_bash):
    assert in_bash("troupe", "plugins", "sh") == ["show"]
    assert in_bash("troupe", "s") == ["show", "stats", "schema"]


def test_bash_keeps_a_name_of_several_words_in_one_piece(in_bash, troupe, study):
    study(STUDY.replace("Ann", "Ann Lee").replace("Bob", "Ann d'Or"))
    troupe("run", "study.toml", "--out", "here", "--quiet")

    assert in_bash("troupe", "events", "here", "--agent", "A") == ["Ann\\ Lee", "Ann\\ d\\'Or"]
    assert in_bash("troupe", "events", "here", "--agent", "Ann\\ L") == ["Ann\\ Lee"]


def test_options():
    assert suggested("troupe", "run", "--l") == ["--llm"]
    assert suggested("troupe", "plugins", "list", "--") == ["--hook", "--json", "--help"]
    assert "--traceback" in suggested("troupe", "--t")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["run", "stu"], "file"),
        (["show", "ru"], "dir"),
        (["events", "ru"], "dir"),
        (["stats", "ru"], "dir"),
        (["digest", "ru"], "dir"),
        (["init", "te"], "dir"),
        (["run", "study.toml", "--out", "ru"], "dir"),
        (["schema", "--out", "st"], "file"),
    ],
)
def test_files_and_folders_are_left_to_the_shell(words, kind):
    assert asked("bash", "troupe", *words) == [f"{kind},{words[-1]}"]


def test_kinds_of_events():
    assert suggested("troupe", "events", "here", "--kind", "re") == ["recall", "request", "result", "refusal"]


def test_who_takes_part_in_a_run(troupe, study):
    study(STUDY)
    troupe("run", "study.toml", "--out", "here", "--quiet")

    assert suggested("troupe", "events", "here", "--agent", "") == ["Ann", "Bob"]
    assert suggested("troupe", "events", "here", "--json", "--agent", "B") == ["Bob"]


def test_a_run_that_is_not_there_has_nobody_in_it(study):
    study(STUDY)

    assert suggested("troupe", "events", "nowhere", "--agent", "") == []
    assert suggested("troupe", "events", "--agent", "") == []


def test_models(study):
    study(STUDY)

    assert "mock" in suggested("troupe", "run", "--llm", "")
    assert suggested("troupe", "run", "study.toml", "--llm", "che") == ["cheap"]
    assert suggested("troupe", "run", "nowhere.toml", "--llm", "moc") == ["mock"]


def test_components():
    assert suggested("troupe", "plugins", "show", "rec") == ["recent"]
    assert asked("zsh", "troupe", "plugins", "show", "mo") == [
        "plain",
        "mock",
        "Costs nothing: improvises, follows a script, records and replays, or does the least.",
    ]
    assert suggested("troupe", "plugins", "show", "llm:mo") == ["llm:mock"]
    assert suggested("troupe", "plugins", "show", "troupe-core:rec") == ["troupe-core:recent"]
    assert suggested("troupe", "schema", "per") == ["persona"]
    assert suggested("troupe", "schema", "roo")[0] == "room"


def test_kinds_of_components():
    assert suggested("troupe", "plugins", "list", "--hook", "l") == ["llm"]


def test_plugins_one_after_the_other(site):
    site.install_dice()

    assert suggested("troupe", "run", "--plugins", "troupe-d") == ["troupe-dice"]
    assert "troupe-mock-llm,troupe-dice" in suggested("troupe", "run", "--plugins", "troupe-mock-llm,")


def test_a_plugin_that_is_broken_and_loud_is_not_heard(site):
    site.install("troupe-bad", "import sys\nprint('noise', file=sys.stderr)\n1 / 0")
    site.install("troupe-broken", None, lines=BROKEN_COMMAND)

    assert suggested("troupe", "plugins", "show", "rec") == ["recent"]
    assert suggested("troupe", "bro") == ["broken"]
    assert suggested("troupe", "broken", "") == [*VERBS, "broken"]


def test_after_a_wrong_verb_the_right_ones_are_suggested():
    assert suggested("troupe", "rnu", "") == VERBS


@pytest.mark.parametrize("words", [["troupe", "r"], ["troupe", "run", "--l"], ["troupe", "run", "stu"]])
def test_what_is_simple_imports_nothing_heavy(words):
    script = (
        "import sys\nbefore = set(sys.modules)  # counting coverage brings modules of its own\n"
        "from troupe_core.cli.main import main\n"
        "try:\n    main([])\nfinally:\n    print('modules', *set(sys.modules) - before)"
    )
    environ = {**os.environ, "_TROUPE_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words)}
    environ["COMP_CWORD"] = str(len(words) - 1)

    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=False)

    modules = done.stdout.rpartition("modules ")[2].split()
    assert "click" in modules
    assert HEAVY.isdisjoint(modules)
