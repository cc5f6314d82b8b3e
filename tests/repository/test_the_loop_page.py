"""The page on the loop is true: each arrow is in the file that it names."""

import re

import pytest
from repository.places import ROOT

PAGE = ROOT / "docs" / "explanation" / "the-loop.md"
ARROWS = re.findall(r"^\| \d \| `(\w+)` \|.*\| `([\w/.]+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_there_are_nine_arrows():
    assert len(ARROWS) == 9


@pytest.mark.parametrize(("arrow", "file"), ARROWS)
def test_an_arrow_is_where_the_page_says(arrow, file):
    assert re.search(rf"(?:\.|def ){arrow}\(", (ROOT / file).read_text(encoding="utf-8"))


def test_every_file_that_the_page_names_is_there():
    named = re.findall(r"`(troupe_core/[\w/]+\.py)`", PAGE.read_text(encoding="utf-8"))

    assert [name for name in named if not (ROOT / name).is_file()] == []
