"""The same study is the same run: in another process, with another hash seed, at any concurrency."""

import os
import subprocess
import sys

STUDY = """
[simulation]
name = "Same"
steps = 4
seed = 3
[llm]
use = "mock"
[[agents]]
persona = { name = "Ann", beliefs = ["Bread should be free."], preferences = { likes = ["bread"] } }
[[agents]]
persona = { name = "Bob", beliefs = ["Nothing is free."], preferences = { dislikes = ["bread"] } }
[[agents]]
persona = { name = "Cy" }
[[stimuli]]
at = 1
text = "The baker comes in."
"""


def digest(file, seed, out):
    words = [sys.executable, "-m", "troupe_core", "run", str(file), "--out", str(out), "--quiet"]
    subprocess.run(words, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    shown = subprocess.run(
        [sys.executable, "-m", "troupe_core", "digest", str(out)], check=True, capture_output=True, text=True
    )
    return shown.stdout.strip()


def test_two_processes_with_different_hash_seeds_reach_the_same_digest(study, tmp_path):
    file = study(STUDY)

    assert digest(file, "1", tmp_path / "a") == digest(file, "2", tmp_path / "b")


def test_another_seed_is_another_run(play):
    assert play(STUDY).digest() != play(STUDY, settings=["simulation.seed=4"]).digest()


def test_concurrency_latency_and_checkpoints_change_nothing(play):
    usual = play(STUDY).digest()

    alone = play(STUDY, settings=["execution.concurrency=1", "execution.checkpoint=1"]).digest()
    jittery = play(STUDY, settings=["llm.latency=0.001", "llm.jitter=0.01"]).digest()

    assert usual == alone == jittery


def test_the_order_of_turns_is_part_of_the_run(play):
    assert play(STUDY).digest() != play(STUDY, settings=['simulation.turn_order="sequential"']).digest()


def test_the_digest_on_disk_is_that_of_the_run(play):
    run = play(STUDY)

    assert run.digest() == run.stats()["digest"]
    assert len(run.digest()) == 64


def test_events_have_unique_ids_that_sort_as_the_run_went(play):
    run = play(STUDY)

    events = list(run.events())
    assert len({event.id for event in events}) == len(events)
    stamps = [(event.step, event.group, event.rank, event.ordinal) for event in events]
    assert stamps == sorted(stamps)


def test_every_event_but_the_worlds_follows_from_something_before_it(play):
    seen: set[str] = set()
    for event in play(STUDY).events():
        assert seen.issuperset(event.causes)
        seen.add(event.id)
