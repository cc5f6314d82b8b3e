"""Simulations put together in Python: what a file says, said with objects."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import troupe_core
from troupe_core import Agent, Persona, Simulation, use
from troupe_core.errors import ConfigError, PluginError, TroupeError

ANN = {"name": "Ann", "age": 41}
BOB = {"name": "Bob", "age": 37}


def test_a_study_is_run_with_one_import(study, tmp_path):
    file = study('[simulation]\nsteps = 1\n[llm]\nuse = "mock"\n[[agents]]\npersona = { name = "Ann" }\n')

    run = troupe_core.Simulation.from_file(file).run_sync(tmp_path / "run")

    assert isinstance(run, troupe_core.Run)
    assert troupe_core.Run.open(tmp_path / "run").digest() == run.digest()


def test_a_name_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(AttributeError, match=r"troupe_core has no 'Simulatoin'; its names are Agent, Persona, "):
        troupe_core.Simulatoin  # noqa: B018


def test_python_and_a_file_that_say_the_same_reach_the_same_digest(study, tmp_path):
    file = study(
        """
        [simulation]
        name = "Tea"
        steps = 3
        seed = 5
        start = 2026-03-02T09:00:00
        step = "5min"
        turn_order = "sequential"
        [environment]
        use = "room"
        place = "a kitchen"
        topic = "tea or coffee"
        [memory]
        use = "recent"
        max_items = 50
        [llm]
        use = "mock"
        [[agents]]
        persona = { name = "Ann", age = 41 }
        attention = 5
        [[agents]]
        persona = { name = "Bob", age = 37 }
        [[stimuli]]
        at = 1
        to = ["Ann"]
        text = "The kettle whistles."
    """.replace("[agent_defaults]\n", "")
    )

    from_file = Simulation.from_file(file).run_sync(tmp_path / "file")
    composed = Simulation(
        [Agent(Persona(name="Ann", age=41), attention=5), BOB],
        name="Tea",
        steps=3,
        seed=5,
        start=datetime(2026, 3, 2, 9),  # noqa: DTZ001 - simulated time has no zone
        step="5min",
        turn_order="sequential",
        environment=use("room", place="a kitchen", topic="tea or coffee"),
        memory=use("recent", max_items=50),
        llm="mock",
        stimuli=[{"at": 1, "to": ["Ann"], "text": "The kettle whistles."}],
    ).run_sync(tmp_path / "python")

    assert composed.digest() == from_file.digest()


@pytest.mark.parametrize("step", [timedelta(days=30, microseconds=1), timedelta(seconds=0.5)])
def test_a_step_may_be_a_duration(tmp_path, step):
    run = Simulation([ANN], llm="mock", steps=2, step=step).run_sync(tmp_path / "run")

    first, second = (datetime.fromisoformat(str(event.data["time"])) for event in run.events(kind="step"))
    assert second - first == step


def test_what_was_composed_can_be_run_again_from_the_file_that_the_run_keeps(tmp_path):
    simulation = Simulation([ANN, Agent(BOB, llm=use("mock", mode="fixed"))], llm="mock", steps=2, seed=3)

    run = simulation.run_sync(tmp_path / "run")

    again = Simulation.from_file(run.folder / "config.toml").run_sync(tmp_path / "again")
    assert again.digest() == run.digest()


def test_a_simulation_runs_where_an_event_loop_runs(tmp_path):
    async def notebook():
        return await Simulation([ANN], llm="mock", steps=1).run(tmp_path / "run")

    assert asyncio.run(notebook()).status == "finished"


def test_run_sync_in_a_running_loop_says_await():
    async def notebook():
        Simulation([ANN], llm="mock", steps=1).run_sync()

    with pytest.raises(TroupeError, match=r"(?s)an event loop runs already.*Write: await simulation\.run\(\)"):
        asyncio.run(notebook())


def test_a_persona_may_be_an_object_a_table_a_file_or_an_agent(tmp_path):
    (tmp_path / "cid.toml").write_text('name = "Cid"')
    (tmp_path / "dee.json").write_text('{"name": "Dee"}')

    simulation = Simulation(
        [Persona(name="Ann"), BOB, tmp_path / "cid.toml", Agent.load(tmp_path / "dee.json")], llm="mock", steps=1
    )

    assert repr(simulation) == "Simulation('simulation': Ann, Bob, Cid, Dee; 1 step)"
    assert list(simulation.run_sync(tmp_path / "run").personas) == ["Ann", "Bob", "Cid", "Dee"]


def test_a_population_is_named_like_any_component(tmp_path, toys):
    run = Simulation([ANN, use("numbered", count=3)], llm="mock", steps=1).run_sync(tmp_path / "run")

    assert len(run.personas) == 4


def test_agents_may_bring_models_and_tools_of_their_own_and_share_them(tmp_path, toys):
    counter, quiet = use("counter"), use("mock", mode="fixed")

    run = Simulation(
        [
            Agent(ANN, llm="cheap", tools=["bell", counter]),
            Agent(BOB, llm=quiet, tools=[counter]),
            Agent({"name": "Cid"}, llm="mock:small"),
        ],
        llm="mock",
        llms={"cheap": use("mock", latency=0.0)},
        steps=1,
    ).run_sync(tmp_path / "run")

    asked = {event.agent: event.data["llm"] for event in run.events(kind="request")}
    assert asked == {"Ann": "llms.cheap", "Bob": "llms.mock", "Cid": "llms.mock-2"}
    config: Any = run.config
    assert config["tools"] == {"counter": {"use": "counter"}}
    assert config["llms"]["mock-2"] == {"use": "mock", "model": "small"}


def test_paths_are_relative_to_the_folder_that_is_given(tmp_path, talking):
    (tmp_path / "script.toml").write_text(talking)
    llm = use("mock", mode="scripted", script=Path("script.toml"))

    run = Simulation([ANN], llm=llm, steps=1, folder=tmp_path).run_sync(tmp_path / "run")

    assert [event.data["text"] for event in run.events(kind="stimulus")] == ["Good morning!"]


@pytest.mark.parametrize("given", [3, None, ["Ann"]])
def test_what_is_no_persona_is_refused(given):
    with pytest.raises(ConfigError, match="persona: expected a Persona, a table of its fields or a persona file, got "):
        Simulation([given], llm="mock")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"nam": "Ann"}, "persona: name: expected the name of a person, got nothing"),
        ({"name": "Ann", "age": "old"}, 'persona: age: expected a whole number of years from 0 to 150, got "old"'),
        ({"name": "Ann", "extra": 3}, "persona: extra: expected a table, got 3"),
        ({"name": "Ann", "style": float("nan")}, "persona: style: expected a finite number, got NaN"),
    ],
)
def test_a_persona_of_the_wrong_shape_is_told_what_is_wrong(table, message):
    with pytest.raises(ConfigError) as error:
        Agent(table)

    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "Simulation: [llm] is missing: no model plays the people"),
        ({"llm": "mock", "steps": 0}, "Simulation: [simulation] steps: expected a whole number ≥ 1, got 0"),
        ({"llm": "mock", "seed": "x"}, 'Simulation: [simulation] seed: expected a whole number, got "x"'),
        (
            {"llm": "mock", "environment": 3},
            "Simulation: environment: expected the name of a component, or use(…)",
        ),
        (
            {"llm": "mock", "environment": use("room", plaice="x")},
            "Simulation: [environment] plaice: unknown key, did you mean place?",
        ),
        (
            {"llm": "mock", "stimuli": [{"at": 0, "to": ["Anne"]}]},
            'Simulation: [[stimuli]] 1, to: nobody is called "Anne"',
        ),
        ({"llm": "mock", "agents": []}, "Simulation: there are no agents"),
        ({"llm": "mock", "agents": [ANN, ANN]}, 'Simulation: [[agents]] 2: two agents are called "Ann"'),
    ],
)
def test_what_is_wrong_is_told_as_for_a_file(arguments, message):
    with pytest.raises(ConfigError) as error:
        Simulation(**{"agents": [ANN], **arguments})

    assert str(error.value).startswith(message)


def test_a_component_that_is_not_there_is_named():
    with pytest.raises(PluginError, match=r"Simulation: \[environment\]"):
        Simulation([ANN], llm="mock", environment="rooom")
