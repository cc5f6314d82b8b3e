"""Runs that are broken off: at any moment they end cleanly, can be read, and have lost no answer."""

import asyncio

import pytest

from troupe_core.errors import TroupeError
from troupe_core.journal.run import Run
from troupe_core.simulation.simulation import Simulation
from troupe_core.values.observed import ModelCallFinished, RunFinished

STUDY = """
[simulation]
steps = 50
[llm]
use = "mock"
latency = 0.003
[[agents]]
persona = { name = "Ann" }
[[agents]]
persona = { name = "Bob" }
[[agents]]
persona = { name = "Cy" }
"""


@pytest.mark.parametrize("calls", [1, 2, 3, 4, 7])
def test_a_run_broken_off_in_the_middle_ends_cleanly_and_keeps_every_answer(study, tmp_path, calls):
    simulation = Simulation.from_file(study(STUDY))
    answered: list[object] = []
    ended: list[RunFinished] = []

    async def broken_off():
        enough = asyncio.Event()

        def told(finished):
            answered.append(finished.request)
            if len(answered) == calls:
                enough.set()

        running = asyncio.ensure_future(
            simulation.run(tmp_path / "run", watch={ModelCallFinished: told, RunFinished: ended.append})
        )
        await enough.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(broken_off())

    run = Run.open(tmp_path / "run")
    assert (run.status, run.reason) == ("interrupted", "interrupted")
    assert [each.digest for each in ended] == [run.digest()]
    assert len(list(run.inputs())) >= len(answered)
    decided = len(list(run.events(kind="decision")))
    assert decided % 3 == 0  # a group is written as one, or not at all
    assert decided <= len(answered)


def test_a_run_broken_off_while_its_parts_open_says_that_it_was_interrupted(study, toys, tmp_path):
    simulation = Simulation.from_file(study(f'{STUDY}[agent_defaults]\nfaculties = ["slow"]\n'))

    async def broken_off():
        running = asyncio.ensure_future(simulation.run(tmp_path / "run"))
        while not list(tmp_path.glob("run/parts/*/opening.txt")):  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0.001)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(broken_off())

    run = Run.open(tmp_path / "run")
    assert (run.status, run.reason) == ("interrupted", "interrupted")


def test_where_a_loop_runs_already_one_is_told_to_await(study, tmp_path):
    simulation = Simulation.from_file(study(STUDY))

    async def in_a_notebook():
        simulation.run_sync(tmp_path / "run")

    with pytest.raises(
        TroupeError, match=r"an event loop runs already, as in a notebook\nWrite: await simulation\.run\(\)"
    ):
        asyncio.run(in_a_notebook())
    assert not (tmp_path / "run").exists()
