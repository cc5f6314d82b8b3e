"""A persona in words: every field on a line of its own, nothing twice, `extra` never."""

from troupe_core.agent.persona_text import persona_text
from troupe_core.plugin import JSON, Persona


def test_fields_stand_in_their_order_lists_as_clauses_and_tables_behind_them():
    persona = Persona(
        name="Lisa",
        age=28,
        occupation={"title": "Data Scientist", "organization": "Microsoft"},
        personality={"traits": ["You are curious.", "You are kind."], "big_five": {"openness": "High."}},
        beliefs=["Data is power."],
        facts={"pets": "a cat", "drives": False, "sings": True, "height": 1.7, "nothing": None, "empty": []},
        extra={"weight": 3},
    )

    assert persona_text(persona).split("\n") == [
        "Age: 28",
        "Beliefs: Data is power",
        "Pets: a cat",
        "Drives: no",
        "Sings: yes",
        "Height: 1.7",
        "# Occupation",
        "Title: Data Scientist",
        "Organization: Microsoft",
        "# Personality",
        "Traits: You are curious; You are kind",
        "Big five openness: High.",
    ]


def test_people_in_a_list_are_told_by_their_names():
    relationships: list[dict[str, JSON]] = [
        {"name": "Marie", "description": "your oldest\nfriend."},
        {"Name": "Jo", "age": 4, "likes": "trains"},
        {"title": "Head of"},
        {"hair": "red", "eyes": None, "hands": "large"},
    ]

    told = persona_text(Persona(name="Lisa", relationships=relationships))

    assert told == (
        "Relationships: Marie: your oldest friend; Jo: age 4, likes trains; Head of; Hair: red, Hands: large"
    )


def test_a_line_break_in_a_text_does_not_break_the_line():
    assert persona_text(Persona(name="Lisa", style="Short.\n\nDry.")) == "Style: Short. Dry."


def test_an_empty_entry_of_a_table_is_left_out():
    assert persona_text(Persona(name="Lisa", skills={"languages": [], "tools": None, "sports": "chess"})) == (
        "# Skills\nSports: chess"
    )
