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
            summary="A model that costs nothing: improvises, follows a script, records and replays, or just keeps time.",
            factory="troupe_mock_llm.model:MockLLM",
            config="troupe_mock_llm.config:Config",
        )
    ]
