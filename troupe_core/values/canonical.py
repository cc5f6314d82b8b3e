"""One spelling for each value: what is hashed and stored must not depend on who wrote it."""

from hashlib import sha256
from typing import Any

import orjson

__all__ = ["canonical", "content_hash"]


def canonical(value: Any) -> bytes:
    """`value` as canonical JSON: keys sorted, no spaces, UTF-8.

    Raises `TypeError` for anything that JSON cannot say.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical JSON of `value`, or of the bytes themselves; 64 hexadecimal digits."""
    return sha256(value if isinstance(value, bytes) else canonical(value)).hexdigest()
