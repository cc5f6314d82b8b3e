"""Somebody without any file or world: told something, asked something."""

import asyncio
from typing import Any, Literal

import pytest

from troupe_core import Agent, Persona, Run, Simulation, use
from troupe_core.agent.remembered import memories_in
from troupe_core.errors import ConfigError, LLMError, RunStopped, TroupeError
from troupe_core.values.ids import AgentId

LISA = {"name": "Lisa", "age": 28, "occupation": "You are a data scientist."}
SCRIPT = """
[[entries]]
purpose = "ask"
text = "Twenty-eight."
[[entries]]
actions = [{ action = "think", text = "Who is that?" }, { action = "talk", text = "Hello to you too." }]
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Runs go below the working directory."""
    monkeypatch.chdir(tmp_path)


def scripted(script=SCRIPT, **more):
    with open("script.toml", "w") as file:
        file.write(script)
    return Agent(LISA, llm=use("mock", mode="scripted", script="script.toml", **more))


def live(agent, *scenes):
    """What comes of each scene, a coroutine function of the agent."""

    async def story():
        async with agent:
            return [await scene(agent) for scene in scenes]

    return asyncio.run(story())


def kept_of(agent) -> Any:
    return agent.run


def requests(agent):
    return [event.data["messages"][0] for event in agent.run.events(kind="request")]


def test_who_is_told_something_acts_on_it():
    (reaction,) = live(scripted(), lambda lisa: lisa.tell("Hello, Lisa!"))

    assert reaction.said == "Hello to you too."
    assert [each["action"] for each in reaction.actions] == ["think", "talk"]
    assert str(reaction) == "Lisa thinks: Who is that?\nLisa: Hello to you too."


def test_she_hears_who_speaks_and_what_happens_and_remembers_both():
    lisa = scripted()

    live(lisa, lambda lisa: lisa.tell("Hello!", by="Oscar"), lambda lisa: lisa.tell("It rains.", by=None))

    assert "# Just now\nOscar to you: Hello!" in requests(lisa)[0]
    assert "# Just now\nIt rains." in requests(lisa)[1]
    assert (
        "09:00 Oscar to you: Hello!\n09:00 You thought: Who is that?\n09:00 You said: Hello to you too."
        in requests(lisa)[1]
    )


def test_who_is_asked_answers_and_does_nothing():
    lisa = scripted()

    answers = live(lisa, lambda lisa: lisa.ask("How old are you?", by="A journalist"))

    assert answers == ["Twenty-eight."]
    assert requests(lisa)[0].endswith("A journalist asks you: How old are you?")
    assert lisa.run.stats()["turns"] == 0


def test_question_and_answer_are_remembered():
    lisa = scripted()

    live(lisa, lambda lisa: lisa.ask("How old are you?"), lambda lisa: lisa.ask("Really?"))

    assert "09:00 Somebody (question) to you: How old are you?\n09:00 You answered: Twenty-eight." in requests(lisa)[1]


def test_a_question_that_is_not_to_be_remembered_colours_nothing():
    lisa = scripted()

    live(lisa, lambda lisa: lisa.ask("How old are you?", remember=False), lambda lisa: lisa.ask("Really?"))

    assert "How old" not in requests(lisa)[1]


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        (bool, bool),
        (int, int),
        (list[str], list),
        (Literal["yes", "no"], str),
        ({"type": "object", "properties": {"stars": {"type": "integer"}}, "required": ["stars"]}, dict),
    ],
)
def test_an_answer_fits_the_schema(schema, kind):
    (answer,) = live(Agent(LISA, llm="mock"), lambda lisa: lisa.ask("What about it?", schema=schema))

    assert isinstance(answer, kind)


def test_an_answer_that_does_not_fit_is_mended_once():
    entries = '[[entries]]\npurpose = "repair"\ntext = \'{"answer": 4}\'\n[[entries]]\npurpose = "ask"\ntext = "four"\n'
    lisa = scripted(entries)

    answers = live(lisa, lambda lisa: lisa.ask("Two and two?", schema=int))

    assert answers == [4]
    assert [event.data["problem"] for event in lisa.run.events(kind="failure")] == [
        "the answer is not JSON (line 1, column 1)"
    ]


def test_a_question_without_a_usable_answer_is_an_error_and_the_next_one_is_asked_all_the_same():
    lisa = scripted('[[entries]]\npurpose = "ask"\ntext = "four"\n[[entries]]\npurpose = "repair"\ntext = "five"\n')

    async def story(lisa):
        with pytest.raises(LLMError, match="ask: Lisa gave no answer that can be used: the answer is not JSON"):
            await lisa.ask("Two and two?", schema=int)
        return await lisa.ask("And in words?")

    assert live(lisa, story) == ["four"]
    assert lisa.run.status == "finished"


def test_an_unusable_decision_is_told_in_the_reaction():
    (reaction,) = live(scripted('[[entries]]\ntext = "…"\n'), lambda lisa: lisa.tell("Hello!"))

    assert reaction.actions == ()
    assert str(reaction).startswith("Lisa did nothing: the answer is not JSON")


def test_what_is_told_at_once_is_heard_one_after_the_other():
    lisa = scripted()

    async def story(lisa):
        return await asyncio.gather(lisa.tell("One!"), lisa.tell("Two!"), lisa.ask("Three?"))

    live(lisa, story)

    assert [event.step for event in lisa.run.events(kind="request")] == [0, 1, 2]


def test_everything_is_kept_as_it_happens():
    async def story(lisa):
        await lisa.tell("Hello!")
        return Run.open(lisa.run.folder).stats()

    (stats,) = live(scripted(), story)

    assert (stats["run"], stats["status"], stats["turns"]) == ("runs/lisa-1", "finished", 1)


def test_a_provider_that_stays_away_loses_nothing_of_what_was_told(toys):
    lisa = Agent(LISA, llm=use("busy", times=1, retry_after=3600))

    async def story(lisa):
        with pytest.raises(RunStopped, match="stays away"):
            await lisa.tell("One!")
        assert kept_of(lisa).status == "stopped"
        await lisa.tell("Two!")

    live(lisa, story)

    heard = requests(lisa)[-1]
    assert "Somebody to you: One!" in heard
    assert "Somebody to you: Two!" in heard
    assert kept_of(lisa).status == "finished"


def test_after_closing_the_run_is_still_there_and_another_life_begins():
    lisa = scripted()
    live(lisa, lambda lisa: lisa.tell("Hello!"))
    first = lisa.run

    live(lisa, lambda lisa: lisa.tell("Hello again!"))

    assert first.stats()["turns"] == 1
    assert str(lisa.run.folder) == "runs/lisa-2"


def test_another_event_loop_is_another_life():
    lisa = scripted()
    asyncio.run(lisa.tell("Hello!"))

    with pytest.raises(TroupeError, match=r"(?s)lives in another event loop.*asyncio\.run\(main\(\)\)"):
        asyncio.run(lisa.tell("Hello!"))

    asyncio.run(lisa.close())


def test_who_has_no_model_is_told_how_to_give_one():
    with pytest.raises(ConfigError, match=r'(?s)Agent: Lisa has no model.*Agent\(persona, llm="mock"\)'):
        asyncio.run(Agent(LISA).tell("Hello!"))


@pytest.mark.parametrize("text", ["", "  ", None, 3])
def test_nothing_cannot_be_told(text):
    with pytest.raises(TroupeError, match="tell: expected a text that is not empty, got "):
        asyncio.run(Agent(LISA, llm="mock").tell(text))


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        (object(), "schema: <object object at .*> has no JSON Schema here; use str"),
        ({"type": "strin"}, "schema: no JSON Schema: "),
    ],
)
def test_what_is_no_schema_is_refused_before_anything_is_asked(schema, message):
    lisa = Agent(LISA, llm="mock")

    with pytest.raises(ConfigError, match=message):
        asyncio.run(lisa.ask("What?", schema=schema))

    assert lisa.run is None


def test_tools_work_without_a_world(toys):
    script = '[[entries]]\nactions = [{ action = "count" }]\n'
    with open("script.toml", "w") as file:
        file.write(script)
    lisa = Agent(LISA, llm=use("mock", mode="scripted", script="script.toml"), tools=["counter"])

    first, second = live(lisa, lambda lisa: lisa.tell("Count!"), lambda lisa: lisa.tell("Again!"))

    assert str(second).startswith("Lisa does count() → ")
    assert first.actions[0]["text"] != second.actions[0]["text"]


def test_somebody_is_interviewed_after_a_run_and_remembers_it(tmp_path, talking):
    (tmp_path / "script.toml").write_text(talking + '[[entries]]\npurpose = "ask"\ntext = "Very nice."\n')
    llm = use("mock", mode="scripted", script=str(tmp_path / "script.toml"))
    run = Simulation([LISA, {"name": "Oscar"}], llm=llm, steps=2).run_sync(tmp_path / "run")
    lisa = Agent.from_run(run, "Lisa")

    answers = live(lisa, lambda lisa: lisa.ask("How was it?"))

    assert answers == ["Very nice."]
    asked = requests(lisa)[0]
    assert "09:10 Oscar to all: Good morning!" in asked
    assert "09:00 You to all: Good morning!" in asked
    assert "09:10 You are in a room with Oscar." in asked
    assert asked.startswith("It is Thursday, 1 January 2026, 09:20.")


def test_what_is_remembered_of_a_run_is_what_memory_was_given(tmp_path, toys):
    run = Simulation([LISA, {"name": "Oscar"}], llm="mock", steps=4, seed=2).run_sync(tmp_path / "run")

    for name in map(AgentId, ("Lisa", "Oscar")):
        texts = [memory.text for memory in memories_in(run, name)]
        *_, last = run.events(kind="request", agent=name)
        messages: Any = last.data["messages"]
        recalled = messages[0].partition("# You remember\n")[2].partition("\n\n")[0].split("\n")
        assert len(recalled) > 1
        assert all(line[6:] in texts for line in recalled)


def test_an_interview_after_a_run_is_the_same_wherever_the_run_lies(tmp_path):
    digests = set()
    for folder in ("here", "there"):
        run = Simulation([LISA, {"name": "Oscar"}], llm="mock", steps=2).run_sync(tmp_path / folder)
        lisa = Agent.from_run(run, "Lisa")
        live(lisa, lambda lisa: lisa.ask("How was it?"))
        digests.add(kept_of(lisa).digest())

    assert len(digests) == 1


def test_nobody_of_that_name_is_told_who_took_part(tmp_path):
    run = Simulation([LISA], llm="mock", steps=1).run_sync(tmp_path / "run")

    with pytest.raises(ConfigError, match=r'(?s)nobody called "Liza" took part.*Did you mean Lisa\?'):
        Agent.from_run(run, "Liza")


def test_fragments_make_another_agent(tmp_path):
    (tmp_path / "picky.json").write_text('{"type": "Fragment", "persona": {"preferences": {"dislikes": ["Waste."]}}}')
    lisa = Agent(Persona(name="Lisa", preferences={"dislikes": ["Noise."]}), llm="mock")

    picky = lisa.with_fragments("picky.json", {"style": "Dry."})

    assert picky.persona.preferences == {"dislikes": ["Noise.", "Waste."]}
    assert (picky.persona.style, picky.llm, lisa.persona.style) == ("Dry.", "mock", None)
    assert repr(picky) == "Agent('Lisa', llm='mock')"


def test_the_transcript_reads_like_a_conversation():
    lisa = scripted()

    live(
        lisa,
        lambda lisa: lisa.tell("Hello, Lisa!"),
        lambda lisa: lisa.tell("The lights go out.", by=None),
        lambda lisa: lisa.ask("How old are you?", by="A journalist"),
    )

    told = [line.plain() for line in kept_of(lisa).transcript() if line.kind != "step"]
    assert told == [
        "Somebody → Lisa: Hello, Lisa!",
        "    (Lisa thinks: Who is that?)",
        "Lisa: Hello to you too.",
        "* The lights go out.",
        "    (Lisa thinks: Who is that?)",
        "Lisa: Hello to you too.",
        "A journalist → Lisa: How old are you?",
        "Lisa: Twenty-eight.",
    ]
    assert str(kept_of(lisa).transcript()).startswith("Lisa\n")


def test_agent_and_reaction_show_themselves_in_a_notebook_with_everything_escaped():
    script = '[[entries]]\nactions = [{ action = "talk", text = "<script>alert(1)</script>" }]\n'
    lisa = scripted(script)
    lisa.tools = []

    (reaction,) = live(lisa, lambda lisa: lisa.tell("Hello!"))

    assert "&lt;script&gt;" in reaction._repr_html_()
    assert "<script>" not in reaction._repr_html_()
    shown = Agent({"name": "<b>Lisa</b>"}, llm=use("mock", model="<i>"), tools=["<u>", use("x")])._repr_html_()
    assert "&lt;b&gt;Lisa" in shown
    assert "mock (model = &lt;i&gt;)" in shown
    assert "&lt;u&gt;, x" in shown
    assert "runs/lisa-1" in lisa._repr_html_()


def test_an_agent_reads_like_what_makes_it():
    lisa = Agent(LISA, llm=use("mock", mode="fixed"), tools=["email"], recall=3)

    assert repr(lisa) == "Agent('Lisa', llm=use('mock', mode='fixed'), tools=['email'], recall=3)"
