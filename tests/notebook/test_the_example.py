"""The example of a study in a notebook runs from its first cell to its last, and shows what it promises."""

from pathlib import Path

import pytest

nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: see `tox run -e notebook`")
nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed: see `tox run -e notebook`")
pytest.importorskip("ipykernel", reason="ipykernel is not installed: see `tox run -e notebook`")
pytest.importorskip("pandas", reason="pandas is not installed: see `tox run -e notebook`")

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "notebook" / "study.ipynb"


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The notebook after all cells have run: what stands below each, by the first line of its code."""
    notebook = nbformat.read(EXAMPLE, as_version=4)
    resources = {"metadata": {"path": str(tmp_path_factory.mktemp("notebook"))}}
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    return {cell.source.splitlines()[-1]: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}


def html_of(outputs):
    return outputs[-1].data["text/html"]


def test_it_is_kept_without_outputs():
    cells = nbformat.read(EXAMPLE, as_version=4).cells

    assert [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []


def test_personas_runs_and_agents_show_themselves(ran):
    assert "owner of a printing house" in html_of(ran["ida"])
    assert "four-day-week" in html_of(ran["run"])
    assert "Jo Petersen" in html_of(ran["jo_afterwards"])


def test_the_talk_can_be_read_and_counted(ran):
    assert "the same wages, and 10 percent fewer hours" in html_of(ran["run.transcript()"])
    assert "Lena Vogt" in ran['said["agent"].value_counts()'][0].data["text/plain"]


def test_everybody_votes_with_every_seed(ran):
    rows = ran["pd.DataFrame(by_seed)"][-1].data["text/plain"].splitlines()

    assert rows[0].split() == ["seed", "1", "seed", "2", "seed", "3"]
    assert [row.split()[0] for row in rows[1:]] == ["Ida", "Jo", "Lena", "Max"]
    assert {vote for row in rows[1:] for vote in row.split()[2:]} == {"True", "False"}


def test_the_same_seed_is_the_same_run(ran):
    assert ran["again.digest() == run.digest()"][-1].data["text/plain"] == "True"
