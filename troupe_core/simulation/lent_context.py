"""What the core lends to one part: `Context`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from attrs import define, evolve

from troupe_core.config.settings import PartTable
from troupe_core.config.structuring import structured
from troupe_core.contracts.embedder import Embedder
from troupe_core.contracts.part import Part
from troupe_core.simulation.stage import Stage
from troupe_core.values.chat import ChatRequest, ChatResponse
from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSON
from troupe_core.values.streams import derived_seed, stream

__all__ = ["LentContext"]


@define(eq=False)
class LentContext:
    """The context of the part at `place`."""

    stage: Stage
    place: str

    @property
    def folder(self) -> Path:
        own = self.stage.folder / "parts" / self.place
        own.mkdir(parents=True, exist_ok=True)
        return own

    @property
    def embedder(self) -> Embedder | None:
        return None if self.stage.embedding is None else self.stage.embedding.embedder

    async def ask(self, request: ChatRequest, *, purpose: str, agent: AgentId | None = None) -> ChatResponse:
        stage = self.stage
        agent = request.agent if agent is None else agent
        seed = request.seed or derived_seed(stage.seed, self.place, agent or "", stage.step, purpose)
        if (request.agent, request.step, request.purpose, request.seed) != (agent, stage.step, purpose, seed):
            request = evolve(request, agent=agent, step=stage.step, purpose=purpose, seed=seed)
        return await stage.line_of(agent).ask(request, purpose=purpose, rank=stage.rank_of(agent))

    async def build(self, kind: str, table: Mapping[str, JSON]) -> Part:
        parts = self.stage.parts
        shape: PartTable = structured(
            PartTable, table, file=parts.file, place=tuple(self.place.split(".")), folder=parts.folder
        )
        part = parts.fresh(kind, evolve(shape, place=self.place))
        await parts.open(self.place, part, self)
        return part

    def random(self, *key: str | int) -> Random:
        return stream(self.stage.seed, self.place, *key)

    def granted(self, capability: str, agent: AgentId) -> bool:
        return self.stage.grants.granted(capability, self.place)

    def holders(self) -> Sequence[AgentId]:
        return tuple(name for name, agent in self.stage.agents.items() if self.place in agent.providers)

    async def put_blob(self, data: bytes, media_type: str) -> str:
        return self.stage.blobs.put(data, media_type)

    async def get_blob(self, ref: str) -> bytes:
        return self.stage.blobs.get(ref)
