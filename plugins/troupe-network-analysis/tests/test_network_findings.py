# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""From what was said to ties, measures, findings, tables and figures."""

import json

from troupe_core import Run

PEOPLE = ("Ann", "Bob", "Cid", "Dan")


def table(findings, number):
    """The rows of a table as objects."""
    chosen = findings.tables[number]
    return [dict(zip(chosen.columns, row, strict=True)) for row in chosen.rows]


def pairs(findings):
    """The weight of each tie."""
    return {(row["from"], row["to"]): row["weight"] for row in table(findings, 1)}


def texts(findings):
    """The statements."""
    return [each.text for each in findings.findings]


def test_a_line_said_to_somebody_is_a_tie_and_a_line_to_all_is_shared_among_those_who_heard_it(play, analyzed):
    run = play(PEOPLE, [(0, "Ann", "Bob", "Hello, Bob."), (1, "Ann", "all", "Hello, all.")])

    found = analyzed(run)

    assert pairs(found) == {("Ann", "Bob"): 1.33, ("Ann", "Cid"): 0.33, ("Ann", "Dan"): 0.33}
    assert table(found, 1)[0] == {"from": "Ann", "to": "Bob", "weight": 1.33, "lines by name": 1, "lines in all": 2}


def test_what_nobody_heard_any_more_ties_nobody(play, analyzed):
    run = play(PEOPLE, [(0, "Ann", "all", "Hello."), (2, "Bob", "all", "Good night.")])

    found = analyzed(run)

    assert {speaker for speaker, _ in pairs(found)} == {"Ann"}
    assert "1 line to all reached nobody; no tie counts them." in texts(found)


def test_only_what_was_said_by_name_can_be_made_to_count(play, analyzed):
    run = play(PEOPLE, [(0, "Ann", "all", "Hello."), (0, "Bob", "Ann", "Hello, Ann.")])

    assert pairs(analyzed(run, addressed_only=True)) == {("Bob", "Ann"): 1.0}


def test_other_kinds_can_be_made_to_count(play, analyzed):
    run = play(PEOPLE, [(0, "Bob", "Ann", "Hello, Ann.")])

    assert pairs(analyzed(run, kinds=("mail",))) == {}
    assert pairs(analyzed(run, kinds=("mail", "talk"))) == {("Bob", "Ann"): 1.0}


def test_everybody_is_measured(play, analyzed):
    lines = [(0, "Ann", "Bob", "1"), (1, "Bob", "Ann", "2"), (1, "Ann", "Bob", "3"), (0, "Cid", "Ann", "4")]

    rows = {row["person"]: row for row in table(analyzed(play(PEOPLE, lines)), 0)}

    assert rows["Ann"] == {
        "person": "Ann",
        "lines": 2,
        "spoken": 2.0,
        "heard": 2.0,
        "spoke to": 1,
        "heard from": 2,
        "reciprocity": 0.5,
        "circle": 1,
    }
    assert rows["Dan"] == {
        "person": "Dan",
        "lines": 0,
        "spoken": 0,
        "heard": 0,
        "spoke to": 0,
        "heard from": 0,
        "reciprocity": None,
        "circle": 2,
    }


def test_the_findings_say_what_is_to_be_seen_and_cite_the_lines(play, analyzed):
    lines = [(0, "Ann", "Bob", "1"), (1, "Ann", "Bob", "2"), (2, "Ann", "Cid", "3"), (1, "Cid", "Bob", "4")]
    run = play(PEOPLE, lines)

    found = analyzed(run)

    assert texts(found) == [
        "Ann says most: 3 of 4 lines (75%).",
        "Bob is spoken to most, by 2 people.",
        "The strongest tie is from Ann to Bob: 2 lines by name, weight 2.0.",
        "Ann speaks to Bob by name 2 times, and Bob never to Ann.",
        "Bob and Dan said nothing.",
    ]
    said = {event.data["text"]: event.id for event in run.events(kind="stimulus")}
    assert [each.events for each in found.findings] == [
        (said["1"], said["2"], said["3"]),
        (said["1"], said["2"], said["4"]),
        (said["1"], said["2"]),
        (said["1"], said["2"]),
        (),
    ]


def test_who_says_equally_much_is_named_together(play, analyzed):
    found = analyzed(play(("Ann", "Bob", "Cid"), [(0, "Ann", "Bob", "1"), (0, "Bob", "Ann", "2")]))

    assert texts(found)[0] == "Ann and Bob say most: 1 of 2 lines each (50%)."


def test_where_all_say_equally_much_nobody_says_most(play, analyzed):
    lines = [(0, "Ann", "Bob", "1"), (0, "Bob", "Ann", "2"), (0, "Cid", "Ann", "3")]

    assert texts(analyzed(play(("Ann", "Bob", "Cid"), lines)))[0] == "Everybody says equally much: 1 of 3 lines each."


def test_the_prose_tells_how_mutual_it_is_and_which_circles_there_are(play, analyzed):
    lines = [
        (step, who, to, "…")
        for step in range(3)
        for who, to in (("Ann", "Bob"), ("Bob", "Ann"), ("Cid", "Dan"), ("Dan", "Cid"))
    ]

    found = analyzed(play(PEOPLE, lines))

    assert found.prose == (
        "Among 4 people, 4 of 12 possible ties (33%) carry something. "
        "Reciprocity is 1.00: nearly everything is answered. "
        "There are 2 circles (modularity 0.50): Ann and Bob; Cid and Dan."
    )
    assert [each.text for each in found.findings][-2:] == ["Circle 1: Ann and Bob.", "Circle 2: Cid and Dan."]


def test_where_nobody_speaks_there_is_little_to_say(play, analyzed):
    found = analyzed(play(PEOPLE, []))

    assert found.prose == "Among 4 people nobody said anything that another one heard."
    assert (texts(found), found.figures) == ([], ())
    assert [row["circle"] for row in table(found, 0)] == [1, 2, 3, 4]


def test_a_finding_cites_a_dozen_events_at_most(play, analyzed):
    run = play(("Ann", "Bob"), [(step, "Ann", "Bob", str(step)) for step in range(20)], steps=20)

    cited = analyzed(run).findings[0].events

    said = [event.id for event in run.events(kind="stimulus")]
    assert cited == (*said[:6], *said[-6:])


def test_several_runs_are_networks_of_their_own(play, analyzed):
    first = play(("Ann", "Bob"), [(0, "Ann", "Bob", "1")])
    second = play(("Ann", "Bob"), [(0, "Bob", "Ann", "1")])

    found = analyzed(first, second)

    assert [each.title for each in found.tables] == ["People: run-0", "Pairs: run-0", "People: run-1", "Pairs: run-1"]
    assert found.prose.startswith("**run-0** Among 2 people")


def rows_of(figure):
    """The data that the whole figure shows."""
    return figure.vega_lite["datasets"][figure.vega_lite["data"]["name"]]


def test_the_figures_hold_their_own_data_and_show_no_more_than_asked(play, analyzed):
    lines = [(0, "Ann", "Bob", "1"), (0, "Bob", "Ann", "2"), (0, "Cid", "Ann", "3"), (0, "Dan", "Cid", "4")]

    matrix, ring = analyzed(play(PEOPLE, lines), most_drawn=2).figures

    assert matrix.title == "Who speaks to whom (2 of 4 people)"
    assert [(row["from"], row["to"]) for row in rows_of(matrix)] == [("Ann", "Bob"), ("Bob", "Ann")]
    assert [row["person"] for row in rows_of(ring)] == ["Ann", "Bob"]
    assert '"url"' not in json.dumps([matrix.vega_lite, ring.vega_lite])


def test_a_long_table_of_pairs_is_cut_and_says_so(play, analyzed):
    lines = [(0, "Ann", "Bob", "1"), (1, "Ann", "Bob", "2"), (0, "Bob", "Ann", "3")]

    found = analyzed(play(("Ann", "Bob"), lines), most_pairs=1)

    assert found.tables[1].title == "Pairs, the first 1 of 2"
    assert [row["to"] for row in table(found, 1)] == ["Bob"]


def test_a_voice_that_is_nobody_counts_and_is_said_to_be_none(play, analyzed):
    more = '[[stimuli]]\nat = 0\nkind = "talk"\ntext = "Hello."\n'
    run = play(("Ann", "Bob"), [(0, "Ann", "Bob", "1")], more=more)

    class Voiced:
        """The same run, in which somebody without a persona spoke to Bob."""

        folder, personas = run.folder, run.personas

        def events(self, *, kind=None, agent=None):
            for event in run.events(kind=kind, agent=agent):
                voice = event.kind == "stimulus" and event.agent is None
                yield (
                    type(event)(**{**_fields(event), "data": {**event.data, "source": "Voice", "to": ["Bob"]}})
                    if (voice)
                    else event
                )

    found = analyzed(Voiced())

    assert pairs(found) == {("Voice", "Bob"): 1.0, ("Ann", "Bob"): 1.0}
    assert found.prose.endswith("Voice is no person of the run, but a voice that people speak with.")


def _fields(event):
    from attrs import fields

    return {each.name: getattr(event, each.name) for each in fields(type(event))}


def test_a_study_names_it_and_its_findings_lie_in_the_report(play):
    more = '[[analyzers]]\nuse = "network-analysis"\n'

    run = play(("Ann", "Bob"), [(0, "Ann", "Bob", "Hello.")], more=more)

    kept = json.loads((run.folder / "report" / "network-analysis.json").read_text(encoding="utf-8"))
    assert kept["title"] == "Who speaks to whom"
    assert len(kept["figures"]) == 2
    assert (run.folder / "report" / "network-analysis.md").read_text(encoding="utf-8").startswith("# Who speaks")
    assert not [event for event in Run.open(run.folder).events(kind="note") if "problem" in event.data]
