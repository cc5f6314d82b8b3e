"""Troupe: people described in a file, played by language models, live through a simulation.

The names that users need, looked up when first used; plugin authors import from `troupe_core.plugin`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from troupe_core.config.use import use
    from troupe_core.errors import TroupeError
    from troupe_core.journal.run import Run
    from troupe_core.journal.transcript import Transcript
    from troupe_core.simulation.agent import Agent
    from troupe_core.simulation.reaction import Reaction
    from troupe_core.simulation.simulation import Simulation
    from troupe_core.values.persona import Persona

__all__ = ["Agent", "Persona", "Reaction", "Run", "Simulation", "Transcript", "TroupeError", "use"]

_HOME = {
    "Agent": "simulation.agent",
    "Persona": "values.persona",
    "Reaction": "simulation.reaction",
    "Run": "journal.run",
    "Simulation": "simulation.simulation",
    "Transcript": "journal.transcript",
    "TroupeError": "errors",
    "use": "config.use",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"troupe_core has no {name!r}; its names are {', '.join(__all__)}")
    from importlib import import_module

    value = getattr(import_module(f"troupe_core.{_HOME[name]}"), name)
    globals()[name] = value
    return value
