"""``troupe fixtures``: a finished run becomes a test, and what cannot is told."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from installing import new_site

TOYS = Path(__file__).parents[1] / "toys"

HEAD = """
[simulation]
name = "Two at a table"
steps = 2
[llm]
use = "mock"
"""
PEOPLE = """
[[agents]]
persona = { name = "Ann", age = 41, personality = { z = 1, a = 2 } }
[[agents]]
persona = { name = "Bob", age = 37 }
"""
SCRIPTED = HEAD + 'mode = "scripted"\nscript = "script.toml"\n'


@pytest.fixture
def ready(play, troupe, tmp_path):
    """Runs a study and makes a test of the run; returns the test's folder, and what the command printed."""

    def make(text, **more):
        run = play(text, **more)
        printed = troupe("fixtures", run.folder, "--out", tmp_path / "made")
        return tmp_path / "made", printed

    return make


@pytest.fixture
def alone(tmp_path_factory, tmp_path):
    """Puts a made test where there is nothing else; the study and its run are gone by then."""

    def moved(folder):
        fresh = tmp_path_factory.mktemp("fresh") / "somewhere"
        shutil.move(folder, fresh)
        for each in list(tmp_path.iterdir()):
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        return fresh

    return moved


@pytest.fixture
def passes(alone):
    """Plays a made test as it is, in a process of its own; `paths` are where plugins are found."""

    def tried(folder, *paths):
        command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"]
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [TOYS, *paths]))}
        fresh = alone(folder)
        done = subprocess.run(command, cwd=fresh, env=environ, capture_output=True, text=True, check=False)
        assert "1 passed" in done.stdout, done.stdout + done.stderr

    return tried


@pytest.fixture
def site(tmp_path_factory, monkeypatch):
    """A folder of installed packages."""
    yield from new_site(tmp_path_factory.mktemp("packages") / "site", monkeypatch)


def refusal(printed):
    assert printed.status == 2
    return printed.err.splitlines()


# What is made


def test_the_test_of_a_run_passes_as_it_is(ready, passes):
    folder, printed = ready(HEAD + PEOPLE)

    assert printed.status == 0
    assert printed.out.splitlines() == [
        f"wrote {folder / 'answers.jsonl'}",
        f"wrote {folder / 'personas' / 'ann.toml'}",
        f"wrote {folder / 'personas' / 'bob.toml'}",
        f"wrote {folder / 'study.toml'}",
        f"wrote {folder / 'test_two_at_a_table.py'}",
        "",
        "It was played once from its answers, and the same happened. What to do next:",
        f"  run the test   python -m pytest {folder}",
    ]
    passes(folder)


def test_it_reads_like_a_test_that_somebody_wrote(ready, troupe, tmp_path):
    folder, _ = ready(HEAD + PEOPLE)

    digest = troupe("digest", tmp_path / "run-0").out.strip()
    assert (
        (folder / "test_two_at_a_table.py").read_text(encoding="utf-8")
        == f'''\
"""What happens in Two at a table: played from what its models answered once."""

from pathlib import Path

STUDY = Path(__file__).parent / "study.toml"
DIGEST = "{digest}"
"""Stands for all that happened in the run that this test was made from."""


def test_two_at_a_table(isolated_plugins, troupe_run):
    """The same happens again."""
    isolated_plugins("troupe-mock-llm")

    run = troupe_run(STUDY)

    assert run.digest() == DIGEST, (
        "Something else happened than in the run that this test was made from.\\n"
        f"See what: troupe events {{run.folder}}\\n"
        "If it is meant: run the study, and make the test anew: troupe fixtures RUN"
    )
'''
    )


def test_it_is_clean_for_ruff(ready):
    pytest.importorskip("ruff", reason="ruff is in the environment that lints")
    name = "A study with a name that is so long that it cannot stand in one line of a file that somebody wrote"
    folder, _ = ready(HEAD.replace("Two at a table", name) + PEOPLE)

    for words in (["check", "--isolated", "--select", "E,F,I,W"], ["format", "--isolated", "--check"]):
        done = subprocess.run([sys.executable, "-m", "ruff", *words, folder], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout


def test_where_something_else_happens_it_says_what_to_do(ready, tmp_path):
    folder, _ = ready(HEAD + PEOPLE)
    answers = folder / "answers.jsonl"
    answers.write_text(answers.read_text(encoding="utf-8").replace('"stop"', '"length"'), encoding="utf-8")
    test = folder / "test_two_at_a_table.py"
    test.write_text(test.read_text(encoding="utf-8").replace('DIGEST = "', 'DIGEST = "0'), encoding="utf-8")

    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    printed = subprocess.run(command, capture_output=True, text=True, check=False).stdout

    assert "Something else happened than in the run that this test was made from." in printed
    assert "See what: troupe events " in printed
    assert "If it is meant: run the study, and make the test anew: troupe fixtures RUN" in printed


def test_it_lies_among_the_tests_unless_told_otherwise(play, troupe, tmp_path):
    run = play(HEAD.replace("Two at a table", "Über 2 Tische: «très bien»") + PEOPLE)

    printed = troupe("fixtures", run.folder)

    assert printed.status == 0
    assert (tmp_path / "tests" / "ber_2_tische_tr_s_bien" / "test_ber_2_tische_tr_s_bien.py").is_file()


def test_nothing_is_overwritten(ready, troupe, tmp_path):
    folder, _ = ready(HEAD + PEOPLE)

    assert refusal(troupe("fixtures", tmp_path / "run-0", "--out", folder)) == [
        f"troupe: {folder}: this is there already, and nothing is overwritten",
        "Give a new folder with --out, or remove this one.",
    ]


# Runs of every sort


def test_answers_that_could_not_be_used_and_their_repairs(ready, passes):
    script = """
[[entries]]
purpose = "repair"
agent = "Ann"
actions = [{ action = "wait" }]
[[entries]]
text = "I would rather not say."
"""
    folder, printed = ready(SCRIPTED + PEOPLE, script__toml=script)

    assert printed.status == 0
    assert (folder / "answers.jsonl").read_text(encoding="utf-8").count('"purpose":"repair"') == 4
    passes(folder)


@pytest.mark.usefixtures("toys")
@pytest.mark.parametrize("method", ["refuse", "half", ""], ids=["refused", "half a character", "broke down"])
def test_a_model_that_refused_or_broke_down(ready, passes, method):
    text = HEAD.replace('"mock"', f'"mute"\nmethod = "{method}"') + PEOPLE

    folder, printed = ready(text)

    assert printed.status == 0
    passes(folder)


@pytest.mark.usefixtures("toys")
def test_plugins_memories_minds_and_a_part_that_asks_the_model(ready, passes):
    text = (
        HEAD
        + """
[environment]
use = "asking"
where = "act"
[embedder]
use = "letters"
[tools.abacus]
use = "counter"
[agent_defaults]
tools = ["abacus", "almanac", "asking-tool"]
faculties = ["mood"]
[execution]
executor = "lossy"
[[analyzers]]
use = "headcount"
"""
        + PEOPLE
    )

    folder, printed = ready(text)

    assert printed.status == 0
    test = (folder / "test_two_at_a_table.py").read_text(encoding="utf-8")
    assert 'isolated_plugins("troupe-mock-llm", "troupe-toys")' in test
    study = (folder / "study.toml").read_text(encoding="utf-8")
    assert "analyzers" not in study
    assert "execution" not in study
    passes(folder)


RULES = """
from troupe_core.plugin import Component, Tool, action, hookimpl

@hookimpl
def troupe_tools():
    return [Component(name="dice", summary="Throws dice.", factory="my_rules:Dice")]

class Dice(Tool):
    @action
    def throw(self, turn, sides: int) -> str:
        \"\"\"Throw a dice.\"\"\"
        return f"You threw a {turn.random('throw').randint(1, max(sides, 1))}."
"""


def test_a_plugin_that_is_a_file_of_the_study_comes_along(ready, passes):
    text = f'{HEAD}[plugins]\npaths = ["./my_rules.py"]\n[agent_defaults]\ntools = ["dice"]\n{PEOPLE}'

    folder, printed = ready(text, my_rules__py=RULES)

    assert printed.err == ""
    assert 'isolated_plugins("troupe-mock-llm", "my_rules.py")' in (folder / "test_two_at_a_table.py").read_text()
    passes(folder)


@pytest.mark.usefixtures("toys")
def test_a_population_becomes_the_people_that_came(ready, passes):
    text = HEAD + 'mode = "fixed"\n[[agents]]\npopulation = { use = "numbered", count = 3 }\nattention = 3\n' + PEOPLE

    folder, printed = ready(text)

    assert printed.status == 0
    assert sorted(each.name for each in (folder / "personas").iterdir()) == [
        "ann.toml",
        "bob.toml",
        "person-0.toml",
        "person-1.toml",
        "person-2.toml",
    ]
    study = (folder / "study.toml").read_text(encoding="utf-8")
    assert study.count("attention = 3") == 3
    assert "population" not in study
    passes(folder)


def test_several_models_and_people_of_files_with_fragments(ready, passes):
    text = (
        HEAD
        + """
[llms.quick]
use = "mock"
mode = "fixed"
[agent_defaults]
llm = "quick"
[[agents]]
persona = "ann.json"
fragments = ["mood.toml"]
name = "Ann the Elder"
[[agents]]
persona = { name = "Bob" }
"""
    )

    folder, printed = ready(text, ann__json='{"name": "Ann", "odd": [null, 1]}', mood__toml='style = "short"')

    assert printed.status == 0
    assert '"odd": [\n' in (folder / "personas" / "ann-the-elder.json").read_text(encoding="utf-8")
    study = (folder / "study.toml").read_text(encoding="utf-8")
    assert '[llms.quick]\nuse = "mock"\nmode = "replay"' in study
    passes(folder)


@pytest.mark.usefixtures("toys")
@pytest.mark.parametrize("sees", ["true", "false"])
def test_pictures_as_they_were_shown(ready, passes, tmp_path, sees):
    text = (
        HEAD.replace('"mock"', f'"busy"\ntimes = 0\nimages = {sees}')
        + '[agent_defaults]\nperception = ["eye"]\n'
        + PEOPLE
        + '[[stimuli]]\nat = 1\ntext = "A photo."\nmedia = "../photos/desk.png"\n'
        + '[[stimuli]]\nat = 9\nmedia = "../photos/desk.png"\n'
    )
    (tmp_path.parent / "photos").mkdir(exist_ok=True)
    (tmp_path.parent / "photos" / "desk.png").write_bytes(b"no real picture")

    folder, printed = ready(text)

    assert printed.status == 0
    assert (folder / "photos" / "desk.png").read_bytes() == b"no real picture"
    assert 'STUDY = Path(__file__).parent / "study" / "study.toml"' in (folder / "test_two_at_a_table.py").read_text(
        encoding="utf-8"
    )
    shutil.rmtree(tmp_path.parent / "photos")
    passes(folder)


HOOKS = """
from troupe_core.plugin import Component, hookimpl

@hookimpl
def troupe_llms():
    return [Component(name="prim", summary="Refuses.", factory="troupe_some_part:Prim")]

@hookimpl
def troupe_persona_sources():
    return [Component(name="few", summary="Two people.", factory="troupe_some_part:Few")]
"""
PARTS = """
from troupe_core.plugin import LLM, Persona, PersonaSource, Refused

class Prim(LLM):
    async def complete(self, request):
        raise Refused("not that", where="the provider's filter", remedy="Ask otherwise.")

class Few(PersonaSource):
    async def personas(self, count, random):
        for number in range(min(count, 2)):
            yield Persona(name=f"{random.choice(['Ann', 'Bob', 'Cem'])} {number}")
"""


def test_a_refusal_is_the_same_in_all_its_words(ready, passes, site):
    site.install("troupe-some", HOOKS, part=PARTS)

    folder, printed = ready(HEAD.replace('"mock"', '"prim"') + PEOPLE)

    assert printed.status == 0
    assert '"remedy":"Ask otherwise."' in (folder / "answers.jsonl").read_text(encoding="utf-8")
    passes(folder, site.folder)


def test_a_population_that_brought_fewer_people_than_were_asked_for(ready, passes, site):
    site.install("troupe-some", HOOKS, part=PARTS)

    folder, printed = ready(HEAD + '[[agents]]\npopulation = { use = "few", count = 9 }\nrecall = 2\n' + PEOPLE)

    assert printed.status == 0
    assert (folder / "study.toml").read_text(encoding="utf-8").count("recall = 2") == 2
    passes(folder)


def test_two_such_populations_cannot_be_told_apart(ready, site, tmp_path):
    site.install("troupe-some", HOOKS, part=PARTS)
    few = '[[agents]]\npopulation = { use = "few", count = 9 }\n'

    _, printed = ready(HEAD + few + few)

    assert refusal(printed) == [
        (
            f"troupe: {tmp_path / 'run-0'}: its populations were to be 18 people, and 4 came: who came with which is "
            "lost"
        ),
        "Give each population in the study the count that its source has, and run it again.",
    ]


@pytest.mark.usefixtures("toys")
def test_somebody_who_joined_later(ready, passes):
    folder, printed = ready(HEAD + '[environment]\nuse = "queue"\n' + PEOPLE)

    assert printed.status == 0
    assert len(list((folder / "personas").iterdir())) == 2
    passes(folder)


PART = '''
from pathlib import Path
from attrs import frozen
from troupe_core.plugin import Tool, action

@frozen
class Config:
    shelf: Path
    """A folder of books."""
    list: Path = Path("nowhere")
    """A file."""

class Dice(Tool):
    def __init__(self, config):
        self.config = config
        assert config.shelf.is_dir()

    @action
    def throw(self, turn):
        """Read a book."""
        return (self.config.shelf / "deep" / "book.txt").read_text()
'''


def test_files_that_parts_read_come_along(ready, passes, site, tmp_path):
    site.install_dice(part=PART)
    (tmp_path / "books" / "deep").mkdir(parents=True)
    (tmp_path / "books" / "deep" / "book.txt").write_text("Once upon a time", encoding="utf-8")
    text = HEAD + '[tools.dice]\nuse = "dice"\nshelf = "books"\nlist = "missing.txt"\n'

    folder, printed = ready(text + '[agent_defaults]\ntools = ["dice"]\n' + PEOPLE)

    assert printed.status == 0
    assert (folder / "books" / "deep" / "book.txt").read_text(encoding="utf-8") == "Once upon a time"
    passes(folder, site.folder)


def test_a_simulation_that_was_put_together_in_python(passes, troupe, tmp_path, monkeypatch):
    from troupe_core import Persona, Simulation, use

    monkeypatch.chdir(tmp_path)
    people = [Persona(name="Ann"), Persona(name="Bob")]
    run = Simulation(people, llm=use("mock", mode="improv"), steps=2, name="In Python").run_sync("run")

    assert troupe("fixtures", run.folder, "--out", "made").status == 0
    passes(tmp_path / "made")


# Runs that make no test


def test_a_run_that_was_stopped(troupe, study, tmp_path):
    study(HEAD + "budget = { calls = 1 }\n" + PEOPLE)
    troupe("run", "study.toml", "--out", "stopped")

    assert refusal(troupe("fixtures", "stopped")) == [
        (
            "troupe: stopped: this run did not come to its end, it is stopped "
            "(the budget of [llm] is used up: calls = 1)"
        ),
        "A test says what happens in a whole run: run the study to its end, then call troupe fixtures.",
    ]
    assert not (tmp_path / "tests").exists()


def test_the_life_of_one_agent_alone(troupe, tmp_path, monkeypatch):
    import asyncio

    from troupe_core import Agent

    monkeypatch.chdir(tmp_path)

    async def life():
        async with Agent({"name": "Ann"}, llm="mock") as ann:
            await ann.tell("Good morning!")
        return ann.run

    run = asyncio.run(life())

    assert refusal(troupe("fixtures", run.folder)) == [
        f"troupe: {run.folder}: this is the life of one agent alone: what it was told and asked stands in no study",
        "Write a test that tells and asks the same, with the fixture recorded_llm.",
    ]


@pytest.mark.usefixtures("toys")
def test_a_run_that_goes_on_from_another(play, troupe, tmp_path):
    from troupe_core import Simulation
    from troupe_core.simulation.checkpoint import Start

    first = play(HEAD + PEOPLE)
    later = Simulation.from_file("study.toml").run_sync("later", start=Start(step=1, states=first.states_before(1)))

    assert refusal(troupe("fixtures", later.folder)) == [
        "troupe: later: this run goes on from another: it does not begin at step 0",
        "Make the test from a run that was lived from its beginning.",
    ]


@pytest.mark.usefixtures("toys")
def test_a_run_that_did_something_outside(scripted, troupe):
    text = '[agent_defaults]\ntools = ["bell"]\n[tools.bell]\nuse = "bell"\ngrants = ["bell.ring"]\n'
    run = scripted('[[entries]]\nactions = [{ action = "ring", times = 2 }]\n', text)

    assert refusal(troupe("fixtures", run.folder)) == [
        f"troupe: {run.folder}: in step 0, Ann did something outside the simulation, and a test would do it again",
        "Make the test from a run without that grant: troupe run … --set tools.bell.grants=[]",
    ]


@pytest.mark.usefixtures("toys")
def test_a_run_that_read_something_outside(scripted, troupe):
    text = '[agent_defaults]\ntools = ["almanac"]\n[tools.almanac]\nuse = "almanac"\ngrants = ["network"]\n'
    run = scripted('[[entries]]\nactions = [{ action = "look_up", word = "tea" }]\n', text)

    assert refusal(troupe("fixtures", run.folder))[0] == (
        f"troupe: {run.folder}: in step 0, Ann read something outside through [tools.almanac], "
        "and a test would do it again"
    )


def test_a_file_with_an_address_of_this_machine(play, troupe, tmp_path):
    (tmp_path / "desk.png").write_bytes(b"no real picture")
    run = play(HEAD + PEOPLE + f'[[stimuli]]\nat = 1\nmedia = "{tmp_path}/desk.png"\n')

    assert refusal(troupe("fixtures", run.folder)) == [
        (f"troupe: {run.folder}: the study names {tmp_path}/desk.png: a test on another machine has no such file"),
        "Put the file beside the study, name it by a path relative to that, and run the study again.",
    ]


def test_a_plugin_that_is_not_there_any_more(play, troupe, site, tmp_path):
    site.install_dice()
    run = play(HEAD + '[agent_defaults]\ntools = ["dice"]\n' + PEOPLE)
    shutil.rmtree(next(site.folder.glob("*.dist-info")))

    assert 'no tool "dice"' in refusal(troupe("fixtures", run.folder))[0].replace("'", '"')


CHANCE = '''
from random import SystemRandom
from troupe_core.plugin import Tool, action

class Dice(Tool):
    @action
    def throw(self, turn):
        """Throw a dice."""
        return str(SystemRandom().random())
'''


def test_a_run_that_does_not_repeat_itself(scripted, troupe, site, tmp_path):
    site.install(
        "troupe-chance",
        "from troupe_core.plugin import Component, hookimpl\n\n@hookimpl\ndef troupe_tools():\n"
        '    return [Component(name="chance", summary="Chance.", factory="troupe_chance_part:Dice")]\n',
        part=CHANCE,
    )
    run = scripted('[[entries]]\nactions = [{ action = "throw" }]\n', '[agent_defaults]\ntools = ["chance"]\n')

    lines = refusal(troupe("fixtures", run.folder))

    assert lines[0].startswith(f"troupe: {run.folder}: played again from its answers, something else happens; ")
    assert lines[1].startswith("A part of the study depends on more than its settings, the seed and what it is asked")
    assert lines[1].endswith(f"See both: troupe events {run.folder}")
    assert not (tmp_path / "tests").exists()


def test_a_folder_without_a_run(troupe, tmp_path):
    assert refusal(troupe("fixtures", tmp_path))[0] == f"troupe: {tmp_path}: there is no run in this folder"
