"""At the end of a run: which plugins broke down in it, in words that are of no machine's journal but this one's."""

import sys
from collections.abc import Iterator, Mapping

from troupe_core.journal.figures import counted
from troupe_core.simulation.stage import Stage

__all__ = ["broken_parts"]


def broken_parts(stage: Stage) -> Iterator[Mapping[str, str]]:
    """A note for each component that broke down: how often, and of which plugin and file it is.

    The `failure` events themselves cannot say that: they are in the digest, which no installed version may change.
    Those of a model are mostly answers of no use, which is not its plugin's doing; what is, its line has counted.
    """
    broken = {component: times for component, times in stage.broken.items() if component != "llm"}
    broken |= {line.place: line.defects for line in stage.lines.values() if line.defects}
    for component, times in sorted(broken.items()):
        place = _place(stage, component)
        if place is not None:
            part, plugin = stage.parts.made[place], stage.parts.found[place].plugin
            file = getattr(sys.modules.get(type(part).__module__), "__file__", None) or plugin.file
            problem = f"broke down {counted(times, 'time')}; it is of {plugin.title} ({file})"
            yield {"component": component, "problem": problem}


def _place(stage: Stage, component: str) -> str | None:
    """The table of a component that an event names: ``tools.dice (Dice)``, ``tools.dice.throw``, or ``Dice``."""
    made, place = stage.parts.made, component.partition(" ")[0]
    while place and place not in made:
        place = place.rpartition(".")[0]
    if place:
        return place
    return next((each for each, part in made.items() if type(part).__name__ == component), None)
