"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_memory_backends"]


@hookimpl
def troupe_memory_backends() -> Sequence[Component]:
    """The memory `chroma`."""
    return [
        Component(
            name="chroma",
            summary="Memories are found by what they say: a vector store in the run's folder, or on a server.",
            factory="troupe_chroma.memory:ChromaMemory",
            config="troupe_chroma.config:Config",
            capabilities=("network",),  # where its settings name a server
        )
    ]
