"""Which documents fit a search best: Okapi BM25 (Robertson and Zaragoza, 2009), by `bm25s`."""

import re
import unicodedata
from collections.abc import Sequence

from bm25s import BM25  # type: ignore[import-untyped]

__all__ = ["Ranking", "passage", "words_of"]

_SYLLABLES = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_SYLLABLES}]|[^\W_{_SYLLABLES}]+")
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+|\n+")


def words_of(text: str) -> list[str]:
    """The words of a text, as they are compared: without capitals; where writing has no spaces, each character."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


class Ranking:
    """An index of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        vocabulary: dict[str, int] = {}
        ids = [[vocabulary.setdefault(word, len(vocabulary)) for word in words_of(text)] for text in texts]
        self._index = BM25(method="lucene") if vocabulary else None
        if self._index is not None:
            self._index.index((ids, vocabulary), create_empty_token=False, show_progress=False)

    def best(self, query: str, most: int) -> Sequence[int]:
        """The numbers of the texts that have a word of the query, the best first; ties in the order of the texts."""
        words = list(dict.fromkeys(words_of(query)))
        if not words or self._index is None:
            return ()
        # The last digits may differ from one processor to the next.
        scores = [round(float(score), 4) for score in self._index.get_scores(words)]
        fitting = (number for number, score in enumerate(scores) if score > 0)
        return sorted(fitting, key=lambda number: (-scores[number], number))[:most]


def passage(text: str, query: str, most: int) -> str:
    """The part of a text, about `most` characters long, that begins with the sentence that fits a query best."""
    sought = set(words_of(query))
    sentences = [each for each in map(str.strip, _SENTENCE_END.split(text)) if each]
    fits = [len(sought.intersection(words_of(sentence))) for sentence in sentences]
    begin = fits.index(max(fits)) if fits else 0
    end, length = begin, 0
    while end < len(sentences) and length < most:
        length += len(sentences[end]) + 1
        end += 1
    return " ".join(sentences[begin:end])
