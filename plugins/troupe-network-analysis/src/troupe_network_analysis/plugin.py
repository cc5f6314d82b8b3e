"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_analyzers"]


@hookimpl
def troupe_analyzers() -> Sequence[Component]:
    """The analyzer `network-analysis`."""
    return [
        Component(
            name="network-analysis",
            summary="Who speaks to whom: how much, how mutually, and in which circles.",
            factory="troupe_network_analysis.analyzer:NetworkAnalyzer",
            config="troupe_network_analysis.config:Config",
        )
    ]
