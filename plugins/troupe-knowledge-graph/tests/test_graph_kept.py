# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What is kept of beliefs is all there is; the drawing shows them; and the plugin declares itself lightly."""

import json
import subprocess
import sys
from xml.etree.ElementTree import fromstring

import pytest
from graph_actions import add, lookup, neighbours, path
from hypothesis import given
from hypothesis import strategies as st
from troupe_knowledge_graph.config import Config
from troupe_knowledge_graph.drawing import drawing
from troupe_knowledge_graph.fact import Fact
from troupe_knowledge_graph.fact_graph import FactGraph
from troupe_knowledge_graph.known import Known
from troupe_knowledge_graph.library import Library

from troupe_core import Run, Simulation
from troupe_core.plugin import AgentId
from troupe_core.simulation.checkpoint import Start

DAY = {
    "Ann Lee": [[add("Fox", "likes", "Grapes")], [lookup("Fox"), add("Grapes", "are", "Sour")], [path("Fox", "Sour")]],
    "Bob Ray": [[neighbours("Hen")], [add("Hen", "fears", "Fox")], [lookup("hen")], [path("Hen", "Grapes")]],
}
GRAPH = {"graph": 'file = "farm.csv"'}


@pytest.fixture(autouse=True)
def _farm(tmp_path):
    (tmp_path / "farm.csv").write_text("subject,predicate,object\nFox,eats,Hen\n", encoding="utf-8")


def lived(run, step):
    """What happened from this step on, but for what depends on memories and on where the run began."""
    return [
        (event.kind, event.agent, event.data)
        for event in run.events()
        if event.step >= step and event.kind not in ("run", "memory")
    ]


def test_restored_beliefs_go_on_where_they_were_kept(play, tmp_path):
    whole = play(DAY, **GRAPH, more="[execution]\ncheckpoint = 1")

    for step in range(1, 5):
        simulation = Simulation.from_file(tmp_path / "study.toml")
        rest = simulation.run_sync(tmp_path / f"rest-{step}", start=Start(step=step, states=whole.states_before(step)))

        assert lived(rest, step) == lived(whole, step)


def test_only_what_an_agent_added_is_kept_and_under_its_name(play):
    run = play(DAY, **GRAPH)

    kept = {agent: state for part, agent, state in run.snapshots()[5] if part == "tools.knowledge-graph"}
    assert kept == {
        "Ann Lee": [["Fox", "likes", "Grapes", "a neighbour"], ["Grapes", "are", "Sour", "a neighbour"]],
        "Bob Ray": [["Hen", "fears", "Fox", "a neighbour"]],
    }


NAMES = st.text(min_size=1, max_size=10)
FACTS = st.lists(st.builds(Fact, NAMES, NAMES, NAMES, NAMES), max_size=20)


@given(facts=FACTS)
def test_any_beliefs_come_back_from_what_is_kept(facts):
    library, again, ann = Library(Config()), Library(Config()), AgentId("Ann")
    library.restore(ann, [[fact.subject, fact.predicate, fact.object, fact.source] for fact in facts])

    again.restore(ann, json.loads(json.dumps(library.snapshot(ann))))

    assert again.snapshot(ann) == library.snapshot(ann)
    assert library.snapshot(None) is None


@given(shared=FACTS, own=FACTS)
def test_a_path_is_made_of_known_facts_and_leads_where_it_should(shared, own):
    layers = FactGraph(), FactGraph()
    for layer, facts in zip(layers, (shared, own), strict=True):
        for fact in facts:
            layer.add(fact)
    known = Known(*layers)
    things = [fact.subject for fact in shared] + [fact.object for fact in own]

    for start in things[:3]:
        for end in things[-3:]:
            if start != end and (steps := known.path(start, end, 4)) is not None:
                assert all(step in layers[0] or step in layers[1] for step in steps)
                assert {start, end} <= {name for step in steps for name in (step.subject, step.object)}
                assert len(steps) <= 4


def test_the_same_study_has_the_same_digest_in_every_process(study, play, tmp_path):
    run = play(DAY, **GRAPH)
    file = study(DAY, **GRAPH)

    for number in range(2):
        out = tmp_path / f"again-{number}"
        subprocess.run([sys.executable, "-m", "troupe_core", "run", file, "--out", out, "--quiet"], check=True)
        assert Run.open(out).digest() == run.digest()
        drawn = [each.folder / "parts" / "tools.knowledge-graph" / "graph.svg" for each in (Run.open(out), run)]
        assert drawn[0].read_bytes() == drawn[1].read_bytes()


def test_a_run_leaves_a_drawing_with_beliefs_dashed(play):
    run = play(DAY, **GRAPH)

    svg = (run.folder / "parts" / "tools.knowledge-graph" / "graph.svg").read_text(encoding="utf-8")
    assert svg.count("<circle") == 4
    assert svg.count('class="b"') == 3
    assert "<title>Hen – fears → Fox (a neighbour)</title>" in svg


def test_there_is_no_drawing_where_none_is_wanted(play):
    run = play(DAY, graph='file = "farm.csv"\ndrawn = 0')

    assert not (run.folder / "parts" / "tools.knowledge-graph" / "graph.svg").exists()


@given(facts=FACTS, most=st.integers(1, 6))
def test_every_graph_can_be_drawn_as_xml_within_its_bounds(facts, most):
    graph = FactGraph()
    for fact in facts[::2]:
        graph.add(fact)

    svg = fromstring(drawing(graph, facts[1::2], most))

    circles = svg.findall("{http://www.w3.org/2000/svg}circle")
    assert len(circles) <= most
    assert all(0 <= float(circle.attrib[axis]) <= 1200 for circle in circles for axis in ("cx", "cy"))


@pytest.mark.parametrize("module", ["plugin", "config"])
def test_what_declares_it_imports_nothing_heavy(module):
    heavy = "{'networkx', 'rdflib', 'numpy', 'asyncio', 'cattrs', 'csv', 'xml'}"
    imported = f"import sys; there = set(sys.modules); import troupe_knowledge_graph.{module}"
    code = f"{imported}; print(sorted({heavy} & set(sys.modules) - there))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_it_is_listed_and_every_key_is_described(troupe):
    listed = json.loads(troupe("plugins", "list", "--json").out)

    (graph,) = [each for each in listed if each["distribution"] == "troupe-knowledge-graph"]
    assert (graph["name"], graph["kind"], graph["state"]) == ("knowledge-graph", "tool", "active")
    shown = troupe("plugins", "show", "knowledge-graph").out
    for key in ("file", "format", "source", "kinds", "listed", "longest_path", "max_facts", "max_beliefs", "drawn"):
        assert key in shown


@pytest.mark.parametrize(
    ("graph", "words"),
    [
        ("listed = 0", "[tools.knowledge-graph] listed: expected a whole number ≥ 1, got 0"),
        ('format = "json"', '[tools.knowledge-graph] format: expected one of csv, graphml, turtle, got "json"'),
        ('fiel = "farm.csv"', "[tools.knowledge-graph] fiel: unknown key, did you mean file?"),
    ],
)
def test_a_wrong_setting_says_what_is_right(troupe, study, tmp_path, graph, words):
    printed = troupe("run", study({}, graph=graph), "--out", tmp_path / "run", "--quiet")

    assert printed.status == 2
    assert words in printed.err
