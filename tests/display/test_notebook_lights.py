"""What a notebook shows while a run goes on, looked at on a screen of our own; `tests/notebook` has a real one."""

import re
import sys
from types import SimpleNamespace

import pytest

from troupe_core.display.notebook import in_notebook, notebook_lights
from troupe_core.errors import TroupeError
from troupe_core.simulation.simulation import Simulation

STUDY = """
[simulation]
name = "Tea"
steps = 3
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
latency = 0.25
dollars_per_million_prompt_tokens = 1000
[[agents]]
persona = { name = "Ann" }
[[agents]]
persona = { name = "Bob" }
"""

SCRIPT = """
[[entries]]
actions = [{ action = "talk", to = "all", text = "Tea? <script>alert('1')</script>" }]
"""


class Screen:
    """One output of a cell, and all that it ever showed."""

    def __init__(self):
        self.outputs = 0
        self.pictures = []

    def display(self, picture, *, display_id):
        assert display_id is True
        self.outputs += 1
        self.update(picture)
        return self

    def update(self, picture):
        self.pictures.append(picture._repr_mimebundle_(include=None, exclude=None))


@pytest.fixture
def screen(monkeypatch):
    screen = Screen()
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=screen.display))
    return screen


@pytest.fixture
def simulation(study):
    return Simulation.from_file(study(STUDY, script__toml=SCRIPT))


def run(simulation, out="here"):
    with notebook_lights(simulation.study) as watch:
        return simulation.run_sync(out, watch=watch)


def test_under_way_it_shows_who_spoke_last_above_a_bar_with_steps_calls_and_cost(screen, simulation):
    run(simulation)

    first, *between, _ = (picture["text/plain"] for picture in screen.pictures)
    assert first.startswith("Step 1 of 3 ")
    assert re.search(r" 0 calls · \$0\.00 · \d+ s$", first)
    assert any("Ann → Bob: Tea?" in text or "Ann: Tea?" in text for text in between)
    assert any("Step 2 of 3 ━" in text for text in between)


def test_at_its_end_one_line_is_left(screen, simulation):
    run(simulation)

    assert screen.outputs == 1
    text = screen.pictures[-1]["text/plain"]
    assert text.startswith("✓ Finished · 3 steps · 6 model calls · $")
    assert text.endswith(" s · here")
    assert "\n" not in text


def test_what_people_say_stays_text(screen, simulation):
    run(simulation)

    pages = "".join(picture["text/html"] for picture in screen.pictures)
    assert "&lt;script&gt;" in pages
    assert "<script" not in pages


def test_a_run_that_a_limit_stops_says_so(screen, study):
    simulation = Simulation.from_file(
        study(STUDY, script__toml=SCRIPT), settings=["llm.budget.calls=2", "llm.latency=0"]
    )

    with pytest.raises(TroupeError):
        run(simulation)

    headline, why = screen.pictures[-1]["text/plain"].splitlines()
    assert headline.startswith("■ Stopped · 1 of 3 steps · 2 model calls")
    assert why == "  the budget of [llm] is used up: calls = 2"


def test_a_run_that_does_not_begin_shows_nothing(screen, simulation, tmp_path):
    (tmp_path / "here").write_text("not a folder")

    with pytest.raises(TroupeError):
        run(simulation)

    assert screen.pictures == []


def test_the_clock_moves_while_a_model_thinks(screen, study):
    slow = Simulation.from_file(study(STUDY, script__toml=SCRIPT), settings=["llm.latency=1.3", "simulation.steps=1"])

    run(slow)

    waiting = [picture for picture in screen.pictures if " 0 calls ·" in picture["text/plain"]]
    assert len(waiting) > 1


def test_where_ipython_is_not_loaded_there_is_no_notebook(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)

    assert not in_notebook()
    assert "IPython" not in sys.modules


@pytest.mark.parametrize(
    ("shell", "expected"), [(None, False), (SimpleNamespace(), False), (SimpleNamespace(kernel=object()), True)]
)
def test_a_notebook_is_where_a_kernel_runs(monkeypatch, shell, expected):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))

    assert in_notebook() is expected


def test_it_says_why_it_waits(screen, study, toys):
    busy = re.sub(r"(?m)^(mode|script|latency|dollars).*\n", "", STUDY)
    file = study(busy.replace('use = "mock"', 'use = "busy"\ntimes = 1'))

    run(Simulation.from_file(file))

    pictures = [picture["text/plain"] for picture in screen.pictures]
    assert any("waiting for the model's provider: the provider's address: nobody answers" in text for text in pictures)
    assert "waiting" not in pictures[-1]
