"""The file of a script: read, checked, and told what is wrong with it by entry."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from troupe_core.plugin import ChatRequest, ConfigError, nearest

__all__ = ["Entry", "read_script"]

_KEYS = ("agent", "step", "purpose", "text", "actions", "answer")
_ANSWERS = ("text", "actions", "answer")
_EXAMPLE = 'An entry looks like this: { agent = "Lisa", step = 1, actions = [{ action = "wait" }] }'


@frozen(kw_only=True)
class Entry:
    """One answer, and whom and when it is for; None: for any."""

    number: int
    """Its place in the file, from 1."""
    text: str
    agent: str | None = None
    step: int | None = None
    purpose: str | None = None

    def fits(self, request: ChatRequest) -> bool:
        """Whether it may answer this request."""
        return (
            self.agent in (None, request.agent)
            and self.step in (None, request.step)
            and self.purpose in (None, request.purpose)
        )

    @property
    def precision(self) -> tuple[bool, bool, bool]:
        """How much it says about the requests it is for."""
        return (self.purpose is not None, self.step is not None, self.agent is not None)

    def described(self) -> str:
        """Such as ``entry 3, agent "Lisa", step 2``."""
        agent = f', agent "{self.agent}"' if self.agent else ", any agent"
        step = f", step {self.step}" if self.step is not None else ", any step"
        return f"entry {self.number}{agent}{step}" + (f", purpose {self.purpose}" if self.purpose else "")


def read_script(path: Path) -> Sequence[Entry]:
    """The entries of a TOML or JSON file. Raises `ConfigError`."""
    entries = _entries_of(_document(path), path)
    read = [_entry(each, number, f"{path}: entry {number}") for number, each in enumerate(entries, start=1)]
    seen: dict[tuple[str, int, str | None], Entry] = {}
    for entry in read:
        if entry.agent is None or entry.step is None:
            continue
        first = seen.setdefault((entry.agent, entry.step, entry.purpose), entry)
        if first is not entry:
            raise ConfigError(
                f"is for the same agent, step and purpose as entry {first.number}",
                where=f"{path}: entry {entry.number}",
                remedy="Remove one of them, or put all actions of a step into one entry.",
            )
    return read


def _document(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"cannot read the script: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("the script is not UTF-8 text", where=str(path)) from error
    try:
        return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except ValueError as error:
        kind = "JSON" if path.suffix == ".json" else "TOML"
        raise ConfigError(f"the script is not {kind}: {error}", where=str(path)) from error


def _entries_of(document: Any, path: Path) -> Sequence[Any]:
    entries = document.get("entries") if isinstance(document, dict) else document
    if not isinstance(entries, list):
        raise ConfigError(
            'expected a list of entries: [[entries]] in TOML, a list or {"entries": […]} in JSON',
            where=str(path),
            remedy=_EXAMPLE,
        )
    return entries


def _entry(raw: Any, number: int, where: str) -> Entry:
    if not isinstance(raw, Mapping):
        raise ConfigError(f"expected a table, got {_shown(raw)}", where=where, remedy=_EXAMPLE)
    for key in raw:
        if key not in _KEYS:
            close = nearest(key, _KEYS)
            raise ConfigError(
                f'unknown key "{key}"' + (f", did you mean {close}?" if close else ""),
                where=where,
                remedy=f"The keys of an entry are {', '.join(_KEYS)}.",
            )
    _expect(raw, "agent", str, "a name", where)
    _expect(raw, "purpose", str, 'a text such as "turn" or "ask"', where)
    _expect(raw, "step", int, "a whole number ≥ 0", where)
    return Entry(
        number=number,
        text=_answer(raw, where),
        agent=raw.get("agent"),
        step=raw.get("step"),
        purpose=raw.get("purpose"),
    )


def _answer(raw: Mapping[str, Any], where: str) -> str:
    given = [key for key in _ANSWERS if key in raw]
    if len(given) != 1:
        got = " and ".join(given) or "none of them"
        raise ConfigError(f"expected one of text, actions, answer; got {got}", where=where, remedy=_EXAMPLE)
    _expect(raw, "text", str, "a text", where)
    _expect(raw, "actions", list, "a list of actions", where)
    if "text" in raw:
        return str(raw["text"])
    for place, action in enumerate(raw.get("actions", ()), start=1):
        if not isinstance(action, Mapping) or not isinstance(action.get("action"), str):
            raise ConfigError(
                f"actions {place}: expected a table with the name of an action, got {_shown(action)}",
                where=where,
                remedy='An action looks like this: { action = "talk", to = "all", text = "Hello." }',
            )
    answer = raw["answer"] if "answer" in raw else {"actions": raw["actions"]}
    try:
        return json.dumps(answer, ensure_ascii=False)
    except TypeError as error:
        raise ConfigError("answer: JSON has no dates or times; write them as text", where=where) from error


def _expect(raw: Mapping[str, Any], key: str, kind: type, expected: str, where: str) -> None:
    if key not in raw:
        return
    value = raw[key]
    fits = isinstance(value, kind) and not isinstance(value, bool)
    if not fits or (isinstance(value, int) and value < 0):
        raise ConfigError(f"{key}: expected {expected}, got {_shown(value)}", where=where)


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
