"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_modalities"]


@hookimpl
def troupe_modalities() -> Sequence[Component]:
    """The sense `vision`."""
    return [
        Component(
            name="vision",
            summary="Sees pictures: by the model itself where it takes images, else by an offline description.",
            factory="troupe_vision.vision:Vision",
            config="troupe_vision.config:Config",
        )
    ]
