"""The documents of a folder: found, checked and read once."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import frozen

from troupe_core.plugin import ConfigError
from troupe_web_search.page_text import decoded, text_of_html
from troupe_web_search.provider import NotReadable, one_line
from troupe_web_search.results import TITLE

__all__ = ["Document", "documents_in"]

_PAGES = (".htm", ".html")
_TEXTS = (".markdown", ".md", ".txt")


@frozen
class Document:
    """One document of the folder."""

    path: str
    """Inside the folder, with slashes."""
    title: str
    text: str


def documents_in(folder: Path, most_bytes: int) -> Sequence[Document]:
    """All documents in `folder` and the folders in it, by path. Raises `ConfigError`."""
    if not folder.is_dir():
        raise _wrong(folder, "there is no such folder", "Write folder = … with the folder that holds the documents.")
    paths = sorted(_paths(folder), key=lambda path: path.relative_to(folder).as_posix())
    if not paths:
        raise _wrong(folder, "there is no document in it", "Put .txt, .md or .html files there.")
    return tuple(_document(folder, path, most_bytes) for path in paths)


def _paths(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    for place, folders, files in os.walk(folder, onerror=_not_listed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(place, name)
            if name.startswith(".") or path.suffix.lower() not in _PAGES + _TEXTS:
                continue
            if one_line(name, 300) != name:
                raise _wrong(Path(place), "a document in it has a name that cannot be written", "Rename it.")
            if not path.resolve().is_relative_to(inside):
                raise _wrong(path, "leads out of the folder of documents", "Put the document itself there.")
            yield path


def _not_listed(problem: OSError) -> None:
    raise _wrong(Path(problem.filename), problem.strerror or "cannot be read", "See who may read it.") from None


def _document(folder: Path, path: Path, most_bytes: int) -> Document:
    try:
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except OSError as problem:
        raise _wrong(path, problem.strerror or "cannot be read", "See who may read it.") from None
    if len(data) > most_bytes:
        raise _wrong(path, f"is larger than {most_bytes} bytes", "Divide it, or raise page_bytes.")
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong(path, "is no text", "Take it out of the folder of documents.")
    title, text = _title_and_text(decoded(data), path)
    return Document(path.relative_to(folder).as_posix(), one_line(title, TITLE) or path.stem, text)


def _title_and_text(text: str, path: Path) -> tuple[str, str]:
    if path.suffix.lower() in _PAGES:
        try:
            return text_of_html(text)
        except NotReadable:
            return "", ""
    first, _, rest = text.strip().partition("\n")
    return (first.lstrip("#").strip(), rest.strip()) if first.startswith("#") else ("", text.strip())


def _wrong(path: Path, what: str, remedy: str) -> ConfigError:
    return ConfigError(what, where=f"web-search, {path}", remedy=remedy)
