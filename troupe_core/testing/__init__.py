"""For tests of plugins: a kit for each kind of component, and what the core lends to parts, as a test makes it.

It needs pytest and hypothesis: ``pip install troupe-core[testing]``. Names are looked up when first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from troupe_core.testing.analyzer import AnalyzerConformance
    from troupe_core.testing.conformance import Conformance
    from troupe_core.testing.embedder import EmbedderConformance
    from troupe_core.testing.environment import EnvironmentConformance
    from troupe_core.testing.executor import ExecutorConformance
    from troupe_core.testing.faculty import FacultyConformance
    from troupe_core.testing.kit_versions import KitWarning, added_in
    from troupe_core.testing.llm import LLMConformance
    from troupe_core.testing.memories import cue, memory
    from troupe_core.testing.memory_backend import MemoryBackendConformance
    from troupe_core.testing.modality import ModalityConformance
    from troupe_core.testing.persona_source import PersonaSourceConformance
    from troupe_core.testing.promises import BrokenPromise, promise
    from troupe_core.testing.tool import ToolConformance
    from troupe_core.testing.trial_context import TrialContext
    from troupe_core.testing.trial_turn import TrialTurn, moment, view_of
    from troupe_core.testing.words_embedder import WordsEmbedder, vector_of_words

_HOME = {
    "PersonaSourceConformance": "persona_source",
    "ExecutorConformance": "executor",
    "FacultyConformance": "faculty",
    "EmbedderConformance": "embedder",
    "LLMConformance": "llm",
    "AnalyzerConformance": "analyzer",
    "EnvironmentConformance": "environment",
    "MemoryBackendConformance": "memory_backend",
    "ModalityConformance": "modality",
    "ToolConformance": "tool",
    "cue": "memories",
    "memory": "memories",
    "vector_of_words": "words_embedder",
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
