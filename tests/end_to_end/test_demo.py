"""The demo is what the README says it is: the same study, the same words, an ending that says what to type next."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PANEL = ROOT / "docs" / "examples" / "product-panel" / "study.toml"


@pytest.fixture
def readme():
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def demo(troupe, tmp_path, monkeypatch):
    """Runs the demo as ``tox run -e demo`` does, with changes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TOX_ENV_DIR", raising=False)
    return lambda *words: troupe("run", PANEL, *words)


def lines_of(block):
    return [line for line in block.splitlines() if line and line != "…"]


def missing(shown, printed):
    """Which of the shown lines are not printed, in their order."""
    left = iter([without_figures(line) for line in printed])
    return [line for line in shown if without_figures(line) not in left]


def without_figures(line):
    """Without what differs between two runs of one story: how long it took."""
    return re.sub(r", [\d.]+ s\.$", "", line)


def test_five_people_live_six_steps_and_the_ending_says_what_to_type(demo):
    printed = demo()

    assert printed.status == 0
    assert "Finished: 6 steps, 30 turns, 30 model calls" in printed.out
    assert "The run lies in runs/product-panel-1" in printed.out
    assert "  read it again   troupe show runs/product-panel-1" in printed.out
    assert (Path("runs/product-panel-1/report/transcript.md")).is_file()


def test_everybody_speaks_to_the_point_and_nobody_fails(demo, troupe):
    demo()

    printed = troupe("show", "runs/product-panel-1")
    for name in ("Marta Kowalska", "Jonas Brandt", "Amara Okafor", "Henrik Lund", "Priya Nair"):
        assert sum(line.startswith(name) for line in printed.out.splitlines()) >= 4
    assert "  ! " not in printed.out
    said = [line.split(": ", 1)[1] for line in printed.out.splitlines() if re.match(r"\w+ \w+( → \w+ \w+)?: ", line)]
    assert len(set(said)) == len(said)


def test_the_readme_shows_the_study_and_what_it_prints(readme, demo):
    shown, study, changed = (re.findall(f"```{kind}\n(.*?)```", readme, re.DOTALL) for kind in ("text", "toml", "diff"))

    assert study[0].strip() == PANEL.read_text(encoding="utf-8").strip()
    assert missing(lines_of(shown[0]), demo().out.splitlines()) == []
    assert missing(lines_of(shown[1]), demo("--set", "simulation.seed=8").out.splitlines()) == []
    assert lines_of(changed[0]) == ["-seed = 7", "+seed = 8"]


def test_under_tox_the_command_is_named_as_the_reader_must_type_it(demo, monkeypatch):
    monkeypatch.setenv("TOX_ENV_DIR", str(Path.cwd() / ".tox" / "demo"))

    assert "  read it again   .tox/demo/bin/troupe show runs/product-panel-1" in demo().out
