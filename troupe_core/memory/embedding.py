"""Text → vectors: who says the same is embedded once, and vectors are committed before anything follows from them."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from attrs import define, field

from troupe_core.contracts.embedder import Embedder
from troupe_core.contracts.promised import promised, to_await
from troupe_core.errors import is_defect, words_of
from troupe_core.guard.untrusted import plain_text
from troupe_core.values.canonical import content_hash
from troupe_core.values.ids import Rank
from troupe_core.values.input import Commit, Input, Ordinals
from troupe_core.values.json import JSONObject
from troupe_core.values.vectors import Vectors

__all__ = ["EmbeddingLine", "Role", "Vector"]

Role: TypeAlias = Literal["query", "document"]
Vector: TypeAlias = tuple[float, ...]


@define(kw_only=True, eq=False)
class EmbeddingLine:
    """The line from everybody in a run to its embedder.

    What was embedded in the step before is known, and so are this step's documents: what somebody says in a room is
    remembered by all who hear it, and embedded once. Two who look for the same in one step both ask, as nobody can
    say who comes first: inputs are the same at any speed.
    """

    embedder: Embedder
    commit: Commit
    _ordinals: Ordinals = field(factory=Ordinals, init=False)
    _step: int = field(default=-1, init=False)
    _known: dict[tuple[Role, Rank | None, str], Vector] = field(factory=dict, init=False)
    """In this step: documents to everybody, a cue to whom it came."""
    _known_before: dict[tuple[Role, str], Vector] = field(factory=dict, init=False)

    async def embed(self, texts: Sequence[str], role: Role, *, step: int, rank: Rank) -> Sequence[Vector]:
        """A vector for each text, in order. Raises what the embedder raises, or breaks of its contract."""
        self._begin(step)
        known, before, asker = self._known, self._known_before, rank if role == "query" else None
        known.update({(role, asker, text): before[role, text] for text in texts if (role, text) in before})
        new = [text for text in dict.fromkeys(texts) if (role, asker, text) not in known]
        if new:
            vectors = await self._embedded(new, role, step, rank)
            known.update({(role, asker, text): vector for text, vector in zip(new, vectors, strict=True)})
        return [known[role, asker, text] for text in texts]

    def _begin(self, step: int) -> None:
        if step != self._step:
            self._step = step
            self._known_before = {(role, text): vector for (role, _, text), vector in self._known.items()}
            self._known = {}

    async def _embedded(self, texts: Sequence[str], role: Role, step: int, rank: Rank) -> Sequence[Vector]:
        try:
            vectors = promised(await to_await(self.embedder.embed([*texts], role), "embed"), Vectors, "embed")
            if vectors.count != len(texts):
                raise ValueError(f"embed returned {vectors.count} vectors for {len(texts)} texts")
        except BaseException as fault:
            if is_defect(fault):
                failure = plain_text(f"{type(fault).__name__}: {words_of(fault)}")
                await self._bring_in(texts, role, step, rank, {"failure": failure})
            raise
        await self._bring_in(texts, role, step, rank, {"vectors": vectors.to_json()})
        return list(vectors.rows())

    async def _bring_in(self, texts: Sequence[str], role: Role, step: int, rank: Rank, payload: JSONObject) -> None:
        purpose = f"embed:{role}"
        asked: JSONObject = {"embedder": self.embedder.fingerprint, "role": role, "texts": list(texts)}
        await self.commit(
            Input(
                step=step,
                rank=rank,
                purpose=purpose,
                ordinal=self._ordinals.next(step, rank, purpose),
                request=content_hash(asked),
                payload=payload,
            )
        )
