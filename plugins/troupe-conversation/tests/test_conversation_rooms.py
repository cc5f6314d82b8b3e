# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Rooms: who hears whom, going from room to room, and what the rules refuse."""

from conversation_reading import heard, lived, refusals, scenes, spoken, turns

from troupe_core.simulation.checkpoint import Start

WORLD = """
[environment]
use = "rooms"
topic = "bread."
rooms = [
    { name = "the hall", doors = ["the kitchen", "the library"] },
    { name = "the kitchen", about = "It smells of bread." },
    { name = "the library", doors = ["the garden"] },
    { name = "the garden" },
]
people = { Cid = "the kitchen" }
"""
PEOPLE = ("Ann", "Bob", "Cid")


def does(agent, step, *deeds):
    """An entry of a script."""
    acts = ", ".join(
        f'{{ action = "talk", to = "{deed[1]}", text = "{deed[2]}" }}'
        if deed[0] == "talk"
        else f'{{ action = "go", room = "{deed[1]}" }}'
        for deed in deeds
    )
    return f'[[entries]]\nagent = "{agent}"\nstep = {step}\nactions = [{acts}]\n'


WAITS = '[[entries]]\nactions = [{ action = "wait" }]\n'


def steps(number):
    """The study of so many steps."""
    return f"[simulation]\nsteps = {number}\n{WORLD}"


def test_only_who_is_in_the_same_room_hears(play):
    run = play(steps(2), PEOPLE, script=does("Ann", 0, ("talk", "all", "Hello.")) + WAITS)

    assert heard(run, "Bob") == [(1, "Hello.")]
    assert heard(run, "Cid") == []


def test_people_are_told_where_they_are_with_whom_and_where_they_can_go(play):
    run = play(steps(1), PEOPLE, script=WAITS)

    assert scenes(run, "Ann")[0] == (
        "You are in the hall with Bob. You have come together for this: bread. "
        "From here one can go to the kitchen and the library."
    )
    assert scenes(run, "Cid")[0] == (
        "You are in the kitchen with nobody else. You have come together for this: bread. It smells of bread. "
        "From here one can go to the hall."
    )


def test_who_goes_leaves_those_behind_and_meets_those_beyond_the_door(play):
    script = (
        does("Ann", 0, ("go", "the kitchen"))
        + does("Ann", 1, ("talk", "all", "Here I am."))
        + does("Bob", 1, ("talk", "all", "Where is she?"))
    )

    run = play(steps(3), PEOPLE, script=script + WAITS)

    assert heard(run, "Cid") == [(2, "Here I am.")]
    assert heard(run, "Ann") == []
    assert "in the kitchen with Cid." in scenes(run, "Ann")[1]
    assert "in the hall with nobody else." in scenes(run, "Bob")[1]


def test_what_was_said_before_somebody_came_in_or_after_somebody_left_is_not_heard(play):
    script = (
        does("Ann", 0, ("talk", "all", "Before."))  # Bob is there still
        + does("Bob", 0, ("go", "the kitchen"), ("talk", "all", "Hello, Cid."))
        + does("Cid", 0, ("talk", "Bob", "Hello, Bob."))
        + does("Ann", 1, ("talk", "all", "After."))
    )

    run = play(steps(3), PEOPLE, script=script + WAITS)

    assert heard(run, "Bob") == [(1, "Before."), (1, "Hello, Bob.")]
    assert heard(run, "Cid") == [(1, "Hello, Cid.")]


def test_what_was_said_before_one_comes_in_is_not_heard_in_the_same_step(play):
    script = does("Ann", 0, ("talk", "all", "To the hall.")) + does("Cid", 0, ("go", "the hall"))

    run = play(steps(2), PEOPLE, script=script + WAITS)

    assert heard(run, "Cid") == []
    assert heard(run, "Bob") == [(1, "To the hall.")]


def test_a_far_room_is_reached_door_by_door(play):
    script = "".join(does("Cid", step, ("go", "the garden")) for step in range(4))

    run = play(steps(5), PEOPLE, script=script + WAITS)

    went = [event.data["text"] for event in run.events(kind="stimulus")]
    assert went == [
        "goes from the kitchen to the hall",
        "goes from the hall to the library",
        "goes from the library to the garden",
    ]
    assert refusals(run) == [("Cid", "You are in the garden already.")]


def test_one_door_a_turn(play):
    script = does("Ann", 0, ("go", "the library"), ("go", "the garden"))

    run = play(steps(1), PEOPLE, script=script + WAITS)

    assert refusals(run) == [("Ann", "You have just come to the library: one door at a time.")]


def test_nobody_talks_to_somebody_in_another_room(play):
    script = does("Ann", 0, ("talk", "Cid", "You!"), ("talk", "all", " "))

    run = play(steps(1), PEOPLE, script=script + WAITS)

    assert refusals(run) == [
        ("Ann", "There is nobody called Cid here. With you: Bob."),
        ("Ann", "You opened your mouth, but there was nothing to say."),
    ]


def test_a_room_that_cannot_be_reached_from_here_is_refused(play):
    text = """
[simulation]
steps = 1
[environment]
use = "rooms"
rooms = [{ name = "the ship", doors = ["the cabin"] }, { name = "the cabin" }, { name = "the island" }]
people = { Bob = "the island" }
"""

    run = play(text, ("Ann", "Bob"), script=does("Ann", 0, ("go", "the island")) + WAITS)

    why = "No doors lead from here to the island. From here one can go to: the cabin."
    assert refusals(run) == [("Ann", why)]
    assert scenes(run, "Bob")[0] == "You are in the island with nobody else. From here one can go to nowhere."


def test_only_rooms_that_exist_can_be_gone_to(play):
    run = play(steps(1), PEOPLE, script=does("Ann", 0, ("go", "the cellar")) + WAITS.replace("wait", "think"))

    (problem, *_) = [event.data["problem"] for event in run.events(kind="failure", agent="Ann")]
    assert "the cellar" in problem


def test_everybody_has_a_turn_each_step(play):
    run = play(steps(2), PEOPLE, script=WAITS)

    assert turns(run) == {0: ["Ann", "Bob", "Cid"], 1: ["Ann", "Bob", "Cid"]}


def test_in_sequence_what_was_just_said_is_heard_in_the_same_step(play):
    script = does("Ann", 0, ("talk", "Bob", "Hello.")) + WAITS

    run = play(steps(2), PEOPLE, script=script, settings=['simulation.turn_order="sequential"'])

    assert heard(run, "Bob") == [(0, "Hello.")]


def test_what_is_kept_of_talk_does_not_grow(play):
    says = '[[entries]]\nactions = [{ action = "talk", to = "all", text = "Again." }]\n'

    run = play(f"[execution]\ncheckpoint = 1\n{steps(6)}", PEOPLE, script=says)

    sizes = [
        sum(len(said) for key, said in state.items() if key.startswith("said:"))
        for states in run.snapshots().values()
        for part, _, state in states
        if part == "environment"
    ]
    assert sizes == [3, 6, 6, 6, 6, 6]


def test_a_restored_run_goes_on_where_it_was_kept(play):
    once = "[agent_defaults]\nrecall = 0\n[execution]\ncheckpoint = 1\n"
    script = (
        does("Ann", 0, ("talk", "all", "I go."), ("go", "the kitchen"))
        + does("Bob", 1, ("go", "the kitchen"), ("talk", "Ann", "I come too."))
        + does("Cid", 1, ("talk", "all", "Welcome."))
    )
    whole = play(once + steps(4), PEOPLE, script=script + WAITS)

    for step in range(1, 4):
        start = Start(step=step, states=whole.states_before(step))
        rest = play(once + steps(4), PEOPLE, script=script + WAITS, start=start)

        assert lived(rest, step) == lived(whole, step)


def test_improvising_people_talk_and_go(play):
    run = play(steps(6), (*PEOPLE, "Dan"))

    assert len(spoken(run)) > 5
    assert [event for event in run.events(kind="outcome") if event.data["action"] == "go"]
