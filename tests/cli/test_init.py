"""``troupe init``: a small study to start from."""

import pytest

from troupe_core.journal.run import Run


def test_what_it_writes_runs(troupe, study):
    study("")

    printed = troupe("init", "tea")

    assert (printed.status, printed.err) == (0, "")
    assert printed.out.splitlines() == [
        "wrote tea/study.toml",
        "wrote tea/personas/ada.toml",
        "wrote tea/personas/ben.toml",
        "Run it with: troupe run tea/study.toml",
    ]
    assert troupe("run", "tea/study.toml", "--out", "here", "--quiet").status == 0
    run = Run.open("here")
    assert list(run.personas) == ["Ada", "Ben"]
    assert (run.status, run.stats()["steps"]) == ("finished", 4)
    assert len(list(run.events(kind="failure"))) == 0
    assert (run.folder / "report" / "transcript.md").is_file()


def test_an_empty_folder_will_do(troupe, study, tmp_path):
    study("")
    (tmp_path / "tea").mkdir()

    assert troupe("init", "tea").status == 0


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("full", "full: this is there already, and nothing is overwritten\nGive a new folder."),
        ("file", "file: this is there already, and nothing is overwritten\nGive a new folder."),
        ("file/tea", "file/tea: cannot be written: Not a directory\nGive another folder."),
    ],
)
def test_nothing_is_ever_overwritten(troupe, study, tmp_path, folder, words):
    study("", file="mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "study.toml").write_text("mine")

    printed = troupe("init", folder)

    assert (printed.status, printed.out) == (2, "")
    assert printed.err == f"troupe: {words}\n"
    assert (tmp_path / "full" / "study.toml").read_text() == "mine"
