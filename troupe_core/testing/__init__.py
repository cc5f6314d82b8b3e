"""For tests of plugins: a kit for each kind of component, and what the core lends to parts, as a test makes it.

It needs pytest and hypothesis: ``pip install troupe-core[testing]``. Names are looked up when first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from troupe_core.testing.conformance import Conformance
    from troupe_core.testing.kit_versions import KitWarning, added_in
    from troupe_core.testing.promises import BrokenPromise, promise
    from troupe_core.testing.trial_context import TrialContext
    from troupe_core.testing.trial_turn import TrialTurn, moment, view_of
    from troupe_core.testing.words_embedder import WordsEmbedder

_HOME = {
    "BrokenPromise": "promises",
    "Conformance": "conformance",
    "KitWarning": "kit_versions",
    "TrialContext": "trial_context",
    "TrialTurn": "trial_turn",
    "WordsEmbedder": "words_embedder",
    "added_in": "kit_versions",
    "moment": "trial_turn",
    "promise": "promises",
    "view_of": "trial_turn",
}
"""Where each lazily imported name lives, below `troupe_core.testing`."""

__all__ = [
    "BrokenPromise",
    "Conformance",
    "KitWarning",
    "TrialContext",
    "TrialTurn",
    "WordsEmbedder",
    "added_in",
    "moment",
    "promise",
    "view_of",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"troupe_core.testing has no {name!r}; its names are {', '.join(__all__)}")
    from importlib import import_module

    value = getattr(import_module(f"troupe_core.testing.{_HOME[name]}"), name)
    globals()[name] = value
    return value
