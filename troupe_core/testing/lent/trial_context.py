"""What the core lends to a part, for tests: everything in memory, and nobody there but whom the test names."""

from collections.abc import Callable, Collection, Mapping, Sequence
from inspect import isawaitable
from pathlib import Path
from random import Random
from typing import Any

from attrs import define, evolve, field

from troupe_core.contracts.embedder import Embedder
from troupe_core.contracts.part import Part
from troupe_core.errors import Overloaded
from troupe_core.testing.lent.words_embedder import WordsEmbedder
from troupe_core.testing.trying.subject import Installed
from troupe_core.values.canonical import content_hash
from troupe_core.values.chat import ChatRequest, ChatResponse
from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSON
from troupe_core.values.streams import stream

__all__ = ["TrialContext"]


def _nobody_answers(request: ChatRequest) -> str:
    raise Overloaded(
        f"no model answers in this test, it was asked for {request.purpose!r}", where="TrialContext.answer"
    )


@define(kw_only=True, eq=False)
class TrialContext:
    """A `Context` that a test makes: ``TrialContext(folder=tmp_path, grants={"network"})``."""

    folder: Path
    """A folder of the part's own; it exists."""
    embedder: Embedder | None = field(factory=WordsEmbedder)
    """Without a model: it knows which words a text has. None, as in a study without ``[embedder]``."""
    seed: int = 7
    grants: Collection[str] = ()
    """The capabilities that everybody has."""
    people: Sequence[AgentId] = ()
    """Who holds the part, in order of rank."""
    answer: Callable[[ChatRequest], Any] = _nobody_answers
    """What the model says to a request: a text, a `ChatResponse`, or an awaitable of either."""
    asked: list[tuple[str, ChatRequest]] = field(factory=list, init=False)
    """Every request that came, with its purpose."""
    blobs: dict[str, bytes] = field(factory=dict, init=False)
    built: list[Part] = field(factory=list, init=False)
    """What `build` made and opened; `close_built` closes it."""

    async def ask(self, request: ChatRequest, *, purpose: str, agent: AgentId | None = None) -> ChatResponse:
        """What `answer` says."""
        agent = request.agent if agent is None else agent
        request = evolve(request, agent=agent, purpose=purpose)
        self.asked.append((purpose, request))
        said = self.answer(request)
        if isawaitable(said):
            said = await said
        return said if isinstance(said, ChatResponse) else ChatResponse(text=said)

    async def build(self, kind: str, table: Mapping[str, JSON]) -> Part:
        """A part of an installed component, opened with this context."""
        settings = {key: value for key, value in table.items() if key != "use"}
        part = Installed(kind, str(table["use"])).make(settings, self.folder)
        self.built.append(part)
        await part.open(self)
        return part

    async def close_built(self) -> None:
        """Close what `build` opened, the last first."""
        while self.built:
            await self.built.pop().close()

    def random(self, *key: str | int) -> Random:
        """The same stream for the same key and `seed`."""
        return stream(self.seed, "trial", *key)

    def granted(self, capability: str, agent: AgentId) -> bool:
        """Whether it is among `grants`."""
        return capability in self.grants

    def holders(self) -> Sequence[AgentId]:
        """`people`."""
        return tuple(self.people)

    async def put_blob(self, data: bytes, media_type: str) -> str:
        """Keep it in `blobs`."""
        ref = content_hash(data)
        self.blobs[ref] = data
        return ref

    async def get_blob(self, ref: str) -> bytes:
        """From `blobs`. Raises `KeyError`."""
        return self.blobs[ref]
