"""What values look like in a notebook: small HTML in which text from outside stays text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.values.html import HUES, Html, card, colour_of, escaped, figures, folded, line, rows, table
from troupe_core.values.persona import Persona

NASTY = '<script>alert("1" + \'2\')</script> & "quotes"'
TAGS = {"b", "br", "code", "details", "div", "span", "strong", "summary", "table", "td", "th", "tr"}
DRAWN = {
    "card": lambda text: card(text, text, note=text),
    "rows": lambda text: rows([(text, text)]),
    "table": lambda text: table([text], [[text]]),
    "figures": lambda text: figures([(text, text)]),
    "folded": lambda text: folded(text, text),
    "line": line,
    "colour_of": lambda text: colour_of(text, {}),
}


class Read(HTMLParser):
    """What a browser makes of it: its tags, their attributes, its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
@given(text=st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=30) | st.just(NASTY))
def test_whatever_text_is_drawn_it_stays_text(draw, text):
    html = draw(text)

    read = Read(html)
    assert text in read.text
    assert set(read.tags) <= TAGS
    assert read.attributes <= {"style"}
    assert not read.open
    assert isinstance(html, Html)


def test_what_is_html_already_is_not_escaped_again():
    assert escaped(Html("<b>bold</b>")) == "<b>bold</b>"
    assert "<b>bold</b>" in card("A card", Html("<b>bold</b>"))


def test_long_text_is_cut_and_half_characters_are_replaced():
    assert len(escaped("x" * 10_000)) == 4_001
    assert escaped("a \ud800 b").encode() == b"a ? b"


def test_parts_of_a_card_that_are_empty_leave_no_gap():
    assert card("Ann", rows([]), "", None) == card("Ann")


def test_everybody_keeps_their_colour_and_no_two_neighbours_share_one():
    colours = dict[str, str]()

    ann, bob, again = (colour_of(name, colours) for name in ("Ann", "Bob", "Ann"))

    assert ann == again
    assert HUES[0] in ann
    assert HUES[1] in bob


LISA = Persona(
    name=NASTY,
    age=28,
    nationality="Canadian",
    residence=NASTY,
    occupation={"title": "Data scientist", "organization": NASTY},
    personality={"traits": ["curious.", NASTY], "big_five": {"openness": "high"}},
    beliefs=[NASTY],
    facts={NASTY: NASTY},
    extra={"weight": 1.5, NASTY: NASTY},
)


def test_a_persona_is_a_card_in_which_her_words_stay_words():
    read = Read(LISA._repr_html_())

    assert set(read.tags) <= TAGS
    assert read.text.count("<script>") == 9
    for words in ("28 years old", "Canadian", "Data scientist", "Big five openness", "Never told to the model", "1.5"):
        assert words in read.text


def test_what_somebody_does_for_a_living_stands_beside_their_age():
    read = Read(Persona(name="Ann", age=41, occupation="baker", residence="Ghent")._repr_html_())

    assert read.text == "Ann41 years old · baker · lives in Ghent"


def test_of_a_long_description_the_first_rows_show_and_the_others_are_folded():
    persona = Persona(name="Ann", facts={f"fact {number}": f"no. {number}" for number in range(20)})

    shown, _, folded_away = persona._repr_html_().partition("<details>")

    assert "no. 7<" in shown
    assert "no. 8<" not in shown
    assert "12 more" in folded_away
    assert "no. 19<" in folded_away


def test_nothing_is_fetched_from_elsewhere():
    html = LISA._repr_html_() + "".join(draw("x") for draw in DRAWN.values())

    for way_out in ("http", "url(", "src=", "href=", "@import"):
        assert way_out not in html


def test_a_table_that_is_wider_than_the_page_is_moved_and_not_broken_within_words():
    drawn = table(["event"], [["0.0.5"]])

    assert drawn.startswith('<div style="overflow-x:auto"><table style="')
    assert "overflow-wrap:break-word" in drawn
