"""What an author reads where a promise is not kept: the words of the kit, without the code of the kit."""

import traceback
from collections.abc import Iterator
from pathlib import Path

import hypothesis

from troupe_core.testing.trying.promises import BrokenPromise

__all__ = ["in_its_own_words"]

_OF_THE_KIT = (str(Path(__file__).parents[1]), str(Path(hypothesis.__file__).parent), traceback.__file__)
_OF_HYPOTHESIS = ("Draw ", "Failing test case:", "Falsifying example:", "You can reproduce this ")


def in_its_own_words(broken: BrokenPromise) -> str:
    """The sentence, what was seen, what to change; then the example that shows it.

    What the part itself raised comes first, from where its own code begins.
    """
    return "\n".join([*_raised(broken.__cause__), str(broken), *_example(broken)])


def _raised(cause: BaseException | None) -> Iterator[str]:
    if cause is None:
        return
    frames = traceback.extract_tb(cause.__traceback__)
    begins = max((place + 1 for place, frame in enumerate(frames) if frame.filename.startswith(_OF_THE_KIT)), default=0)
    shown = frames[begins:] or frames[-1:]
    yield "Raised, most recent call last:"
    yield from "".join(traceback.format_list(shown)).splitlines()
    yield f"{type(cause).__name__}: {cause}\n"


def _example(broken: BrokenPromise) -> list[str]:
    """What was noted of it, without what hypothesis drew to get there: what matters of that is in what was seen."""
    notes = [*getattr(broken.__cause__, "__notes__", ()), *getattr(broken, "__notes__", ())]
    told = [note for note in notes if not note.startswith(_OF_HYPOTHESIS)]
    return ["Example:", *(f"  {line}" for note in told for line in note.splitlines())] if told else []
