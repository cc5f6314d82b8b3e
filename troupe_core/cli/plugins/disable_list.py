"""Changing the one list ``disable`` of a TOML file; all else stays as it is, to the letter.

Nothing is trusted to have understood the file: each way to change it is tried, and taken if the result says what it
should and nothing else has changed. Where no way does, the file is left alone.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["with_disabled"]

_HEADER = re.compile(
    r"""^[ \t]*\[[ \t]*(?:plugins|"plugins"|'plugins')[ \t]*\][ \t]*(?:\#[^\r\n]*)?(?:\r?\n|\Z)""", re.MULTILINE
)
_LIST = re.compile(
    r"""^[ \t]*(?:plugins[ \t]*\.[ \t]*)?(?:disable|"disable"|'disable')[ \t]*=[ \t]*(?=\[)""", re.MULTILINE
)
_TOKEN = re.compile(
    r"""(?P<text>"(?!"")(?:[^"\\\r\n]|\\.)*"|'(?!'')[^'\r\n]*')|(?P<note>\#[^\r\n]*)|(?P<space>\s+)|(?P<sign>[\[\],])"""
)


def with_disabled(text: str, add: Sequence[str], remove: Sequence[str]) -> str | None:
    """The TOML text with these names added to ``[plugins] disable`` and those taken out of it.

    None where the list stands in a form that cannot be changed without touching something else. Raises
    `tomllib.TOMLDecodeError` where the text is not TOML.
    """
    before = tomllib.loads(text)
    wanted = _wanted(before, add, remove)
    if wanted == before:
        return text
    for changed in _ways(text, add, remove):
        try:
            if tomllib.loads(changed) == wanted:
                return changed
        except tomllib.TOMLDecodeError:
            continue
    return None


def _wanted(before: dict[str, Any], add: Sequence[str], remove: Sequence[str]) -> dict[str, Any]:
    table = before.get("plugins", {})
    names = [name for name in table.get("disable", []) if name not in remove]
    names += [name for name in dict.fromkeys(add) if name not in names]
    if names == table.get("disable", []):
        return before
    return {**before, "plugins": {**table, "disable": names}}


def _ways(text: str, add: Sequence[str], remove: Sequence[str]) -> Iterator[str]:
    """The texts that may be meant, the likeliest first."""
    newline = "\r\n" if "\r\n" in text else "\n"
    for match in _LIST.finditer(text):
        changed = _with_list(text, match.end(), add, remove, newline)
        if changed is not None:
            yield changed
    line = f"disable = [{', '.join(map(_quoted, dict.fromkeys(add)))}]{newline}"
    for match in _HEADER.finditer(text):
        gap = "" if match[0].endswith("\n") else newline
        yield text[: match.end()] + gap + line + text[match.end() :]
    gap = "" if not text or text.endswith("\n") else newline
    yield text + gap + (newline if text.strip() else "") + f"[plugins]{newline}{line}"


def _with_list(text: str, start: int, add: Sequence[str], remove: Sequence[str], newline: str) -> str | None:
    """The text with the list that begins at `start` changed; None where that is no plain list of texts."""
    tokens: list[tuple[str, str]] = []
    place = start
    while match := _TOKEN.match(text, place):
        tokens.append((str(match.lastgroup), match[0]))
        place = match.end()
        if match[0] == "]" and match.lastgroup == "sign":
            break
    if not tokens or tokens[-1] != ("sign", "]"):
        return None
    for name in remove:
        tokens = _without(tokens, name)
    there = {_value(token) for kind, token in tokens if kind == "text"}
    for name in dict.fromkeys(add):
        if name not in there:
            tokens = _with(tokens, name, newline)
    return text[:start] + "".join(token for _, token in tokens) + text[place:]


def _without(tokens: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    """One text taken out each time that it stands there: with its comma, and with its line where it had one."""
    at = next((n for n, (kind, token) in enumerate(tokens) if kind == "text" and _value(token) == name), None)
    if at is None:
        return tokens
    comma = next((n for n in range(at + 1, len(tokens)) if tokens[n][0] == "sign"), len(tokens) - 1)
    if tokens[comma] == ("sign", ","):
        kept = tokens[:at] + tokens[at + 1 : comma] + tokens[comma + 1 :]
        return _without(_closed_up(kept, at), name)
    before = next((n for n in range(at - 1, 0, -1) if tokens[n] == ("sign", ",")), None)
    kept = tokens[:at] + tokens[at + 1 :]
    if before is None:
        return _without(kept, name)
    between = [each for each in kept[before + 1 : at] if each[0] == "note" or "\n" in each[1]]
    if between and between[-1][0] == "space" and "\n" in kept[at][1]:
        del between[-1]
    return _without(kept[:before] + between + kept[at:], name)


def _closed_up(tokens: list[tuple[str, str]], at: int) -> list[tuple[str, str]]:
    """What stood before and behind the text that is gone, as one space."""
    if 0 < at < len(tokens) and tokens[at - 1][0] == tokens[at][0] == "space":
        return [*tokens[: at - 1], tokens[at] if "\n" in tokens[at][1] else tokens[at - 1], *tokens[at + 1 :]]
    if at < len(tokens) and tokens[at][0] == "space" and tokens[at - 1] == ("sign", "["):
        return tokens[:at] + tokens[at + 1 :]
    return tokens


def _with(tokens: list[tuple[str, str]], name: str, newline: str) -> list[tuple[str, str]]:
    """A text added at the end: on a line of its own where the others have one."""
    new = ("text", _quoted(name))
    texts = [n for n, (kind, _) in enumerate(tokens) if kind == "text"]
    if not texts:
        last_note = max((n for n, (kind, _) in enumerate(tokens) if kind == "note"), default=None)
        at = 1 if last_note is None else last_note + 1
        broken = [("space", newline + "    ")] if last_note is not None else []
        return tokens[:at] + broken + [new] + tokens[at:]
    last = texts[-1]
    before = tokens[last - 1]
    end = last + 1
    comma = next((n for n in range(end, len(tokens)) if tokens[n] == ("sign", ",")), None)
    if comma is None:
        tokens = [*tokens[:end], ("sign", ","), *tokens[end:]]
        comma = end
    if before[0] != "space" or "\n" not in before[1]:
        return [*tokens[: comma + 1], ("space", " "), new, *tokens[comma + 1 :]]
    # A note behind the last text belongs to it.
    end = comma + 1
    while tokens[end][0] == "note" or (tokens[end][0] == "space" and "\n" not in tokens[end][1]):
        end += 1
    if tokens[end - 1][0] == "space":
        end -= 1
    indent = newline + before[1].rpartition("\n")[2]
    return [*tokens[:end], ("space", indent), new, ("sign", ","), *tokens[end:]]


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _value(token: str) -> str:
    try:
        return str(tomllib.loads(f"x = {token}")["x"])
    except tomllib.TOMLDecodeError:
        return token
