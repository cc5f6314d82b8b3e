"""Between everybody and a model: budgets, what is in flight, and who asks besides agents."""

import pytest

from troupe_core.errors import RunStopped
from troupe_core.journal.run import Run

CROWD = "".join(f'[[agents]]\npersona = {{ name = "P{n}" }}\n' for n in range(6))
STUDY = """
[simulation]
steps = 3
[execution]
concurrency = {concurrency}
[llm]
use = "mock"
latency = 0.01
budget = {{ {budget} }}
"""
ASKING = """
[simulation]
steps = 2
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
{budget}
[environment]
use = "asking"
where = "{where}"
[[agents]]
persona = {{ name = "Ann" }}
"""
ANSWERS = '[[entries]]\npurpose = "ask"\ntext = "Well."\n[[entries]]\nactions = [{ action = "knock" }]\n'


@pytest.mark.parametrize("concurrency", [2, 16])
def test_answers_that_were_under_way_when_the_budget_ran_out_are_kept(play, tmp_path, concurrency):
    with pytest.raises(RunStopped, match=r"the budget of \[llm\] is used up: calls = 4"):
        play(STUDY.format(concurrency=concurrency, budget="calls = 4") + CROWD)

    run = Run.open(tmp_path / "run-0")
    assert run.status == "stopped"
    assert len(list(run.inputs())) == run.stats()["llm"]["provider_calls"] == 4


def test_what_an_answer_cost_counts_before_the_next_question(play, tmp_path):
    with pytest.raises(RunStopped, match="tokens = 1"):
        play(STUDY.format(concurrency=1, budget="tokens = 1") + CROWD)

    run = Run.open(tmp_path / "run-0")
    assert run.stats()["llm"]["provider_calls"] == 1
    assert run.stats()["llm"]["prompt_tokens"] > 1


@pytest.mark.parametrize(("where", "rank"), [("advance", -1), ("act", -1)])
def test_a_part_may_ask_several_things_at_once(play, toys, where, rank):
    run = play(ASKING.format(where=where, budget=""), script__toml=ANSWERS)

    asked = [each for each in run.inputs() if each["purpose"] == "ask"]
    assert [(each["step"], each["rank"], each["ordinal"]) for each in asked] == [
        (step, rank, n) for step in (0, 1) for n in (0, 1, 2)
    ]
    assert len({each["request"] for each in asked if each["step"] == 0}) == 3
    assert list(run.events(kind="failure")) == []


@pytest.mark.parametrize("where", ["advance", "act"])
def test_a_budget_that_a_part_used_up_stops_the_run_and_is_no_defect(play, toys, tmp_path, where):
    with pytest.raises(RunStopped, match="calls = 2"):
        play(ASKING.format(where=where, budget="budget = { calls = 2 }"), script__toml=ANSWERS)

    run = Run.open(tmp_path / "run-0")
    assert run.status == "stopped"
    assert list(run.events(kind="failure")) == []


def test_a_faculty_may_ask_on_behalf_of_its_agent(scripted, talking, toys):
    script = '[[entries]]\npurpose = "ask"\ntext = "Fine."\n' + talking

    run = scripted(script, '[agent_defaults]\nfaculties = ["consult"]')

    asked = [(each["step"], each["rank"]) for each in run.inputs() if each["purpose"] == "ask"]
    assert asked == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert run.stats()["llm"]["calls"] == 8


def test_an_analyzer_may_ask_the_model(scripted, talking, toys):
    script = '[[entries]]\npurpose = "ask"\ntext = "It went well."\n' + talking

    run = scripted(script, '[[analyzers]]\nuse = "report"')

    assert "It went well." in (run.folder / "report" / "report.md").read_text()
    assert list(run.events(kind="note")) == []


FREE = """
[llm]
use = "mock"
budget = { calls = 0 }
[llms.free]
use = "mock"
mode = "scripted"
script = "script.toml"
[agent_defaults]
llm = "free"
"""
LOOKS = '[[entries]]\nactions = [{ action = "look" }]'
REACHES = '[[entries]]\nactions = [{ action = "reach" }]'
PICTURE = '[[stimuli]]\nat = 0\nmedia = "a.png"\n'


@pytest.mark.parametrize(
    ("parts", "script"),
    [
        ('perception = ["asking-eye"]', ANSWERS),
        ('tools = ["asking-tool"]', LOOKS),
        ('tools = ["asking-tool"]', REACHES),
        ('[memory]\nuse = "asking-memory"\nmethod = "search"', ANSWERS),
        ('[memory]\nuse = "asking-memory"\nmethod = "store"', ANSWERS),
        ('[embedder]\nuse = "asking-embedder"\nmethod = "query"', ANSWERS),
        ('[embedder]\nuse = "asking-embedder"\nmethod = "document"', ANSWERS),
    ],
)
def test_a_limit_stops_the_run_whichever_part_meets_it(play, toys, tmp_path, parts, script):
    rest = f'{PICTURE}[environment]\nuse = "asking"\n[[agents]]\npersona = {{ name = "Ann" }}\n'

    with pytest.raises(RunStopped, match=r"the budget of \[llm\] is used up: calls = 0"):
        play(f"{FREE}{parts}\n{rest}", script__toml=script, a__png=b"...")

    run = Run.open(tmp_path / "run-0")
    assert run.status == "stopped"
    assert list(run.events(kind="failure")) == []


def test_a_limit_stops_the_run_after_a_turn_too(play, toys, tmp_path):
    text = '[llm]\nuse = "mock"\nbudget = { calls = 1 }\n[agent_defaults]\nfaculties = ["consult"]\n'

    with pytest.raises(RunStopped, match="calls = 1"):
        play(f'{text}[[agents]]\npersona = {{ name = "Ann" }}\n')

    run = Run.open(tmp_path / "run-0")
    assert [each["purpose"] for each in run.inputs()] == ["turn"]
    assert list(run.events(kind="failure")) == []
