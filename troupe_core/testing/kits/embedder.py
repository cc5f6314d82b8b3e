"""The kit for embedders: each sentence of `Embedder`, as a test."""

import asyncio
from math import isfinite, sqrt
from typing import Any, Literal

from hypothesis import strategies as st

from troupe_core.errors import EmbedderError
from troupe_core.testing.conformance import Conformance
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.resting import rests_on
from troupe_core.values.vectors import Vectors

__all__ = ["EmbedderConformance"]

Row = tuple[float, ...]

_FLOAT32_ROUNDING = 1e-3
"""How far the length of a unit vector of many float32 may be from 1."""

_TEXTS = ["It rains.", "Good morning, Ann!", "早上好", "It rains, it pours.", "a"]
_STRANGE = ["", " \n\t", "\x00 a zero", "\ud800 half", "🦊" * 50, "e\u0301 é", "\u202eright to left", "?!…—"]


class EmbedderConformance(Conformance):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`."""

    kind = "embedder"

    async def exercise(self, part: Any) -> None:
        await part.embed(_TEXTS, "document")
        await part.embed(_TEXTS[:1], "query")

    async def traces(self, part: Any) -> Any:
        return await _rows(part, _TEXTS)

    @added_in("0.1")
    @rests_on("test_what_it_says_of_itself_is_fixed")
    def test_each_text_has_one_unit_vector_of_float32(self) -> None:
        """`embed` gives one unit vector for each text, of `dimensions` float32 each."""

        async def story(embedder: Any) -> tuple[Any, int]:
            return await embedder.embed(_TEXTS, "document"), embedder.dimensions

        vectors, dimensions = self.tried(story)
        problem = _problem(vectors, len(_TEXTS), dimensions)
        self.promise(
            problem is None,
            seen=f"for {len(_TEXTS)} texts: {problem}",
            change='return Vectors(array("f", …), self.dimensions), or Vectors.of(rows, self.dimensions), and divide '
            "each row by its length.",
        )

    @added_in("0.1")
    @rests_on("test_each_text_has_one_unit_vector_of_float32")
    def test_vectors_come_in_the_order_of_the_texts(self) -> None:
        """The vectors stand in the order of the texts."""

        async def story(embedder: Any) -> tuple[list[Row], list[Row]]:
            return await _rows(embedder, _TEXTS), await _rows(embedder, _TEXTS[::-1])

        there, back = self.tried(story)
        alone = [place for place, (one, other) in enumerate(zip(there, back[::-1], strict=True)) if one != other]
        self.promise(
            not alone,
            seen=f"the same {len(_TEXTS)} texts from first to last and from last to first: other vectors for "
            f"{[_TEXTS[place] for place in alone]}",
            change="where texts are sorted or grouped for speed, put the vectors back into the order of the texts.",
        )

    @added_in("0.1")
    @rests_on("test_each_text_has_one_unit_vector_of_float32", "test_vectors_come_in_the_order_of_the_texts")
    def test_a_text_has_the_same_vector_in_any_company(self) -> None:
        """The same text has the same vector, whatever stands beside it, and however often it is asked for."""

        def check(texts: list[str], place: int) -> None:
            async def story(embedder: Any) -> tuple[list[Row], list[Row]]:
                text = texts[place % len(texts)]
                together = await _rows(embedder, [*texts, text])
                return [*await _rows(embedder, [text]), together[-1]], [together[place % len(texts)]] * 2

            one, other = self.tried(story)
            self.promise(
                one == other,
                seen=f"{texts[place % len(texts)]!r} has another vector alone than among {len(texts)} texts; they are "
                f"{max(map(_apart, one, other)):.2g} apart",
                change="compute each text by itself, or pad batches so that neighbours change nothing: who recalls "
                "what must not depend on who else was asked at the time.",
            )

        texts = st.lists(st.sampled_from([*_TEXTS, *_STRANGE[:2]]) | st.text(max_size=40), min_size=1, max_size=6)
        self.for_all(check, texts, st.integers(0, 5), examples=8)

    @added_in("0.1")
    def test_what_it_says_of_itself_is_fixed(self) -> None:
        """Once it is open, `fingerprint` names model, version and settings, and `dimensions` how long a vector is:
        neither changes, and both are the same in every part with the same settings.
        """

        async def story(embedder: Any) -> list[tuple[Any, Any]]:
            before = (embedder.fingerprint, embedder.dimensions)
            await self.exercise(embedder)
            return [before, (embedder.fingerprint, embedder.dimensions)]

        said = [*self.tried(story), *self.tried(story)]
        fingerprint, dimensions = said[0]
        self.promise(
            len(set(map(repr, said))) == 1
            and isinstance(fingerprint, str)
            and bool(fingerprint.strip())
            and type(dimensions) is int
            and dimensions > 0,
            seen=f"(fingerprint, dimensions) after opening, after embedding, and the same of a second part: {said!r}",
            change='make `fingerprint` of what decides the vectors: "minilm-1:" and a hash of the model\'s file; no '
            "address, no time, no id.",
        )

    @added_in("0.1")
    @rests_on("test_a_text_has_the_same_vector_in_any_company", "test_what_it_says_of_itself_is_fixed")
    def test_another_part_gives_the_same_vectors(self) -> None:
        """Vectors of the same fingerprint mix: a second part gives the same for the same texts."""

        async def story(embedder: Any) -> list[Row]:
            return [*await _rows(embedder, _TEXTS), *await _rows(embedder, _TEXTS, "query")]

        one, other = self.tried(story), self.tried(story)
        self.promise(
            one == other,
            seen=f"for {sum(a != b for a, b in zip(one, other, strict=True))} of {len(one)} texts another vector",
            change="draw whatever is drawn from a fixed seed, never from hash(), the clock or set order; or make the "
            "fingerprint another.",
        )

    @added_in("0.1")
    def test_nothing_to_embed_gives_no_vectors(self) -> None:
        """No texts give no vectors, of the same dimensions."""

        async def story(embedder: Any) -> tuple[Any, int]:
            return await embedder.embed([], "document"), embedder.dimensions

        vectors, dimensions = self.tried(story)
        problem = _problem(vectors, 0, dimensions)
        self.promise(
            problem is None,
            seen=f"for []: {problem}",
            change="return Vectors.of([], self.dimensions) before the model is asked.",
        )

    @added_in("0.1")
    @rests_on("test_each_text_has_one_unit_vector_of_float32")
    def test_a_question_and_a_document_have_vectors_of_one_space(self) -> None:
        """Both roles, ``query`` and ``document``, give unit vectors of the same dimensions."""

        async def story(embedder: Any) -> tuple[Any, Any, int]:
            query = await embedder.embed(_TEXTS, "query")
            return query, await embedder.embed(_TEXTS, "document"), embedder.dimensions

        *both, dimensions = self.tried(story)
        problems = [_problem(each, len(_TEXTS), dimensions) for each in both]
        self.promise(
            problems == [None, None],
            seen=f"as query: {problems[0] or 'sound'}; as document: {problems[1] or 'sound'}",
            change="a model without two roles passes `role` over; one with two makes both as long.",
        )

    @added_in("0.1")
    @rests_on("test_each_text_has_one_unit_vector_of_float32")
    def test_long_empty_and_strange_texts_have_vectors(self) -> None:
        """Every text has a unit vector, an empty one too; or `EmbedderError` is raised."""
        texts = [*_STRANGE, "word " * 50_000, "w" * 200_000]

        async def story(embedder: Any) -> list[str]:
            told = []
            for text in texts:
                try:
                    problem = _problem(await embedder.embed([text], "document"), 1, embedder.dimensions)
                except EmbedderError:
                    continue
                except Exception as fault:
                    problem = f"{type(fault).__name__}: {fault}"
                if problem is not None:
                    told.append(f"{text[:20]!r} ({len(text)} characters): {problem}")
            return told

        told = self.tried(story)
        self.promise(
            not told,
            seen="; ".join(told)[:600],
            change="give a text without words a fixed unit vector; cut what is longer than the model reads; encode "
            "with errors='replace'.",
        )

    @added_in("0.1")
    @rests_on("test_a_text_has_the_same_vector_in_any_company")
    def test_many_at_once_are_not_mixed_up(self) -> None:
        """Many may embed at the same time: each gets the vectors of its own texts."""

        async def story(embedder: Any) -> list[int]:
            batches = [[f"{text} {number}" for text in _TEXTS[: 1 + number % 4]] for number in range(8)]
            together = await asyncio.gather(*(_rows(embedder, batch) for batch in batches))
            alone = [await _rows(embedder, batch) for batch in batches]
            return [number for number, pair in enumerate(zip(alone, together, strict=True)) if pair[0] != pair[1]]

        mixed = self.tried(story)
        self.promise(
            not mixed,
            seen=f"of 8 batches at once, {len(mixed)} got other vectors than alone",
            change="keep nothing of a call on `self`; where the library is not safe for threads, call it under a lock.",
        )

    @added_in("0.1")
    @rests_on("test_a_text_has_the_same_vector_in_any_company")
    def test_being_cancelled_passes_through(self) -> None:
        """`CancelledError` passes through `embed`, and afterwards it gives the same vectors as before."""

        async def story(embedder: Any) -> tuple[str, bool]:
            before = await _rows(embedder, _TEXTS)
            task = asyncio.ensure_future(embedder.embed([f"{text} {n}" for n in range(20) for text in _TEXTS], "query"))
            await asyncio.sleep(0)
            came = "was done before" if task.done() else "was cancelled"
            if not task.done():
                task.cancel()
                done, _ = await asyncio.wait([task], timeout=10)
                came = came if done and task.cancelled() else "went on, or raised something else"
            return came, await _rows(embedder, _TEXTS) == before

        came, same = self.tried(story)
        self.promise(
            came.startswith("was") and same,
            seen=f"a call {came}; afterwards the vectors are {'the same' if same else 'others'}",
            change="let CancelledError through: catch Exception, never BaseException, and put what must be given back "
            "into `finally`.",
        )


async def _rows(embedder: Any, texts: list[str], role: Literal["query", "document"] = "document") -> list[Row]:
    return list((await embedder.embed(texts, role)).rows())


def _problem(vectors: Any, count: int, dimensions: int) -> str | None:
    """What is wrong with them; None where nothing is."""
    if not isinstance(vectors, Vectors):
        return f"a {type(vectors).__name__} came, no Vectors"
    view = memoryview(vectors.data)
    if view.format not in ("f", "<f"):
        return f"the numbers are of format {view.format!r}, not float32 ('f')"
    if vectors.dimensions != dimensions:
        return f"the vectors have {vectors.dimensions} dimensions, the embedder says {dimensions}"
    if len(vectors.data) != count * dimensions:
        return f"{len(vectors.data)} numbers came, expected {count} × {dimensions}"
    for number, row in enumerate(vectors.rows()):
        length = sqrt(sum(each * each for each in row))
        if not isfinite(length) or abs(length - 1) > _FLOAT32_ROUNDING:
            return f"vector {number} has length {length:.4g}, not 1"
    return None


def _apart(one: Row, other: Row) -> float:
    return max((abs(a - b) for a, b in zip(one, other, strict=False)), default=0.0)
