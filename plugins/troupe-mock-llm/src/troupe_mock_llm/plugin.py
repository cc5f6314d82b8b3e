"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_llms"]


@hookimpl
def troupe_llms() -> Sequence[Component]:
    """The model `mock`."""
    return [
        Component(
            name="mock",
            summary="Costs nothing: improvises, follows a script, records and replays, or does the least.",
            factory="troupe_mock_llm.model:MockLLM",
            config="troupe_mock_llm.config:Config",
        )
    ]
