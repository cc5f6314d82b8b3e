# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Measures of any network: within their bounds, the same anywhere, and light until they are needed."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from troupe_network_analysis.figures import drawn
from troupe_network_analysis.heard import Network, Tie
from troupe_network_analysis.measures import measured
from troupe_network_analysis.telling import findings_on, prose_on, tables_on

from troupe_core import Simulation
from troupe_core.errors import ConfigError
from troupe_core.plugin import EventId


@st.composite
def networks(draw):
    """Up to a dozen people, and any ties between them."""
    people = tuple(f"P{number}" for number in range(draw(st.integers(1, 12))))
    pairs = st.tuples(st.sampled_from(people), st.sampled_from(people)).filter(lambda pair: pair[0] != pair[1])
    weights = st.integers(1, 9)
    found = draw(st.dictionaries(pairs, weights, max_size=40)) if len(people) > 1 else {}
    lines = {pair: [EventId(f"{n}.{pair[0]}.{pair[1]}") for n in range(number)] for pair, number in found.items()}
    return Network(
        people=people,
        spoken={name: [line for pair, each in lines.items() if pair[0] == name for line in each] for name in people},
        ties={pair: Tie(weight=float(len(each)), addressed=len(each), lines=each) for pair, each in lines.items()},
    )


@settings(deadline=None)
@given(networks())
def test_measures_keep_within_their_bounds(network):
    measures = measured(network)

    total = sum(tie.weight for tie in network.ties.values())
    assert sum(member.spoken for member in measures.members) == pytest.approx(total)
    assert sum(member.heard for member in measures.members) == pytest.approx(total)
    shares = [measures.reciprocity, *(member.reciprocity for member in measures.members)]
    assert all(share is None or 0 <= share <= 1 for share in shares)
    assert sorted(name for circle in measures.circles for name in circle) == sorted(network.people)
    assert [len(circle) for circle in measures.circles] == sorted(map(len, measures.circles), reverse=True)
    assert all(member.name in measures.circles[member.circle - 1] for member in measures.members)


@settings(deadline=None)
@given(networks())
def test_a_network_that_answers_all_is_mutual(network):
    back = {(b, a): tie for (a, b), tie in network.ties.items()}
    both = Network(people=network.people, spoken=network.spoken, ties={**back, **network.ties})
    even = {pair: Tie(weight=1.0, addressed=1, lines=[]) for pair in both.ties}

    measures = measured(Network(people=both.people, spoken=both.spoken, ties=even))

    assert measures.reciprocity == (1.0 if even else None)


@settings(deadline=None)
@given(networks())
def test_there_is_always_something_to_say(network):
    measures = measured(network)

    assert prose_on(network, measures)
    assert all(len(each.events) <= 12 for each in findings_on(network, measures))
    assert [len(table.rows) for table in tables_on(network, measures, 99)] == [len(network.people), len(network.ties)]
    assert len(drawn(network, measures, 5)) == (2 if network.ties else 0)


FINE = """
import json
from troupe_network_analysis.heard import Network, Tie
from troupe_network_analysis.measures import measured
people = tuple(f"P{n}" for n in range(40))
ties = {(a, b): Tie(weight=1.0) for n, a in enumerate(people) for b in people[n % 7 :: 7] if a != b}
print(json.dumps(measured(Network(people=people, spoken={name: [] for name in people}, ties=ties)).circles))
"""


def test_the_same_network_has_the_same_circles_in_any_process():
    printed = [
        subprocess.run(
            [sys.executable, "-c", FINE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert printed[0] == printed[1]
    assert len(json.loads(printed[0])) > 1


def test_what_declares_it_loads_no_networkx():
    code = (
        "import sys, troupe_network_analysis.plugin, troupe_network_analysis.config\n"
        "print(sorted({'networkx', 'numpy', 'asyncio', 'cattrs', 'altair', 'vl_convert'} & set(sys.modules)))"
    )

    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert printed.stdout == "[]\n"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("kinds = []", "[[analyzers]] 1, kinds: expected a list of texts that are not empty"),
        ("resolution = 0", "[[analyzers]] 1, resolution: expected a number > 0, got 0"),
        ("most_pairs = 0", "[[analyzers]] 1, most_pairs: expected a whole number ≥ 1, got 0"),
        ("most_drawn = 1", "[[analyzers]] 1, most_drawn: expected a whole number ≥ 2, got 1"),
        ("resolutoin = 1", "[[analyzers]] 1, resolutoin: unknown key, did you mean resolution?"),
    ],
)
def test_a_wrong_setting_is_named_before_anything_runs(tmp_path, setting, said):
    file = tmp_path / "study.toml"
    person = '[[agents]]\npersona = { name = "Ann" }\n'
    text = f'[llm]\nuse = "mock"\n{person}[[analyzers]]\nuse = "network-analysis"\n{setting}\n'
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as error:
        Simulation.from_file(file)

    assert said in str(error.value)
