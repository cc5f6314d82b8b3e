"""For tests of plugins: a kit for each kind of component, and what the core lends to parts, as a test makes it.

It needs pytest and hypothesis: ``pip install troupe-core[testing]``. Names are looked up when first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from troupe_core.testing.conformance import Conformance
    from troupe_core.testing.kits.analyzer import AnalyzerConformance
    from troupe_core.testing.kits.embedder import EmbedderConformance
    from troupe_core.testing.kits.environment import EnvironmentConformance
    from troupe_core.testing.kits.executor import ExecutorConformance
    from troupe_core.testing.kits.faculty import FacultyConformance
    from troupe_core.testing.kits.llm import LLMConformance
    from troupe_core.testing.kits.memory_backend import MemoryBackendConformance
    from troupe_core.testing.kits.modality import ModalityConformance
    from troupe_core.testing.kits.persona_source import PersonaSourceConformance
    from troupe_core.testing.kits.tool import ToolConformance
    from troupe_core.testing.lent.memories import cue, memory
    from troupe_core.testing.lent.trial_context import TrialContext
    from troupe_core.testing.lent.trial_turn import TrialTurn, moment, view_of
    from troupe_core.testing.lent.words_embedder import WordsEmbedder, vector_of_words
    from troupe_core.testing.trying.kit_versions import KitWarning, added_in
    from troupe_core.testing.trying.promises import BrokenPromise, promise

_HOME = {
    "AnalyzerConformance": "kits.analyzer",
    "BrokenPromise": "trying.promises",
    "Conformance": "conformance",
    "EmbedderConformance": "kits.embedder",
    "EnvironmentConformance": "kits.environment",
    "ExecutorConformance": "kits.executor",
    "FacultyConformance": "kits.faculty",
    "KitWarning": "trying.kit_versions",
    "LLMConformance": "kits.llm",
    "MemoryBackendConformance": "kits.memory_backend",
    "ModalityConformance": "kits.modality",
    "PersonaSourceConformance": "kits.persona_source",
    "ToolConformance": "kits.tool",
    "TrialContext": "lent.trial_context",
    "TrialTurn": "lent.trial_turn",
    "WordsEmbedder": "lent.words_embedder",
    "added_in": "trying.kit_versions",
    "cue": "lent.memories",
    "memory": "lent.memories",
    "moment": "lent.trial_turn",
    "promise": "trying.promises",
    "vector_of_words": "lent.words_embedder",
    "view_of": "lent.trial_turn",
}
"""Where each lazily imported name lives, below `troupe_core.testing`."""

__all__ = [
    "AnalyzerConformance",
    "BrokenPromise",
    "Conformance",
    "EmbedderConformance",
    "EnvironmentConformance",
    "ExecutorConformance",
    "FacultyConformance",
    "KitWarning",
    "LLMConformance",
    "MemoryBackendConformance",
    "ModalityConformance",
    "PersonaSourceConformance",
    "ToolConformance",
    "TrialContext",
    "TrialTurn",
    "WordsEmbedder",
    "added_in",
    "cue",
    "memory",
    "moment",
    "promise",
    "vector_of_words",
    "view_of",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"troupe_core.testing has no {name!r}; its names are {', '.join(__all__)}")
    from importlib import import_module

    try:
        value = getattr(import_module(f"troupe_core.testing.{_HOME[name]}"), name)
    except ModuleNotFoundError as missing:
        if missing.name not in ("hypothesis", "pytest"):
            raise
        needed = "troupe_core.testing needs pytest and hypothesis: python -m pip install 'troupe-core[testing]'"
        raise ImportError(needed, name=missing.name) from missing
    globals()[name] = value
    return value
