# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Graph files as the world has them, and what is said of those that are none."""

import subprocess
import sys
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from troupe_knowledge_graph.config import Config
from troupe_knowledge_graph.fact import Fact
from troupe_knowledge_graph.reading.graph_file import read_graph

from troupe_core.plugin import ConfigError

TURTLE = """
@prefix : <http://farm.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:fox_vixen a :Canine ; :livesIn :forest ; rdfs:label "Fox" .
:Canine rdfs:subClassOf :Mammal .
:fox2 rdfs:label "Fox" ; :weight 7 .
:forest :owner [ :name "Ames" ] .
"""


@pytest.fixture
def facts(tmp_path):
    """The facts in a file of this name and content."""

    def read(name, content, **settings):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        graph = read_graph(Config(file=file, **settings))
        return [fact for thing in graph.names() for fact in graph.about(thing)]

    return read


@pytest.mark.parametrize("comma", [",", ";", "\t"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_csv_with_columns_in_any_order(facts, comma, start):
    lines = ["Object,note,SUBJECT, predicate", '"Hen, the old one",x, Fox  red ,eats', "", "Moon,,Fox red,howls at"]
    if comma != ",":
        lines[1] = "Hen, the old one,x, Fox  red ,eats".replace(",", comma).replace(f"Hen{comma}", "Hen,")
        lines = [line.replace(",", comma) if number != 1 else line for number, line in enumerate(lines)]

    assert facts("farm.csv", start + "\r\n".join(lines)) == [
        Fact("Fox red", "eats", "Hen, the old one", "farm.csv"),
        Fact("Fox red", "howls at", "Moon", "farm.csv"),
    ]


def test_a_fact_keeps_its_source_and_is_there_once_for_each(facts):
    head = "subject,predicate,object,source\n"

    found = facts("a.csv", f"{head}Fox,eats,Hen,A\nFox,eats,Hen,B\nfox,eats,hen,A\nFox,eats,Hen,A\nFox,eats,Hen,\n")

    assert [fact.source for fact in found if fact.subject == "Fox"] == ["A", "B", "a.csv"]


def test_the_study_says_where_facts_come_from_that_do_not(facts):
    (fact,) = facts("a.csv", "subject,predicate,object\nFox,eats,Hen\n", source="zoology")

    assert fact.source == "zoology"


def test_graphml_as_networkx_writes_it(facts, tmp_path):
    graph: Any = nx.MultiDiGraph()
    graph.add_node(1, label="Fox", colour="red")
    graph.add_node(2)
    graph.add_edge(1, 2, predicate="eats", source="zoology")
    graph.add_edge(1, 2)
    nx.write_graphml(graph, tmp_path / "farm.xml")

    assert facts("farm.graphml", (tmp_path / "farm.xml").read_bytes()) == [
        Fact("Fox", "colour", "red", "farm.graphml"),
        Fact("Fox", "eats", "2", "zoology"),
        Fact("Fox", "is connected with", "2", "farm.graphml"),
    ]


def test_turtle_in_words(facts):
    found = {(fact.subject, fact.predicate, fact.object) for fact in facts("farm.ttl", TURTLE)}

    assert found == {
        ("Fox", "is a", "Canine"),
        ("Fox", "lives in", "forest"),
        ("Canine", "subclass of", "Mammal"),
        ("Fox (http://farm.example/fox2)", "weight", "7"),
        ("forest", "owner", "unnamed 1"),
        ("unnamed 1", "name", "Ames"),
    }


def test_turtle_says_what_to_install(facts, monkeypatch):
    monkeypatch.setitem(sys.modules, "rdflib", None)

    with pytest.raises(ConfigError, match=r"rdflib.*\nInstall it: .* 'troupe-knowledge-graph\[turtle\]'"):
        facts("farm.ttl", TURTLE)


HEAD = "subject,predicate,object,source\n"
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><graphml>&b;</graphml>'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "a.csv",
            "subject,object,source\nFox,Hen,x\n",
            "line 1: there is no column predicate\nIts first line has to be: subject,predicate,object,source",
        ),
        ("a.csv", "subject,predikate,object\n", 'there is no column predicate; is it "predikate"?'),
        ("a.csv", "", "there is no column subject\n"),
        ("a.csv", HEAD, "a.csv: there is not a single fact in it"),
        (
            "a.csv",
            f"{HEAD}Fox,eats,Hen,x\nFox,eats\n",
            "a.csv, line 3: this fact has no object\nFill it in",
        ),
        ("a.csv", f"{HEAD} ,eats,Hen,x\n", "a.csv, line 2: this fact has no subject"),
        ("a.csv", HEAD + '"' + "x" * 140_000, "it is no CSV: field larger than field limit"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\xff\xd8", "a.csv: it is no text in UTF-8\nIs it a graph file? Save it as UTF-8."),
        ("a.csv", f"{HEAD}A,b,C,x\nA,b,D,x\nA,b,E,x\n", "a.csv: it has more than 2 facts\nRaise max_facts"),
        ("a.graphml", "<html><p>Hello", "a.graphml: it is no GraphML: "),
        ("a.graphml", "<html/>", "a.graphml: it is no GraphML: "),
        ("a.graphml", "subject,predicate", "a.graphml: it is no GraphML: "),
        ("a.graphml", BOMB, "a.graphml: it defines entities\nA graph needs none"),
        ("a.graphml", BOMB.encode("utf-16"), "a.graphml: it defines entities\nA graph needs none"),
        ("a.graphml", "<graphml>" + "<edge/>" * 3 + "</graphml>", "it has more than 2 facts"),
        ("a.ttl", "Fox eats hens.", "a.ttl: it is no Turtle: "),
        ("a.ttl", TURTLE, "a.ttl: it has more than 2 facts"),
        ("a.ttl", "", "a.ttl: there is not a single fact in it"),
        ("a.pdf", "%PDF", 'a.pdf: its name does not say what it is\nSay it: format = "csv", "graphml" or "turtle".'),
    ],
)
def test_what_is_no_graph_is_told_what_one_is(facts, name, content, words):
    with pytest.raises(ConfigError) as fault:
        facts(name, content, max_facts=2)

    assert words in str(fault.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.csv: the graph cannot be read: No such file or directory"):
        read_graph(Config(file=tmp_path / "none.csv"))


def test_a_folder_is_no_graph(tmp_path):
    with pytest.raises(ConfigError, match="the graph cannot be read: Is a directory"):
        read_graph(Config(file=tmp_path, format="csv"))


def test_long_and_odd_names_become_plain_ones(facts):
    (fact,) = facts("a.csv", f"subject,predicate,object\n{'x' * 300},\u202eeats\u0007,Hen\n")

    assert (len(fact.subject), fact.subject[-1], fact.predicate) == (200, "…", "eats")


def test_a_bad_file_ends_a_study_before_anything_is_asked(troupe, study, tmp_path):
    (tmp_path / "farm.csv").write_text("who,what\nFox,Hen\n", encoding="utf-8")

    printed = troupe("run", study({}, graph='file = "farm.csv"'), "--out", tmp_path / "run", "--quiet")

    assert printed.status == 2
    assert "farm.csv, line 1: there is no column subject" in printed.err
    assert "Traceback" not in printed.err


GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="p" for="edge" attr.name="predicate" attr.type="string"/>
<key id="w" for="node" attr.name="weight" attr.type="int"/>
<graph edgedefault="undirected"><node id="Fox"><data key="w">7</data></node><node id="Hen"/>
<edge source="Fox" target="Hen"><data key="p">eats</data></edge></graph></graphml>"""
WHOLE = {"csv": f"{HEAD}Fox,eats,Hen,x\n", "graphml": GRAPHML, "turtle": TURTLE}


@given(form=st.sampled_from(sorted(WHOLE)), data=st.data())
def test_a_damaged_file_is_read_or_told_to_be_one(form, data, tmp_path_factory):
    whole = WHOLE[form].encode()
    start, end = (data.draw(st.integers(0, len(whole))) for _ in range(2))
    damage = data.draw(st.binary(max_size=12) | st.sampled_from([b"<", b'"', b"."]))
    file = tmp_path_factory.mktemp("damaged") / "graph"
    file.write_bytes(whole[:start] + damage + whole[end:])

    try:
        told = str(len(read_graph(Config(file=file, format=form))))
    except ConfigError as fault:
        told = str(fault)

    assert told.startswith(str(file)) or int(told) >= 1


MILLION = """
import re, sys
from pathlib import Path
from troupe_knowledge_graph.config import Config
from troupe_knowledge_graph.fact_graph import FactGraph
from troupe_knowledge_graph.known import Known
from troupe_knowledge_graph.reading.graph_file import read_graph
graph = read_graph(Config(file=Path(sys.argv[1])))
known = Known(graph, FactGraph())
steps = known.path("Thing 5", known.name("thing 6"), 6)
# Not getrusage: what it says begins with the size of the process that started this one.
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(len(graph), len(steps), int(peak[1]) // 1024)
"""


def test_a_million_facts_are_read_within_bounds(tmp_path):
    file = tmp_path / "big.csv"
    with file.open("w", encoding="utf-8") as big:
        big.write(HEAD)
        for number in range(999_999):
            first, second = number % 250_000, (number * 7 + number // 250_000) % 250_000
            big.write(f"Thing {first},relation {number % 20},Thing {second},register {number % 3}\n")
        big.write("Thing 5,is beside,Thing 6,register 1\n" * 2)

    done = subprocess.run([sys.executable, "-c", MILLION, file], capture_output=True, text=True, check=True)

    facts, steps, megabytes = map(int, done.stdout.split())
    assert (facts, steps) == (1_000_000, 1)
    assert megabytes < 1000
