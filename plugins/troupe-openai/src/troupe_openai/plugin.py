"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_llms"]


@hookimpl
def troupe_llms() -> Sequence[Component]:
    """The model `openai`."""
    return [
        Component(
            name="openai",
            summary="OpenAI, Azure, and every server or service that speaks their chat completions.",
            factory="troupe_openai.model:OpenAILLM",
            config="troupe_openai.config:Config",
            capabilities=("network",),
        )
    ]
