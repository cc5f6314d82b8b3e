"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_tools"]


@hookimpl
def troupe_tools() -> Sequence[Component]:
    """The tool `knowledge-graph`."""
    return [
        Component(
            name="knowledge-graph",
            summary="Facts with their sources, from CSV, GraphML or Turtle; agents add beliefs of their own.",
            factory="troupe_knowledge_graph.library:Library",
            config="troupe_knowledge_graph.config:Config",
        )
    ]
