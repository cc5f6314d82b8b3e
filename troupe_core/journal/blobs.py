"""Pictures, sounds and documents of a run, by content hash."""

import re
from contextlib import suppress
from pathlib import Path

from troupe_core.values.canonical import content_hash

__all__ = ["Blobs"]

_SUFFIX = re.compile(r"[a-z]+/([a-z0-9]+)")


class Blobs:
    """The ``blobs/`` folder of a run: the same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes, media_type: str) -> str:
        """Keep the bytes; returns their SHA-256. A half-written file is never left under that name."""
        ref = content_hash(data)
        if self._find(ref) is None:
            match = _SUFFIX.match(media_type)
            path = self._folder / (f"{ref}.{match[1]}" if match else ref)
            partial = path.with_name(f".{path.name}.partial")
            partial.write_bytes(data)
            partial.replace(path)
        return ref

    def get(self, ref: str) -> bytes:
        """The bytes kept under this hash. Raises `KeyError` where there are none, or others."""
        path = self._find(ref)
        if path is not None:
            with suppress(OSError):
                data = path.read_bytes()
                if content_hash(data) == ref:
                    return data
        raise KeyError(ref)

    def _find(self, ref: str) -> Path | None:
        if not re.fullmatch(r"[0-9a-f]{64}", ref):
            return None
        return next(iter(sorted(self._folder.glob(f"{ref}*"))), None)
