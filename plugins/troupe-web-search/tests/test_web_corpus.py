# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A folder of documents: what is found in it, in which order, and that nothing leaves it."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from troupe_web_search.ranking import Ranking, passage, words_of
from web_using import read, search, use

from troupe_core.plugin import ConfigError


def found(outcome):
    return [line.partition("(corpus:")[2].partition("): ")[0] for line in outcome.text.splitlines()[1:]]


def test_texts_markdown_and_pages_are_documents_in_all_folders_within(folder):
    (folder / "more" / "deep").mkdir(parents=True)
    (folder / "more" / "a note.txt").write_text("owls at noon")
    (folder / "more" / "deep" / "owl.HTML").write_text("<title>Owls</title><body><p>All owls sleep.</p>")
    (folder / "more" / "owls.csv").write_text("owls")
    (folder / ".hidden.md").write_text("owls")
    (folder / ".git").mkdir()
    (folder / ".git" / "owls.md").write_text("owls")

    outcome = search({"folder": folder}, "owls")

    assert sorted(found(outcome)) == ["more/a note.txt", "more/deep/owl.HTML"]
    assert "Owls (corpus:more/deep/owl.HTML): All owls sleep." in outcome.text
    assert "a note (corpus:more/a note.txt): owls at noon" in outcome.text


def test_what_fits_equally_well_stands_in_the_order_of_its_path(folder):
    for name in ("c.txt", "a.txt", "b.txt"):
        (folder / name).write_text("a heron stands still")

    assert found(search({"folder": folder}, "heron")) == ["a.txt", "b.txt", "c.txt"]


def test_an_excerpt_begins_where_a_page_fits_best(folder):
    (folder / "long.md").write_text(
        "# Birds\n\nMany words. And more.\n\nThen a kingfisher dives. It eats. " + "x " * 500
    )

    assert (
        "Birds (corpus:long.md): Then a kingfisher dives. It eats. x x" in search({"folder": folder}, "kingfisher").text
    )


def test_a_title_counts_too(folder):
    (folder / "moth.md").write_text("# Moths\n\nThey fly at night.")

    assert found(search({"folder": folder}, "moths")) == ["moth.md"]


def test_a_page_is_read_with_its_title_and_address(corpus):
    outcome = read(corpus, "corpus:tills.md")

    assert outcome.text == (
        "A shop without tills (corpus:tills.md)\nPeople walk in and out of the shop. Nobody scans anything at all."
    )


def test_an_address_without_its_beginning_will_do(corpus):
    assert read(corpus, " tills.md ").status == "done"


def test_a_page_that_is_not_there_names_the_nearest(corpus):
    outcome = read(corpus, "corpus:till.md")

    assert outcome.status == "refused"
    assert outcome.text == 'there is no page "corpus:till.md"\nDid you mean corpus:tills.md?'


@pytest.mark.parametrize("address", ["corpus:../secret.txt", "corpus:/etc/passwd", "https://example.com/", "corpus:"])
def test_no_other_page_is_read(corpus, folder, address):
    (folder.parent / "secret.txt").write_text("secret")

    outcome = read(corpus, address)

    assert outcome.text == f'there is no page "{address}"\nSearch, and take an address that was found.'


def test_what_becomes_of_a_file_during_a_run_changes_nothing(corpus, folder):
    before = read(corpus, "corpus:tills.md")

    after = read(corpus, "corpus:tills.md", once_open=(folder / "tills.md").unlink)

    assert after == before


def test_no_folder_is_told():
    with pytest.raises(ConfigError) as wrong:
        search({"provider": "corpus"}, "owl")

    assert str(wrong.value) == (
        'web-search: provider = "corpus" needs a folder of documents\n'
        'Write folder = "documents", with .txt, .md or .html files in it.'
    )


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigError, match=r"web-search, .*nowhere: there is no such folder\nWrite folder = … with"):
        search({"folder": tmp_path / "nowhere"}, "owl")


def test_a_folder_without_documents_is_told(tmp_path):
    with pytest.raises(ConfigError, match=r"there is no document in it\nPut \.txt, \.md or \.html files there\."):
        search({"folder": tmp_path}, "owl")


def test_a_link_out_of_the_folder_is_told(folder):
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "innocent.txt").symlink_to(folder.parent / "secret.txt")

    with pytest.raises(ConfigError, match=r"innocent\.txt: leads out of the folder of documents\nPut the document its"):
        search({"folder": folder}, "secret")


def test_a_folder_that_is_a_link_is_not_entered(folder):
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (folder / "inside").symlink_to(outside)

    assert search({"folder": folder}, "secret").text.startswith("Nothing was found")


def test_a_document_that_is_too_large_is_told(folder):
    (folder / "big.txt").write_text("x" * 1001)

    with pytest.raises(ConfigError, match=r"big\.txt: is larger than 1000 bytes\nDivide it, or raise page_bytes\."):
        search({"folder": folder, "page_bytes": 1000}, "x")


def test_a_document_with_a_name_that_cannot_be_written_is_told(folder):
    (folder / "two\nlines.txt").write_text("x")

    with pytest.raises(ConfigError, match=r"a document in it has a name that cannot be written\nRename it\."):
        search({"folder": folder}, "x")


def test_a_document_that_is_no_text_is_told(folder):
    (folder / "photo.txt").write_bytes(b"\x89PNG\0\0\0")

    with pytest.raises(ConfigError, match=r"photo\.txt: is no text\nTake it out of the folder of documents\."):
        search({"folder": folder}, "x")


def test_documents_in_old_charsets_are_read(folder):
    (folder / "old.txt").write_bytes("Die Bäckerei schließt.".encode("cp1252"))
    (folder / "wide.txt").write_text("Eine Käserei öffnet.", encoding="utf-16")

    bakery, cheese = use(
        {"folder": folder}, ("web_search", {"query": "BÄCKEREI"}), ("web_search", {"query": "käserei"})
    )

    assert "(corpus:old.txt): Die Bäckerei schließt." in bakery.text
    assert "(corpus:wide.txt): Eine Käserei öffnet." in cheese.text


def test_writing_without_spaces_is_searched_by_its_characters(folder):
    (folder / "ja.txt").write_text("夜の図書館は静かです。")

    assert found(search({"folder": folder}, "図書館")) == ["ja.txt"]


def test_two_processes_find_the_same_in_the_same_order(folder, tmp_path):
    for number in range(50):
        (folder / f"{number}.txt").write_text(f"bread and {'butter ' * (number % 7)} for {number % 5} people")
    program = tmp_path / "search.py"
    program.write_text(
        f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r})\n"
        f"from pathlib import Path; from web_using import search\n"
        f"print(search({{'folder': Path({str(folder)!r}), 'results': 20}}, 'butter for 3 people').text)"
    )
    printed = [
        subprocess.run(
            [sys.executable, str(program)], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]

    assert printed[0] == printed[1]
    assert printed[0].count(b"\n") == 21


WORDS = st.lists(st.sampled_from(["owl", "heron", "kingfisher", "moth", "bat"]), max_size=6).map(" ".join)


@given(st.lists(WORDS, max_size=8), WORDS)
def test_exactly_the_texts_with_a_word_of_the_query_are_found(texts, query):
    best = Ranking(texts).best(query, len(texts))

    assert set(best) == {n for n, text in enumerate(texts) if set(words_of(text)) & set(words_of(query))}
    assert list(best[:2]) == list(Ranking(texts).best(query, 2))


@given(st.text(), st.text())
def test_any_text_can_be_ranked_and_excerpted(text, query):
    Ranking([text, query]).best(query, 2)

    assert set(words_of(passage(text, query, 50))) <= set(words_of(text))
