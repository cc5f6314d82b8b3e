"""The folder of a run, and the pictures, sounds and documents in it."""

import pytest

from troupe_core.errors import RunFolderError
from troupe_core.journal.blobs import Blobs
from troupe_core.journal.folder import free_folder, make_run_folder

PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Checkout-free grocery: first reactions", "checkout-free-grocery-first-reactions-1"),
        ("../../etc", "etc-1"),
        ("会議", "run-1"),
        ("x" * 200, f"{'x' * 60}-1"),
    ],
)
def test_a_run_is_called_as_its_study(tmp_path, name, folder):
    assert free_folder(tmp_path, name) == tmp_path / folder


def test_the_first_number_that_is_free_is_taken(tmp_path):
    for number in (1, 2, 4):
        (tmp_path / f"tea-{number}").mkdir()

    assert free_folder(tmp_path, "Tea") == tmp_path / "tea-3"


def test_a_new_folder_has_its_shape_whether_it_was_there_or_not(tmp_path):
    (tmp_path / "there").mkdir()

    for name in ("there", "new/and/deep"):
        make_run_folder(tmp_path / name)
        assert sorted(each.name for each in (tmp_path / name).iterdir()) == ["blobs", "report"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(RunFolderError, match="this folder is not empty"):
        make_run_folder(tmp_path)

    (tmp_path / "journal.db").write_bytes(b"")
    with pytest.raises(RunFolderError, match="this folder already holds a run"):
        make_run_folder(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["journal.db", "mine.txt"]


def test_a_blob_is_got_by_its_hash(tmp_path):
    blobs = Blobs(tmp_path)

    ref = blobs.put(PICTURE, "image/png")

    assert len(ref) == 64
    assert blobs.get(ref) == PICTURE
    assert [each.name for each in tmp_path.iterdir()] == [f"{ref}.png"]


def test_the_same_bytes_are_kept_once_whatever_they_are_called(tmp_path):
    blobs = Blobs(tmp_path)

    refs = {blobs.put(PICTURE, kind) for kind in ("image/png", "image/jpeg", "application/vnd.odd+xml", "")}

    assert len(refs) == len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("media_type", ["../../x", "image/../../x", "", "image/svg+xml", "IMAGE/PNG"])
def test_a_media_type_never_leads_out_of_the_folder(tmp_path, media_type):
    blobs = Blobs(tmp_path / "blobs")
    (tmp_path / "blobs").mkdir()

    ref = blobs.put(PICTURE, media_type)

    assert blobs.get(ref) == PICTURE
    assert [each.name for each in tmp_path.iterdir()] == ["blobs"]


def test_bytes_that_are_no_longer_those_of_their_hash_are_not_given_out(tmp_path):
    blobs = Blobs(tmp_path)
    ref = blobs.put(PICTURE, "image/png")
    (tmp_path / f"{ref}.png").write_bytes(PICTURE[:-1])

    with pytest.raises(KeyError, match=ref):
        blobs.get(ref)


@pytest.mark.parametrize("ref", ["0" * 64, "", "*", "../journal.db", "0" * 63])
def test_what_was_never_kept_is_not_there(tmp_path, ref):
    Blobs(tmp_path).put(PICTURE, "image/png")

    with pytest.raises(KeyError):
        Blobs(tmp_path).get(ref)


def test_what_was_half_written_is_neither_given_out_nor_in_the_way(tmp_path):
    blobs = Blobs(tmp_path)
    ref = blobs.put(PICTURE, "image/png")
    (tmp_path / f"{ref}.png").rename(tmp_path / f".{ref}.png.partial")

    with pytest.raises(KeyError):
        blobs.get(ref)
    assert blobs.put(PICTURE, "image/png") == ref
    assert blobs.get(ref) == PICTURE
