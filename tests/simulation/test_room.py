"""People in a room: who hears what, in both orders of turns."""


def percepts(run, agent):
    """What reached this agent, by step."""
    said = {event.id: f"{event.agent}: {event.data['text']}" for event in run.events(kind="stimulus")}
    return [
        [said[each] if isinstance(each, str) else each["text"] for each in event.data["percepts"]]
        for event in run.events(kind="percept", agent=agent)
    ]


GREETING = """
[[entries]]
agent = "Ann"
actions = [{ action = "talk", to = "all", text = "Hello." }]
[[entries]]
agent = "Bob"
actions = [{ action = "talk", to = "Ann", text = "Hi Ann." }, { action = "think", text = "She looks well." }]
"""


def test_simultaneous_turns_hear_what_was_said_in_the_step_before(scripted):
    run = scripted(GREETING, '[simulation]\nsteps = 3\nturn_order = "simultaneous"')

    assert percepts(run, "Ann") == [[], ["Bob: Hi Ann."], ["Bob: Hi Ann."]]
    assert percepts(run, "Bob") == [[], ["Ann: Hello."], ["Ann: Hello."]]


def test_sequential_turns_hear_what_was_said_before_them_in_the_same_step(scripted):
    run = scripted(GREETING, '[simulation]\nsteps = 3\nturn_order = "sequential"')

    assert percepts(run, "Ann") == [[], ["Bob: Hi Ann."], ["Bob: Hi Ann."]]
    assert percepts(run, "Bob") == [["Ann: Hello."], ["Ann: Hello."], ["Ann: Hello."]]


def test_what_is_said_is_one_stimulus_however_many_hear_it(scripted, talking):
    people = "".join(f'[[agents]]\npersona = {{ name = "P{n}" }}\n' for n in range(5))

    run = scripted(talking, people=people)

    assert len(list(run.events(kind="stimulus"))) == 10
    heard = [event.data["percepts"] for event in run.events(kind="percept") if event.step == 1]
    assert all(len(each) == 4 and all(isinstance(ref, str) for ref in each) for each in heard)


def test_what_was_said_and_thought_is_recalled(scripted):
    run = scripted(GREETING, "[simulation]\nsteps = 3")

    last = next(event for event in run.events(kind="request", agent="Bob") if event.step == 2)
    (prompt,) = last.data["messages"]
    assert "# You remember" in prompt
    assert "09:00 You to Ann: Hi Ann." in prompt
    assert "09:00 You thought: She looks well." in prompt
    assert "09:10 Ann to all: Hello." in prompt
    assert prompt.index("09:00 You to Ann") < prompt.index("09:10 Ann to all")
    assert "# Just now\nAnn to all: Hello." in prompt


def test_what_is_meant_for_somebody_reaches_them_before_all_else(scripted):
    others = "".join(f'[[agents]]\npersona = {{ name = "P{n}" }}\n' for n in range(9))
    people = (
        f'[[agents]]\npersona = {{ name = "Ann" }}\nattention = 2\n[[agents]]\npersona = {{ name = "Bob" }}\n{others}'
    )
    script = GREETING + '[[entries]]\nactions = [{ action = "talk", to = "all", text = "Noise." }]'

    run = scripted(script, people=people)

    assert percepts(run, "Ann")[1] == ["Bob: Hi Ann.", "P8: Noise."]


def test_a_first_name_is_enough_where_only_one_person_has_it(scripted):
    people = '[[agents]]\npersona = { name = "Ann Lee" }\n[[agents]]\npersona = { name = "Bob Ray" }\n'
    script = """
[[entries]]
agent = "Ann Lee"
actions = [{ action = "talk", to = "bob", text = "You." }]
[[entries]]
actions = [{ action = "wait" }]
"""
    run = scripted(script, people=people)

    assert [event.data.get("to") for event in run.events(kind="stimulus")] == [["Bob Ray"], ["Bob Ray"]]


def test_a_name_that_could_be_two_people_is_refused(scripted):
    people = "".join(f'[[agents]]\npersona = {{ name = "{name}" }}\n' for name in ("Ann", "Bob Ray", "Bob Fox"))

    run = scripted('[[entries]]\nactions = [{ action = "talk", to = "Bob", text = "You." }]', people=people)

    refused = [event.data["why"] for event in run.events(kind="refusal", agent="Ann")]
    assert refused[0] == "Bob could be Bob Ray or Bob Fox: say the whole name."


def test_somebody_absent_cannot_be_talked_to_and_is_named(scripted):
    run = scripted('[[entries]]\nactions = [{ action = "talk", to = "Bobb", text = "You." }]')

    why = "There is nobody called Bobb here. Did you mean Bob? With you are: Bob."
    assert next(iter(run.events(kind="refusal", agent="Ann"))).data["why"] == why
    assert f"→ {why}" in list(run.events(kind="request", agent="Ann"))[1].data["messages"][0]
    assert run.status == "finished"


def test_nothing_to_say_is_refused(scripted):
    run = scripted('[[entries]]\nactions = [{ action = "talk", to = "all", text = "  " }]')

    assert "there was nothing to say" in next(iter(run.events(kind="refusal"))).data["why"]


def test_the_scene_names_a_few_people_and_counts_the_rest(scripted, talking):
    people = "".join(f'[[agents]]\npersona = {{ name = "P{n}" }}\n' for n in range(20))

    run = scripted(talking, '[environment]\nuse = "room"\nplace = "a hall"\ntopic = "the roof"', people=people)

    scenes = [event.data["messages"][0].split("\n")[1] for event in run.events(kind="request") if event.step == 0]
    others = ", ".join(f"P{n}" for n in range(1, 13))
    assert scenes[0] == f"You are in a hall with {others} and 7 others. You have come together for this: the roof"


def test_alone_in_the_room(scripted, talking):
    run = scripted(talking, people='[[agents]]\npersona = { name = "Ann" }\n')

    assert "You are in a room with nobody else." in next(iter(run.events(kind="request"))).data["messages"][0]


def test_what_was_said_two_steps_ago_has_faded_for_those_who_come(scripted, toys):
    script = """
[[entries]]
step = 0
actions = [{ action = "talk", to = "all", text = "Early." }]
[[entries]]
actions = [{ action = "wait" }]
"""
    run = scripted(script, "[simulation]\nsteps = 4")

    assert percepts(run, "Ann") == [[], ["Bob: Early."], [], []]
