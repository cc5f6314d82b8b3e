"""What a provider said instead of an answer, read with care: it may be anything, and may hold the key."""

import json
import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

__all__ = ["Said", "Shown", "said"]

_LOOKS_LIKE_A_KEY = re.compile(r"\b(sk|gsk|xai)[-_][\w*.-]{4,}", re.ASCII)
_LONGEST = 400


@frozen
class Shown:
    """Makes text from outside fit to be shown: one line, not long, without the key."""

    key: str
    """The secret; empty where there is none."""

    def __call__(self, text: object, most: int = _LONGEST) -> str:
        """The text, cleaned."""
        words = self.without_key(str(text).encode(errors="replace").decode())
        words = _LOOKS_LIKE_A_KEY.sub("(key)", words)
        words = " ".join("".join(each if each.isprintable() else " " for each in words).split())
        return words if len(words) <= most else f"{words[: most - 1]}…"

    def without_key(self, text: str) -> str:
        """The text, without the key if it is in there: some servers say what they were sent."""
        return text.replace(self.key, "(key)") if self.key and self.key in text else text


@frozen(kw_only=True)
class Said:
    """A provider's refusal, whatever form it had."""

    status: int
    message: str
    """Cleaned; never empty."""
    code: str = ""
    type: str = ""
    param: str = ""
    headers: Mapping[str, str]
    is_json: bool
    body: Mapping[str, Any]
    """The error as it came; empty where it was no object."""

    @property
    def words(self) -> str:
        """All that says what is wrong, in small letters."""
        return f"{self.code} {self.type} {self.message}".lower()


def said(status: int, text: str, headers: Mapping[str, str], shown: Shown) -> Said:
    """Read the body of a refusal."""
    document, is_json = _document(text)
    error = document.get("error", document) if isinstance(document, Mapping) else document
    fields = error if isinstance(error, Mapping) else {}
    message = _message(fields) or (error if isinstance(error, str) else text)
    return Said(
        status=status,
        message=shown(message) or "nothing",
        code=str(fields.get("code") or ""),
        type=str(fields.get("type") or ""),
        param=str(fields.get("param") or ""),
        headers=headers,
        is_json=is_json,
        body=fields,
    )


def _document(text: str) -> tuple[Any, bool]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return text, False
    # One service wraps its one object into a list.
    return (document[0] if isinstance(document, list) and len(document) == 1 else document), True


def _message(fields: Mapping[str, Any]) -> str:
    message = fields.get("message") or fields.get("detail") or fields.get("msg") or fields.get("error") or ""
    # Some relays put what the provider behind them said into a field of its own.
    behind = fields.get("metadata")
    raw = behind.get("raw") if isinstance(behind, Mapping) else None
    words = message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)
    return f"{words}: {raw}" if isinstance(raw, str) and raw else words
