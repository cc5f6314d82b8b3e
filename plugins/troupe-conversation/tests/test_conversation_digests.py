# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The same study is the same run, in every world, at any concurrency."""

import os
import subprocess
import sys

import pytest
from test_conversation_focus_group import MODERATED, VOICED
from test_conversation_interview import LED
from test_conversation_rooms import steps

from troupe_core import Run

PEOPLE = ("Mo", "Ann", "Bob", "Ida")
WORLDS = {
    "moderated": MODERATED,
    "voiced": VOICED,
    "led": LED,
    "rooms": steps(5).replace('people = { Cid = "the kitchen" }', 'people = { Mo = "the garden" }'),
}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("order", ["simultaneous", "sequential"])
def test_the_same_study_is_the_same_run(play, world, order):
    ordered = f'simulation.turn_order="{order}"'

    first = play(WORLDS[world], PEOPLE, settings=[ordered, "execution.concurrency=1"])
    second = play(WORLDS[world], PEOPLE, settings=[ordered, "execution.concurrency=16", "llm.jitter=0.002"])

    assert first.digest() == second.digest()
    assert not list(first.events(kind="failure"))


def test_another_seed_is_another_run(play):
    assert play(steps(5), (*PEOPLE[:3], "Cid")).digest() != (
        play(steps(5), (*PEOPLE[:3], "Cid"), settings=["simulation.seed=2"]).digest()
    )


@pytest.mark.parametrize("world", WORLDS)
def test_another_process_with_another_hash_seed_reaches_the_same_digest(play, world, tmp_path):
    here = play(WORLDS[world], PEOPLE)

    command = [
        sys.executable,
        "-m",
        "troupe_core",
        "run",
        str(tmp_path / "study.toml"),
        "--out",
        str(tmp_path / "there"),
    ]
    subprocess.run([*command, "--quiet"], env={**os.environ, "PYTHONHASHSEED": "7"}, check=True, capture_output=True)

    assert Run.open(tmp_path / "there").digest() == here.digest()
