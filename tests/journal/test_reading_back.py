"""What was written is read back: events in their order, inputs, states, people; and the digest of it all."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import asdict
from hypothesis import given, settings
from hypothesis import strategies as st

from troupe_core.journal.notebook import Notebook
from troupe_core.journal.run import Run
from troupe_core.journal.writer import JournalWriter
from troupe_core.values.event import EVENT_KINDS
from troupe_core.values.ids import WORLD, AgentId, EventId, Rank, event_id
from troupe_core.values.persona import Persona

NAMES = ("Ann", "Bob", "Çem")
KINDS = [kind for kind in EVENT_KINDS if kind != "note"]

data = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=6,
    ),
    max_size=3,
)  # fmt: skip
stamps = st.tuples(st.integers(0, 3), st.integers(-1, 2), st.integers(-1, len(NAMES) - 1))
turns = st.dictionaries(stamps, st.lists(st.tuples(st.sampled_from(KINDS), data), min_size=1, max_size=4), max_size=8)


@contextmanager
def journal():
    with TemporaryDirectory() as folder:
        writer = JournalWriter(Path(folder))
        for rank, name in enumerate(NAMES):
            writer.agent(Rank(rank), AgentId(name), asdict(Persona(name=name, age=rank)))
        try:
            yield writer, Path(folder)
        finally:
            writer._db.close()


def notebooks(played, *, notes=False):
    """A notebook for each turn, in logical order; each event follows from the one before it."""
    books = []
    for (step, group, rank), events in sorted(played.items()):
        book = Notebook(step, group, Rank(rank), None if rank == WORLD else AgentId(NAMES[rank]))
        causes: list[EventId] = []
        for kind, told in events:
            causes = [book.add(kind, told, causes)]
        if notes:
            book.add("note", {"observer": "was slow"})
        books.append(book)
    return books


@settings(deadline=None, max_examples=50)
@given(turns)
def test_events_are_read_back_as_they_were_written_and_in_their_order(played):
    with journal() as (writer, folder):
        writer.append(notebooks(played))
        writer.close()

        read = list(Run.open(folder).events())

    wanted = [
        (event_id(step, Rank(rank), ordinal), group, NAMES[rank] if rank >= 0 else None, kind, told)
        for (step, group, rank), events in sorted(played.items())
        for ordinal, (kind, told) in enumerate(events)
    ]
    assert [(event.id, event.group, event.agent, event.kind, event.data) for event in read] == wanted
    for event in read:
        assert event.causes == ((event_id(event.step, event.rank, event.ordinal - 1),) if event.ordinal else ())


@settings(deadline=None, max_examples=25)
@given(turns, st.sampled_from(KINDS), st.sampled_from(NAMES))
def test_events_of_one_kind_or_agent_are_those_of_all_events(played, kind, name):
    with journal() as (writer, folder):
        writer.append(notebooks(played))
        writer.close()
        run = Run.open(folder)

        everything = list(run.events())

        assert list(run.events(kind=kind)) == [each for each in everything if each.kind == kind]
        assert list(run.events(agent=AgentId(name))) == [each for each in everything if each.agent == name]


def digest_of(played, *, notes=False, at_once=True):
    with journal() as (writer, folder):
        books = notebooks(played, notes=notes)
        for part in [books] if at_once else [[book] for book in books]:
            writer.append(part)
        told = writer.digest
        writer.close()
        assert Run.open(folder).digest() == told
    return told


@settings(deadline=None, max_examples=25)
@given(turns)
def test_the_digest_knows_nothing_of_notes_nor_of_how_events_were_handed_in(played):
    assert digest_of(played) == digest_of(played, notes=True) == digest_of(played, at_once=False)


@settings(deadline=None, max_examples=25)
@given(turns.filter(bool), st.data())
def test_the_digest_changes_with_any_event(played, choose):
    stamp = choose.draw(st.sampled_from(sorted(played)))
    place = choose.draw(st.integers(0, len(played[stamp]) - 1))
    kind, told = played[stamp][place]
    events = [*played[stamp]]

    events[place] = (kind, {**told, "longer than any other key": None})

    assert digest_of({**played, stamp: events}) != digest_of(played)
    assert digest_of({**played, stamp: played[stamp][:place]}) != digest_of(played)


def test_people_and_what_is_known_about_a_run():
    with journal() as (writer, folder):
        assert Run.open(folder).status == "running"
        writer.about(config={"simulation": {"name": "Tea"}}, status="finished", reason="the tea is drunk")
        writer.commit()

        run = Run.open(folder)

        assert run.personas == {name: Persona(name=name, age=rank) for rank, name in enumerate(NAMES)}
        assert (run.status, run.reason) == ("finished", "the tea is drunk")
        assert run.config == {"simulation": {"name": "Tea"}}


def test_states_are_kept_by_step_and_the_newest_before_a_step_is_found():
    with journal() as (writer, folder):
        writer.snapshot(2, [("environment", "", {"kettle": "cold"}), ("tools.purse", "Ann", 5)])
        writer.snapshot(4, [("tools.purse", "Ann", 3), ("tools.purse", "Bob", 9)])
        writer.commit()

        run = Run.open(folder)

        assert list(run.snapshots()) == [2, 4]
        assert run.states_before(1) == []
        assert run.states_before(3) == [("environment", "", {"kettle": "cold"}), ("tools.purse", "Ann", 5)]
        assert {state[:2]: state[2] for state in run.states_before(4)} == {
            ("environment", ""): {"kettle": "cold"},
            ("tools.purse", "Ann"): 3,
            ("tools.purse", "Bob"): 9,
        }
