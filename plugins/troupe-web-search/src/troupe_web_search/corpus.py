"""Searching and reading a folder of documents: offline, and always with the same result."""

from collections.abc import Sequence
from pathlib import Path

from troupe_core.plugin import ConfigError, Refusal, in_thread, nearest
from troupe_web_search.config import Config
from troupe_web_search.documents import Document, documents_in
from troupe_web_search.provider import Found, Page, Provider, one_line
from troupe_web_search.ranking import Ranking, passage
from troupe_web_search.results import EXCERPT

__all__ = ["Corpus"]

_SCHEME = "corpus:"


class Corpus(Provider):
    """Documents are read when a run begins; what becomes of their files after that changes nothing in it."""

    def __init__(self, config: Config) -> None:
        if config.folder is None:
            raise ConfigError(
                'provider = "corpus" needs a folder of documents',
                where="web-search",
                remedy='Write folder = "documents", with .txt, .md or .html files in it.',
            )
        self._folder = config.folder
        self._most_bytes = config.page_bytes

    async def open(self) -> None:
        documents, self._ranking = await in_thread(_read, self._folder, self._most_bytes)
        self._documents = {document.path: document for document in documents}

    async def search(self, query: str, most: int) -> Sequence[Found]:
        return await in_thread(self._found, query, most)

    async def read(self, address: str, *, allow_private: bool) -> Page:
        path = address.strip().removeprefix(_SCHEME)
        document = self._documents.get(path)
        if document is None:
            near = nearest(path, self._documents)
            remedy = f"Did you mean {_SCHEME}{near}?" if near else "Search, and take an address that was found."
            raise Refusal(f'there is no page "{one_line(address, 100)}"', remedy=remedy)
        return Page(_SCHEME + document.path, document.title, document.text)

    def _found(self, query: str, most: int) -> Sequence[Found]:
        documents = tuple(self._documents.values())
        best = [documents[number] for number in self._ranking.best(query, most)]
        return tuple(
            Found(_SCHEME + each.path, each.title, one_line(passage(each.text, query, EXCERPT), EXCERPT))
            for each in best
        )


def _read(folder: Path, most_bytes: int) -> tuple[Sequence[Document], Ranking]:
    documents = documents_in(folder, most_bytes)
    return documents, Ranking([f"{each.title}\n{each.text}" for each in documents])
