"""A study in a real notebook: a kernel runs the cells, and what stands below them is read."""

import pytest

nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: see `tox run -e notebook`")
nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed: see `tox run -e notebook`")
pytest.importorskip("ipykernel", reason="ipykernel is not installed: see `tox run -e notebook`")

STUDY = """
[simulation]
name = "Tea & talk"
steps = 3
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
latency = 0.1
[[agents]]
persona = { name = "Ann", age = 41, occupation = "baker", beliefs = ["<script>alert(1)</script>"] }
[[agents]]
persona = { name = "Bob" }
"""

SCRIPT = """
[[entries]]
actions = [{ action = "talk", to = "all", text = "Tea? <script>alert('1')</script>" }]
"""

CELLS = {
    "import": "from troupe_core import Run, Simulation",
    "make": 'simulation = Simulation.from_file("study.toml")',
    "run": 'run = await simulation.run("run")',
    "card": "run",
    "transcript": "run.transcript()",
    "printed": "print(run.transcript())",
    "persona": 'run.personas["Ann"]',
    "frame": "run.to_frame(kind='outcome')",
    "polars": "run.transcript().to_frame(library='polars')",
    "sync": "simulation.run_sync()",
}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What stands below each cell, once all of them have run."""
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "study.toml").write_text(STUDY)
    (folder / "script.toml").write_text(SCRIPT)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in CELLS.values()])
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return {name: cell.outputs for name, cell in zip(CELLS, notebook.cells, strict=True)}


def html_of(outputs):
    (output,) = outputs
    assert output.output_type in ("display_data", "execute_result"), output
    return output.data["text/html"]


def test_no_cell_says_anything_that_it_was_not_asked(outputs):
    assert outputs["import"] == outputs["make"] == []


def test_a_run_leaves_one_line_below_its_cell(outputs):
    (output,) = outputs["run"]

    assert output.output_type == "display_data"
    assert output.data["text/plain"].startswith("✓ Finished · 3 steps · 6 model calls · $0.00 · ")
    assert output.data["text/plain"].endswith(" s · run")
    assert output.data["text/html"].startswith("<pre")


def test_a_run_shows_its_card(outputs):
    html = html_of(outputs["card"])

    assert "Tea &amp; talk" in html
    assert "finished" in html
    assert "Ann, Bob" in html
    assert outputs["card"][0].data["text/plain"] == "<Run run: finished, 3 steps>"


@pytest.mark.parametrize("cell", ["card", "transcript", "persona"])
def test_what_people_say_stays_text(outputs, cell):
    html = html_of(outputs[cell])

    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_a_transcript_is_shown_and_printed(outputs):
    (printed,) = outputs["printed"]

    assert html_of(outputs["transcript"]).count("Tea?") == 6
    assert printed.text.startswith("Tea & talk: Ann, Bob\n\n── Step 0 ")


def test_a_persona_shows_her_card(outputs):
    assert "41 years old · baker" in html_of(outputs["persona"])


@pytest.mark.parametrize(("cell", "library"), [("frame", "pandas"), ("polars", "polars")])
def test_frames_are_tables(outputs, cell, library):
    pytest.importorskip(library, reason=f"{library} is not installed: see `tox run -e notebook`")

    assert "<table" in html_of(outputs[cell])
    assert "Ann" in html_of(outputs[cell])


def test_run_sync_says_await(outputs):
    (error,) = outputs["sync"]

    assert error.output_type == "error"
    assert error.evalue == "an event loop runs already, as in a notebook\nWrite: await simulation.run()"
