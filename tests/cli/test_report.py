"""``troupe report``: what was found in runs on one page, that shows all of it and lets nothing in or out."""

import json
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from troupe_core.display.report_page import Reported, report_page
from troupe_core.journal.findings import as_markdown, read_findings
from troupe_core.journal.run import Run
from troupe_core.values.findings import Figure, Finding, Findings, Table
from troupe_core.values.ids import EventId

TALK = '[[entries]]\nactions = [{ action = "talk", to = "all", text = "Tea <b>now</b>?" }]\n'
ANALYZED = '[simulation]\nname = "Kitchen"\nsteps = 2\n[[analyzers]]\nuse = "transcript"\n'
FOUND = {
    "title": "Tea & cake",
    "prose": "Nobody **drank**.\n\n## Why\n\nSee [this](http://example.org) ![x](http://example.org/x.png) <i>so</i>.",
    "findings": [{"text": "Ann spoke first: <script>", "events": ["0.0.5"]}, {"text": "That is all.", "events": []}],
    "tables": [{"title": "Cups", "columns": ["who", "cups"], "rows": [["Ann | Bob", 2], ["<Cid>", None]]}],
    "figures": [
        {
            "title": "Steam",
            "vega_lite": {"mark": "point", "data": {"values": [{"x": 1, "y": [2]}, {"x": 3, "z": "hot"}]}},
        }
    ],
}


class Tags(HTMLParser):
    """All tags of a page with their attributes, and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def kitchen(scripted, monkeypatch):
    """A run in the folder run-0 with a transcript and something else that was found; nothing draws figures."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    run = scripted(TALK, ANALYZED)
    (run.folder / "report" / "cups.json").write_text(json.dumps(FOUND), encoding="utf-8")
    return run


def test_the_page_shows_all_that_was_found(troupe, kitchen):
    printed = troupe("report", "run-0")

    assert (printed.status, printed.err) == (0, "")
    page = Tags(printed.out)
    for told in (
        "Kitchen",
        "Ann, Bob",
        "Finished: 2 steps, 4 turns",
        "Transcript",
        "Tea <b>now</b>?",
        "Tea & cake",
        "Ann spoke first: <script>",
        "Ann | Bob",
        "<Cid>",
    ):
        assert told in page.text
    assert page.text.index("Transcript") < page.text.index("Tea & cake")


def test_what_people_and_models_said_is_text_and_leads_nowhere(troupe, kitchen):
    page = Tags(troupe("report", "run-0").out)

    tags = [tag for tag, _ in page.tags]
    assert not {"script", "i", "b", "img", "iframe", "link"} & set(tags)
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert links == ["#run-0-0.0.5"]
    assert "[this](http://example.org)" in page.text
    assert "<i>so</i>" in page.text
    (policy,) = [each["content"] for tag, each in page.tags if tag == "meta" and "http-equiv" in each]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_a_finding_leads_to_the_events_that_bear_it_out(troupe, kitchen):
    page = Tags(troupe("report", "run-0").out)

    assert "run-0-0.0.5" in [attributes.get("id") for _, attributes in page.tags]
    rests = page.text.partition("What the findings rest on")[2]
    assert "0.0.5" in rests
    assert "Tea <b>now</b>?" in rests


def test_a_figure_that_cannot_be_drawn_is_a_table(troupe, kitchen):
    text = Tags(troupe("report", "run-0").out).text

    assert "Steam" in text
    assert "zxy" in text
    assert "It is drawn where vl-convert-python is installed; these are its data." in text


def test_a_figure_without_data_is_named_all_the_same(troupe, kitchen):
    bare = {**FOUND, "figures": [{"title": "Steam", "vega_lite": {"mark": "point"}}]}
    (kitchen.folder / "report" / "cups.json").write_text(json.dumps(bare), encoding="utf-8")

    assert "It is drawn where vl-convert-python is installed." in Tags(troupe("report", "run-0").out).text
    assert "Steam" not in troupe("report", "run-0", "--format", "md").out


def test_headings_stand_below_those_of_the_page(troupe, kitchen):
    page = troupe("report", "run-0").out

    assert "<h2>Tea &amp; cake</h2>" in page
    assert "<h4>Why</h4>" in page


def test_long_prose_is_folded_away(troupe, kitchen):
    long = {**FOUND, "prose": "Tea. " * 3000}
    (kitchen.folder / "report" / "cups.json").write_text(json.dumps(long), encoding="utf-8")

    tags = [tag for tag, _ in Tags(troupe("report", "run-0").out).tags]

    assert tags.count("details") == 1


def test_markdown_is_printed_where_it_is_asked_for(troupe, kitchen):
    printed = troupe("report", "run-0", "--format", "md")

    assert printed.out.startswith("# Kitchen\n\nAnn, Bob\n\nFinished: 2 steps, 4 turns")
    assert "\n## Tea & cake\n" in printed.out
    assert "\n### Why\n" in printed.out
    assert "!\\[x](http://example.org/x.png) &lt;i>so" in printed.out
    assert "- Ann spoke first: &lt;script> (0.0.5)\n- That is all.\n" in printed.out
    assert "### Cups\n\n| who | cups |\n| --- | --- |\n| Ann \\| Bob | 2 |\n| &lt;Cid> |  |\n" in printed.out
    assert "### Steam\n\n| z | x | y |\n| --- | --- | --- |\n|  | 1 | \\[2\\] |\n| hot | 3 |  |\n" in printed.out


def test_the_name_of_the_file_says_the_format(troupe, kitchen, tmp_path):
    markdown, page = troupe("report", "run-0", "--out", "tea.md"), troupe("report", "run-0", "--out", "tea.html")

    assert (markdown.out, page.out) == ("The report is in tea.md.\n", "The report is in tea.html.\n")
    assert (tmp_path / "tea.md").read_text(encoding="utf-8").startswith("# Kitchen")
    assert (tmp_path / "tea.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_several_runs_stand_one_after_the_other(troupe, scripted):
    scripted(TALK, ANALYZED)
    scripted(TALK, ANALYZED.replace("Kitchen", "Garden"))

    page = Tags(troupe("report", "run-0", "run-1").out)

    assert [tag for tag, _ in page.tags].count("h1") == 2
    assert page.text.index("Kitchen") < page.text.index("Garden")


def test_findings_stand_in_the_order_of_the_study(scripted):
    run = scripted(TALK, f'{ANALYZED}[[analyzers]]\nuse = "transcript"\nthoughts = true\n')
    for name in ("alpha", "zeta"):
        (run.folder / "report" / f"{name}.json").write_text(json.dumps({**FOUND, "title": name}), encoding="utf-8")

    assert [each.title for each in read_findings(run)] == ["Transcript", "Transcript", "alpha", "zeta"]


def test_a_run_in_which_nothing_was_found_says_how_to_change_that(troupe, scripted):
    scripted(TALK)

    printed = troupe("report", "run-0")

    assert printed.status == 2
    assert printed.err == (
        "troupe: run-0: nothing was found in this run: its study names no analyzers, or it has not come to its end\n"
        'Add one to the study and run it again: [[analyzers]] use = "transcript"\n'
    )


@pytest.mark.parametrize("broken", ["{", "[]", '{"title": "x"}'])
def test_findings_that_cannot_be_read_are_named(troupe, kitchen, broken):
    (kitchen.folder / "report" / "cups.json").write_text(broken, encoding="utf-8")

    printed = troupe("report", "run-0")

    assert printed.status == 2
    assert "run-0/report/cups.json: the findings cannot be read: " in printed.err
    assert "Delete the file, or put back the one that the run wrote." in printed.err


def test_a_folder_without_a_run_is_named(troupe, study, tmp_path):
    study("")

    assert "there is no such folder" in troupe("report", "nowhere").err


def test_a_file_that_cannot_be_written_is_named(troupe, kitchen):
    printed = troupe("report", "run-0", "--out", "no/such/folder.html")

    assert printed.status == 2
    assert printed.err == (
        "troupe: no/such/folder.html: the report cannot be written: No such file or directory\n"
        "Choose another file with --out.\n"
    )


TEXTS = st.text(max_size=60) | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=x>', "[a](javascript:x)"]
)
ANY = st.builds(
    Findings,
    title=TEXTS,
    prose=TEXTS,
    findings=st.lists(
        st.builds(Finding, text=TEXTS, events=st.lists(TEXTS.map(EventId), max_size=2).map(tuple)), max_size=2
    ).map(tuple),
    tables=st.lists(
        st.builds(Table, title=TEXTS, columns=st.tuples(TEXTS), rows=st.tuples(st.tuples(TEXTS))), max_size=2
    ).map(tuple),
    figures=st.builds(Figure, title=TEXTS, vega_lite=st.just({"mark": "bar", "data": {"values": [{"a": 1}]}})).map(
        lambda figure: (figure,)
    ),
)
ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
    ),
    *("ol", "li", "a", "span", "table", "tr", "th", "td", "div", "details", "summary", "strong", "em", "code", "pre"),
    *("blockquote", "hr", "br"),
}


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=ANY)
def test_no_text_becomes_anything_but_text(kitchen, found):
    page = Tags(report_page([Reported(Run.open(kitchen.folder), [found])]))

    assert {tag for tag, _ in page.tags} <= ALLOWED
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert all(each["href"].startswith("#run-0-") for tag, each in page.tags if tag == "a")
    markdown = as_markdown(found)
    assert "<" not in markdown
    assert "![" not in markdown
