"""What a server tells of its models, where it does: how much one can read, and whether it sees."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

__all__ = ["Told", "told_of"]

_PLACES = (
    ("max_model_len",),
    ("meta", "n_ctx"),
    ("meta", "n_ctx_train"),
    ("context_length",),
    ("context_window",),
    ("max_context_length",),
)
"""Of vLLM, llama.cpp (what a request may have before what the model was trained with), OpenRouter, Groq, Mistral."""


@frozen
class Told:
    """None where nothing is said."""

    context_tokens: int | None = None
    images: bool | None = None


def told_of(document: Any, model: str) -> Told:
    """What the list says of this model; of the only one there is, whatever its name."""
    listed = document.get("data") if isinstance(document, Mapping) else document
    entries = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    named = [each for each in entries if model in (each.get("id"), each.get("name"))]
    if not named and len(entries) == 1:
        named = entries
    return Told(_context(named[0]), _images(named[0])) if named else Told()


def _context(entry: Mapping[str, Any]) -> int | None:
    for path in _PLACES:
        value: Any = entry
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
    return None


def _images(entry: Mapping[str, Any]) -> bool | None:
    architecture = entry.get("architecture")
    modalities = architecture.get("input_modalities") if isinstance(architecture, Mapping) else None
    return "image" in modalities if isinstance(modalities, list) else None
