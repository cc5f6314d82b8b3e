"""A component and its settings, said in Python: what stands behind ``use =`` in a study file, and below it."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from attrs import field, frozen

from troupe_core.config.duration import written_duration

__all__ = ["Use", "as_toml", "use"]


@frozen(repr=False)
class Use:
    """A table of a study file: made by `use`."""

    name: str
    """The component's name; ``distribution:name`` where two plugins share one."""
    settings: Mapping[str, Any] = field(factory=dict)
    """The component's keys, and the core's own: ``grants``, ``budget``."""

    def table(self) -> dict[str, Any]:
        """As it would stand in a file."""
        return {"use": self.name, **{key: as_toml(value) for key, value in self.settings.items() if value is not None}}

    def __repr__(self) -> str:
        """As it is written."""
        return f"use({', '.join([repr(self.name), *(f'{key}={each!r}' for key, each in self.settings.items())])})"


def use(name: str, /, **settings: Any) -> Use:
    """A component with its settings, for `Simulation` and `Agent`: ``use("room", place="a kitchen")``.

    A setting that is None is left out. What is wrong is told when the simulation is made.
    """
    return Use(name, settings)


def as_toml(value: Any) -> Any:
    """A value as a file could hold it: paths and durations as text, nothing in place of None."""
    if isinstance(value, Use):
        return value.table()
    if isinstance(value, Mapping):
        return {str(key): as_toml(each) for key, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [as_toml(each) for each in value if each is not None]
    if isinstance(value, PurePath):
        return str(value)
    return written_duration(value) if isinstance(value, timedelta) else value
