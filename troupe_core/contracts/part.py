"""What all parts have in common, and what the core lends them."""

from abc import ABC
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Protocol, TypeVar

from troupe_core.values.chat import ChatRequest, ChatResponse
from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSON

if TYPE_CHECKING:
    from troupe_core.contracts.embedder import Embedder

__all__ = ["Context", "Part", "Stateful", "in_thread"]

T = TypeVar("T")


class Context(Protocol):
    """All that the core lends to a part, from `Part.open` until `Part.close`."""

    @property
    def folder(self) -> Path:
        """A folder of this part's own inside the run folder; it exists."""

    @property
    def embedder(self) -> "Embedder | None":
        """The run's embedder, if it has one; it is opened before all others but models."""

    async def ask(self, request: ChatRequest, *, purpose: str, agent: AgentId | None = None) -> ChatResponse:
        """Ask the model of `agent`, or the run's, through the journal like every other call. Raises `LLMError`."""

    async def build(self, kind: str, table: Mapping[str, JSON]) -> "Part":
        """Make and open a part from a table with ``use``, as one that the study lists; it is closed with this one.

        Raises `PluginError` and `ConfigError`.
        """

    def random(self, *key: str | int) -> Random:
        """A stream of random numbers of its own for each key: the same in every run with the same seed."""

    def granted(self, capability: str, agent: AgentId) -> bool:
        """Whether the study grants this capability to this part, for this agent."""

    def holders(self) -> Sequence[AgentId]:
        """Everybody present who can act with this part, in order of rank; it changes only between two steps."""

    async def put_blob(self, data: bytes, media_type: str) -> str:
        """Keep bytes in the run; returns their content hash. The same bytes are kept once."""

    async def get_blob(self, ref: str) -> bytes:
        """The bytes that `put_blob` kept. Raises `KeyError` for an unknown hash."""


class Part(ABC):  # noqa: B024 - the methods of a bare part all have defaults
    """Something made from a component: ``factory(config)``. No I/O in ``__init__``.

    One object serves everybody who lists its table; the core owns its lifetime.
    """

    async def open(self, context: Context) -> None:  # noqa: B027
        """Called once a run, before step 0. The context may be kept until `close`."""

    async def close(self) -> None:  # noqa: B027
        """Called once, in the reverse order of opening; after a failure and after Ctrl-C too."""


class Stateful(Part):
    """A part whose state belongs to the simulation."""

    def snapshot(self, agent: AgentId | None) -> JSON:
        """This agent's state, or for None the state that is nobody's in particular.

        An agent's is what only its own turns change. What others or `advance` change is nobody's.
        """
        return None

    def restore(self, agent: AgentId | None, state: JSON) -> None:
        """Put back what `snapshot` returned. Called on a part that was just opened."""


async def in_thread(function: Callable[..., T], *arguments: object) -> T:
    """Call a blocking function without holding up everybody else."""
    from asyncio import to_thread

    return await to_thread(function, *arguments)
