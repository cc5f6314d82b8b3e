"""Parts that break their promises: the journal names each of them, and the run goes on."""

import pytest

from troupe_core.errors import ConfigError
from troupe_core.journal.run import Run
from troupe_core.simulation.simulation import Simulation

KNOCKS = '[[entries]]\nactions = [{ action = "knock" }]'
WAITS = '[[entries]]\nactions = [{ action = "wait" }]'
PEOPLE = '[[agents]]\npersona = { name = "Ann" }\n'
SLOPPY = '[agent_defaults]\ntools = ["sloppy"]\n'


@pytest.fixture(autouse=True)
def _toys(toys):
    pass


def failures(run):
    """What is named, and for what."""
    return {(event.data["component"], event.data["problem"]) for event in run.events(kind="failure")}


@pytest.mark.parametrize(
    ("method", "problem"),
    [
        ("actions", "TypeError: actions returned int, expected ActionSpec"),
        ("turns", "TypeError: turns returned int, expected some of str"),
        ("scene", "TypeError: scene returned int, expected str or None"),
        ("observe", "TypeError: observe returned int, expected Stimulus"),
        ("advance", "TypeError: advance returned int, expected Delivery or Arrival or Departure"),
        ("finished", "TypeError: finished returned int, expected str or None"),
    ],
)
def test_a_world_that_returns_rubbish_is_named(scripted, method, problem):
    run = scripted(KNOCKS, f'[environment]\nuse = "rubble"\nmethod = "{method}"')

    assert ("environment (Rubble)", problem) in failures(run)
    assert run.status == "finished"
    assert run.stats()["turns"] == 4


def test_a_world_that_settles_rubbish_fails_the_actions(scripted):
    run = scripted(KNOCKS, '[environment]\nuse = "rubble"\nmethod = "settle"')

    assert failures(run) == {("environment.knock", "TypeError: settle returned int, expected Outcome")}
    assert {event.data["status"] for event in run.events(kind="outcome")} == {"failed"}


def test_a_turn_in_which_no_part_can_be_named_is_told_as_one(scripted):
    run = scripted(KNOCKS, '[environment]\nuse = "rubble"\nmethod = "half"')

    ((component, problem),) = failures(run)
    assert component == "turn (LiveAgent)"
    assert [event.data["because"] for event in run.events(kind="decision")] == [problem] * 4


@pytest.mark.parametrize("method", ["attend", "encode", "cue", "prompt", "asks", "after"])
def test_a_faculty_that_breaks_down_is_named_and_passed_over(scripted, method):
    text = f'[agent_defaults]\nfaculties = ["muddle"]\n[faculties.muddle]\nuse = "muddle"\nmethod = "{method}"\n'
    text += '[[stimuli]]\nat = 0\ntext = "Hm."\n'

    rubbish = scripted(WAITS, text)
    broken = scripted(WAITS, text, settings=["faculties.muddle.breaks=true"])

    ((component, problem),) = failures(rubbish)
    assert component == "faculties.muddle (Muddle)"
    assert problem.startswith(f"TypeError: {method} returned int, expected ")
    assert failures(broken) == {(component, f"ValueError: {method} is muddled")}
    for run in (rubbish, broken):
        assert [event.data["actions"] for event in run.events(kind="decision")] == [[{"action": "wait"}]] * 4
        assert [event.data["percepts"] for event in run.events(kind="percept") if event.step == 0] == [["0.w.2"]] * 2


def test_a_faculty_cannot_ask_for_what_the_answer_has_already(scripted):
    text = '[agent_defaults]\nfaculties = ["muddle"]\n[faculties.muddle]\nuse = "muddle"\nmethod = "actions"\n'

    run = scripted(WAITS, text)

    problem = "ValueError: asks for 'actions', a field that the answer has already"
    assert failures(run) == {("faculties.muddle (Muddle)", problem)}


@pytest.mark.parametrize(
    ("method", "problem"), [("search", "OSError: the shelf is gone"), ("store", "OSError: the shelf is full")]
)
def test_a_memory_that_breaks_down_is_named(scripted, talking, method, problem):
    run = scripted(talking, f'[memory]\nuse = "sieve"\nmethod = "{method}"')

    assert failures(run) == {("memory (Sieve)", problem)}
    assert run.stats()["turns"] == 4
    assert len(list(run.events(kind="stimulus"))) == 4


def test_an_embedder_that_has_no_vectors_is_named_and_memories_are_kept_without(scripted, talking):
    run = scripted(talking, '[embedder]\nuse = "blank"\n[simulation]\nsteps = 3')

    assert failures(run) == {
        ("embedder (Blank)", "ValueError: embed returned 0 vectors for 1 texts"),
        ("embedder (Blank)", "ValueError: embed returned 0 vectors for 2 texts"),
    }
    assert "# You remember" in list(run.events(kind="request", agent="Ann"))[-1].data["messages"][0]


@pytest.mark.parametrize(
    ("executor", "component", "problem"),
    [
        ("liar", "execution (Liar)", "ValueError: run decided on 'fly', which was not offered"),
        ("idler", "execution (Idler)", "TypeError: run returned None, expected TurnResult"),
        ("lost", "execution (Lost)", "WorkerLost: the worker went away for good"),
    ],
)
def test_an_executor_that_breaks_down_is_named_and_what_was_perceived_is_kept(
    scripted, talking, executor, component, problem
):
    text = f'[execution]\nexecutor = "{executor}"\n[[stimuli]]\nat = 0\ntext = "A bell rings."\n'

    run = scripted(talking, text)

    assert failures(run) == {(component, problem)}
    assert {event.data["because"] for event in run.events(kind="decision")} == {problem}
    assert "09:00 A bell rings." in list(run.events(kind="request", agent="Ann"))[1].data["messages"][0]


def test_a_sense_without_a_percept_is_named(scripted, talking):
    text = '[agent_defaults]\nperception = ["squint"]\n[[stimuli]]\nat = 0\ntext = "A desk."\nmedia = "a.png"\n'

    run = scripted(talking, text, a__png=b"...")

    assert failures(run) == {("Squint", "TypeError: perceive returned None, expected Percept")}


@pytest.mark.parametrize(
    ("method", "problem"),
    [
        ("", "LLMError: Mute broke down: TypeError: complete returned None, expected ChatResponse"),
        ("refuse", "Refused: I will not: "),
        ("half", "the answer is not JSON (line 1, column 1)"),
    ],
)
def test_a_model_that_does_not_answer_in_the_form_agreed_is_named(play, method, problem):
    people = '[[agents]]\npersona = { name = "Ann" }\n'

    run = play(f'[simulation]\nsteps = 1\n[llm]\nuse = "mute"\nmethod = "{method}"\n{people}')

    assert failures(run) == {("llm", problem)}
    assert len(list(run.inputs())) == (2 if method == "half" else 1)


def test_an_analyzer_without_findings_is_noted(scripted, talking):
    run = scripted(talking, '[[analyzers]]\nuse = "speechless"')

    (note,) = run.events(kind="note")
    assert note.data["problem"] == "TypeError: analyze returned None, expected Findings"


@pytest.mark.parametrize("what", ["number", "a thing"])
def test_a_tool_that_returns_rubbish_is_named(scripted, what):
    run = scripted(f'[[entries]]\nactions = [{{ action = "give", what = "{what}" }}]', SLOPPY)

    assert {component for component, _ in failures(run)} == {"tools.sloppy.give"}
    assert all("'text' must be <class 'str'>" in problem for _, problem in failures(run))
    assert {event.data["status"] for event in run.events(kind="outcome")} == {"failed"}


def test_an_outcome_has_one_of_four_statuses(scripted):
    run = scripted('[[entries]]\nactions = [{ action = "claim" }]', SLOPPY)

    ((component, problem),) = failures(run)
    assert component == "tools.sloppy.claim"
    assert "'status' must be in ('done', 'refused', 'failed', 'unknown')" in problem


def test_what_a_tool_says_is_plain_and_within_bounds(scripted):
    actions = '{ action = "give", what = "half a character" }, { action = "give", what = "a long text" }'

    run = scripted(f"[[entries]]\nactions = [{actions}]", SLOPPY)

    half, long = (event.data["text"] for event in list(run.events(kind="outcome", agent="Ann"))[:2])
    assert half == "half: "
    assert len(long) == 20_000
    assert failures(run) == set()


def test_what_a_tool_does_to_its_arguments_changes_nothing_of_what_was_decided(scripted):
    run = scripted('[[entries]]\nactions = [{ action = "sort", names = ["b", "a"] }]', SLOPPY)

    outcome = next(run.events(kind="outcome"))
    assert outcome.data["text"] == "a, b"
    assert outcome.data["arguments"] == {"names": ["b", "a"]}
    assert next(run.events(kind="decision")).data["actions"] == [{"action": "sort", "names": ["b", "a"]}]
    request = list(run.events(kind="request"))[-1].data["messages"][0]
    assert "You did: sort(names: ['b', 'a'])" in request


def test_two_effects_at_once_are_two_inputs(scripted):
    run = scripted('[[entries]]\nactions = [{ action = "switch", ways = ["on", "off"] }]', SLOPPY)

    assert next(run.events(kind="outcome")).data["text"] == "0.0.0 0.0.1"
    first = [(each["purpose"], each["ordinal"]) for each in run.inputs() if each["step"] == each["rank"] == 0]
    assert first == [("intent", 0), ("intent", 1), ("result", 0), ("result", 1), ("turn", 0)]


@pytest.mark.parametrize(
    ("way", "problem"),
    [
        ("break off", "ConnectionError: the line is dead"),
        ("mumble", "TypeError: Type is not JSON serializable: object"),
    ],
)
def test_an_effect_that_breaks_off_may_or_may_not_have_happened(scripted, way, problem):
    run = scripted(f'[[entries]]\nactions = [{{ action = "switch", ways = ["{way}"] }}]', SLOPPY)

    assert {event.data["status"] for event in run.events(kind="outcome")} == {"unknown"}
    assert failures(run) == {("tools.sloppy.switch", problem)}
    assert [event.data for event in run.events(kind="result")] == [{"unknown": problem}] * 4
    request = list(run.events(kind="request", agent="Ann"))[-1].data["messages"][0]
    assert "→ It is not known whether that happened." in request


def test_two_readings_in_one_turn_are_two_inputs(scripted):
    actions = '{ action = "look_up", word = "owl" }, { action = "look_up", word = "elk" }'

    run = scripted(f"[[entries]]\nactions = [{actions}]", '[agent_defaults]\ntools = ["almanac"]')

    read = [each for each in run.inputs() if each["purpose"] == "read:tools.almanac" and each["rank"] == 0]
    assert [(each["step"], each["ordinal"]) for each in read] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [each["payload"]["outcome"]["text"][:4] for each in read[:2]] == ["owl:", "elk:"]


def test_more_than_attention_can_take_does_not_pile_up(scripted):
    text = '[environment]\nuse = "rubble"\nmethod = "deliver"\n[agent_defaults]\nattention = 4'

    run = scripted(KNOCKS, text)

    heard = [event.data["percepts"] for event in run.events(kind="percept", agent="Ann")]
    assert heard == [[f"{step}.w.{n}" for n in range(last - 3, last + 1)] for step, last in ((0, 31), (1, 30))]


def test_a_world_only_looks_when_it_observes(scripted):
    run = scripted(KNOCKS, '[environment]\nuse = "glass"\nmethod = "touch"')

    problem = "TypeError: observe only looks: it cannot set 'finger'; let an action's apply do it"
    assert failures(run) == {("environment (Glass)", problem)}


def test_a_world_sees_the_time_and_draws_the_same_lots_for_all(scripted):
    run = scripted(KNOCKS, '[environment]\nuse = "glass"')

    seen = [event.data["percepts"][0]["text"].split() for event in run.events(kind="percept")]
    assert [each[:3] for each in seen] == [["0", "09:00", "09:00"]] * 2 + [["1", "09:00", "09:10"]] * 2
    assert seen[0][3:] == seen[1][3:] == [seen[0][3]] * 2
    assert seen[2][3] != seen[0][3]
    assert "\nYou are in a glass house.\n" in next(run.events(kind="request")).data["messages"][0]


@pytest.mark.parametrize("method", ["encode", "after"])
def test_a_faculty_that_remembers_what_no_journal_can_hold_is_named(scripted, method):
    text = f'[agent_defaults]\nfaculties = ["raving"]\n[faculties.raving]\nuse = "raving"\nmethod = "{method}"\n'

    run = scripted(WAITS, f'{text}[[stimuli]]\nat = 0\ntext = "Hm"\n')

    problem = "TypeError: str is not valid UTF-8: surrogates not allowed"
    assert failures(run) == {("faculties.raving (Raving)", problem)}
    assert run.status == "finished"


def test_what_a_faculty_remembers_is_plain_and_its_last_slip_is_noted(scripted):
    text = '[agent_defaults]\nfaculties = ["raving", "idle"]\n[[stimuli]]\nat = 0\ntext = "Hm"\n'

    run = scripted(WAITS, text)

    kept = [each["text"] for event in run.events(kind="memory", agent="Ann") for each in event.data["stored"]]
    assert kept == ["Hm!", "You saw it.", "You saw it."]
    notes = [event.data for event in run.events(kind="note")]
    assert notes == [{"component": "Raving", "problem": "close: OSError: will not go"}]
    assert run.status == "finished"


def test_a_medium_that_vanished_since_it_was_checked_ends_the_run_with_a_word(study, tmp_path):
    text = f'[llm]\nuse = "mock"\n{PEOPLE}[[stimuli]]\nat = 0\nmedia = "a.png"\n'
    simulation = Simulation.from_file(study(text, a__png=b"..."))
    (tmp_path / "a.png").unlink()

    with pytest.raises(ConfigError, match=r"a\.png: the medium cannot be read: No such file or directory"):
        simulation.run_sync(tmp_path / "run")

    assert Run.open(tmp_path / "run").status == "failed"
