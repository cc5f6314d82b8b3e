"""The JSON in a model's answer: models like to put a fence or a sentence around it."""

import json
from typing import Any

import orjson

__all__ = ["LONGEST_ANSWER", "InvalidAnswer", "json_in"]

LONGEST_ANSWER = 65_536
"""In characters. No decision is that long; a model that runs away is stopped here."""


class InvalidAnswer(Exception):
    """The answer cannot be used; the message says what to mend, in words for a model."""


def json_in(text: str) -> Any:
    """The JSON value in `text`, or the first object in it where prose stands around. Raises `InvalidAnswer`."""
    if len(text) > LONGEST_ANSWER:
        raise InvalidAnswer(f"the answer has {len(text):,} characters, at most {LONGEST_ANSWER:,} are read")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as fault:
        found = _first_object(text)
        if found is not None:
            return found
        raise InvalidAnswer(_why(text, fault)) from None


def _first_object(text: str) -> Any:
    """The first complete JSON object that starts at a brace, or None."""
    decoder = json.JSONDecoder(parse_constant=_no_json)
    start = text.find("{")
    for _ in range(8):  # prose with many braces is no answer: do not search it all
        if start < 0:
            return None
        try:
            found = decoder.raw_decode(text, start)[0]
            return orjson.loads(orjson.dumps(found))  # refuses what Python's reader lets through: half characters
        except (ValueError, TypeError, RecursionError):
            start = text.find("{", start + 1)
    return None


def _no_json(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _why(text: str, fault: orjson.JSONDecodeError) -> str:
    if not text.strip():
        return "the answer is empty"
    return f"the answer is not JSON (line {fault.lineno}, column {fault.colno})"
