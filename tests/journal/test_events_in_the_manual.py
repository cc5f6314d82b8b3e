"""The manual says of each kind of event what it holds."""

import re

import pytest
from repository.places import DOCS

from troupe_core.values.event import EVENT_KINDS

STUDY = """
[simulation]
steps = 3
[[agents]]
persona = { name = "Ann" }
[[agents]]
persona = { name = "Bob" }
[[stimuli]]
at = 0
to = ["Bob"]
text = "A letter."
"""


@pytest.fixture(scope="module")
def told():
    """What the table says of `data`, by kind."""
    page = (DOCS / "reference" / "values.md").read_text(encoding="utf-8")
    table = page.partition("### What each kind of event holds")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|(.*)\|$", table, flags=re.MULTILINE)
    return {kind: set(re.findall(r"`(\w+)`", data)) for kind, data in rows}


def test_each_kind_has_its_row(told):
    assert tuple(told) == EVENT_KINDS


def test_what_an_event_holds_stands_in_its_row(told, troupe_run, scripted_llm):
    llm = scripted_llm(
        [
            {"agent": "Ann", "step": 0, "actions": [{"action": "talk", "to": "Bob", "text": "Hello!"}]},
            {"agent": "Ann", "step": 1, "actions": [{"action": "talk", "to": "all", "text": " "}]},
            {"agent": "Bob", "step": 1, "actions": [{"action": "no such thing"}]},
            {"actions": [{"action": "wait"}]},
        ]
    )

    run = troupe_run(STUDY, llm=llm)

    events = list(run.events())
    untold = {(event.kind, key) for event in events for key in event.data} - {
        (kind, key) for kind, keys in told.items() for key in keys
    }
    assert not untold
    assert {event.kind for event in events} >= {"run", "step", "stimulus", "percept", "answer", "outcome", "failure"}
