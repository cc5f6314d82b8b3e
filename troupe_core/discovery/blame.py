"""Where in a plugin something went wrong."""

import importlib
import sys
from pathlib import Path
from types import TracebackType

import attr

__all__ = ["in_words", "source_of"]

_CORE = Path(__file__).parents[1]
_NOT_TO_BLAME = (str(_CORE), *(str(Path(file).parent) for file in (importlib.__file__, attr.__file__) if file))
"""Frames below these folders only pass on what a plugin did."""
_A_PLUGIN_TOO = str(_CORE / "builtin")


def in_words(error: BaseException) -> str:
    """``ValueError: no such thing (chroma/part.py, line 3)``: what was raised, and the innermost file of it."""
    # attrs' validators put the field and the value behind their message.
    of_attrs = len(error.args) > 1 and isinstance(error.args[1], attr.Attribute)
    said = str(error.args[0]) if of_attrs else _words_of(error)
    message = " ".join(said.split())
    named = f"{type(error).__name__}: {message}" if message else type(error).__name__
    place = _innermost(error.__traceback__)
    # A syntax error says its file and line itself.
    return named if place is None or isinstance(error, SyntaxError) else f"{named} ({place})"


def _words_of(error: BaseException) -> str:
    """What it says. An exception of a plugin may be unable to say anything."""
    try:
        return str(error)
    except Exception as another:  # whatever its own code raises
        return f"its words cannot be had ({type(another).__name__})"


def source_of(module: str) -> str | None:
    """The file of a module that may not be importable."""
    loaded = getattr(sys.modules.get(module), "__file__", None)
    if loaded:
        return str(loaded)
    try:
        from importlib.util import find_spec

        spec = find_spec(module)
    except Exception:
        return None  # it is the parent package that fails, or there is none
    return spec.origin if spec is not None else None


def _innermost(traceback: TracebackType | None) -> str | None:
    place = None
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if not file.startswith(("<", *_NOT_TO_BLAME)) or file.startswith(_A_PLUGIN_TOO):
            place = f"{file}, line {traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
