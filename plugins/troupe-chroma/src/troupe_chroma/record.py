"""A memory as Chroma keeps it, and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from troupe_core.plugin import AgentId, Marks, Memory

__all__ = ["marks_as_metadata", "memory_of", "metadata_of"]


def metadata_of(memory: Memory) -> dict[str, Any]:
    """All but id, text and vector, which have places of their own."""
    metadata: dict[str, Any] = {
        "kind": memory.kind,
        "step": memory.step,
        "at": memory.at.isoformat(),
        "importance": float(memory.importance),
    }
    if memory.source is not None:
        metadata["source"] = memory.source
    return metadata


def marks_as_metadata(marks: Marks) -> dict[str, Any]:
    """The marks that are set; the others stay as they are."""
    metadata = {
        "strength": marks.strength,
        "recalled": None if marks.recalled is None else marks.recalled.isoformat(),
        "tier": marks.tier,
    }
    return {name: value for name, value in metadata.items() if value is not None}


def memory_of(key: str, text: str, metadata: Mapping[str, Any], vector: tuple[float, ...]) -> Memory:
    """The memory that was kept."""
    source = metadata.get("source")
    return Memory(
        id=key,
        text=text,
        kind=metadata["kind"],
        step=metadata["step"],
        at=datetime.fromisoformat(metadata["at"]),
        importance=metadata["importance"],
        source=None if source is None else AgentId(source),
        vector=vector,
    )
