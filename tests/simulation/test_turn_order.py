"""Who acts when within a step."""

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.simulation.turn_order import groups

NAMES = ["Dan", "Ann", "Cy", "Bob", "Eve"]


@frozen
class Somebody:
    """Whoever has a name and a rank."""

    id: str
    rank: int


present = st.lists(st.sampled_from(NAMES), unique=True).map(
    lambda names: [Somebody(name, 2 * rank) for rank, name in enumerate(names)]
)
told = st.lists(st.lists(st.sampled_from([*NAMES, "Zoe"]), max_size=6), max_size=5)


def named(numbered):
    return [(number, [agent.id for agent in members]) for number, members in numbered]


@given(present)
def test_all_act_at_once_or_each_after_the_other_by_rank(present):
    ids = [agent.id for agent in present]

    assert named(groups("simultaneous", present, None)) == ([(0, ids)] if ids else [])
    assert named(groups("sequential", present, None)) == [(agent.rank, [agent.id]) for agent in present]


@given(present, told)
def test_what_the_world_says_counts_for_whoever_is_there_and_once(present, told):
    numbered = groups("sequential", present, told)

    acting = [agent for _, members in numbered for agent in members]
    wanted = {name for names in told for name in names}
    assert len(acting) == len({agent.id for agent in acting})
    assert {agent.id for agent in acting} == wanted & {agent.id for agent in present}
    assert [number for number, _ in numbered] == sorted({number for number, _ in numbered})
    for number, members in numbered:
        assert members == sorted(members, key=lambda agent: agent.rank)
        for agent in members:
            first = next(place for place, names in enumerate(told) if agent.id in names)
            assert first == number
