# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""``troupe report`` draws the network where vl-convert-python is installed."""

import re
from base64 import b64decode

import pytest
from PIL import Image

from troupe_core.cli.main import main
from troupe_core.display.drawing import as_picture, as_png
from troupe_core.plugin import Figure

ANALYZED = '[[analyzers]]\nuse = "network-analysis"\n'


@pytest.fixture
def reported(play, capsys):
    """``troupe report`` of a run in which Ann speaks to somebody of an odd name: what it prints."""
    run = play(("Ann", "<b>Bob</b>"), [(0, "Ann", "<b>Bob</b>", "Hello.")], more=ANALYZED)

    def reported(*options):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["report", str(run.folder), *options])
        assert ended.value.code in (0, None)
        return capsys.readouterr().out

    return reported


@pytest.fixture
def page(reported):
    """The page of HTML."""
    return reported()


def pictures(page):
    """The pictures in a page."""
    found = re.findall(r'<img alt="([^"]*)" src="data:image/svg\+xml;base64,([^"]+)">', page)
    return [(title, b64decode(data).decode()) for title, data in found]


def test_both_figures_are_pictures_within_the_page(page):
    drawn = pictures(page)

    assert [title for title, _ in drawn] == ["Who speaks to whom", "Circles"]
    assert all(picture.startswith("<svg") for _, picture in drawn)
    assert all("Ann" in picture and "&lt;b&gt;Bob&lt;/b&gt;" in picture for _, picture in drawn)
    assert "<b>" not in page
    assert "these are its data" not in page


def test_a_page_of_markdown_has_its_pictures_beside_it(reported, tmp_path):
    told = reported("--out", str(tmp_path / "the report.md"))

    text = (tmp_path / "the report.md").read_text(encoding="utf-8")
    assert told == f"The report is in {tmp_path / 'the report.md'}.\n"
    for number, title in ((1, "Who speaks to whom"), (2, "Circles")):
        assert f"### {title}\n\n![](<the report_files/figure-{number}.png>)" in text
        with Image.open(tmp_path / "the report_files" / f"figure-{number}.png") as picture:
            assert picture.format == "PNG"
            assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 2


def test_printed_markdown_tells_figures_by_their_data(reported):
    told = reported("--format", "md")

    assert "![" not in told
    assert "| person | circle | place | weight |" in told


def test_what_would_fetch_something_is_not_drawn():
    from_outside = Figure(title="x", vega_lite={"data": {"url": "http://127.0.0.1:9/x.csv"}, "mark": "bar"})

    assert as_picture(from_outside) is None
    assert as_png(from_outside) is None


def test_what_is_no_figure_is_not_drawn():
    assert as_picture(Figure(title="x", vega_lite={"mark": "nothing such"})) is None


def test_a_figure_that_cannot_be_drawn_is_a_table_in_the_page(play, capsys):
    run = play(("Ann", "Bob"), [(0, "Ann", "Bob", "Hello.")], more=ANALYZED)
    file = run.folder / "report" / "network-analysis.json"
    broken = re.sub(
        r'"mark":\{"tooltip":true,"type":"rect"\}', '"mark":"nothing such"', file.read_text(encoding="utf-8")
    )
    file.write_text(broken, encoding="utf-8")
    capsys.readouterr()

    with pytest.raises(SystemExit):
        main(["report", str(run.folder)])

    told = capsys.readouterr().out
    assert [title for title, _ in pictures(told)] == ["Circles"]
    assert "It cannot be drawn; these are its data." in told
