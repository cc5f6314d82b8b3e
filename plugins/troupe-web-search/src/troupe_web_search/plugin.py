"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_tools"]


@hookimpl
def troupe_tools() -> Sequence[Component]:
    """The tool `web-search`."""
    return [
        Component(
            name="web-search",
            summary="Search a folder of documents, a SearXNG of your own or the live web, and read what was found.",
            factory="troupe_web_search.tool:WebSearch",
            config="troupe_web_search.config:Config",
            capabilities=("network", "network.private"),
        )
    ]
