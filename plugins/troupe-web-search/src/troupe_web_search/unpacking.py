"""Unpacking what a server sends, piece by piece, and never more than is wanted."""

import zlib

from troupe_web_search.provider import NotReadable

__all__ = ["Unpacking"]

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Unpacking:
    """Gathers a body of at most `most` bytes. A few bytes that unpack into gigabytes are stopped in time."""

    def __init__(self, encoding: str, most: int) -> None:
        """Raises `NotReadable` for a way of packing that was not asked for."""
        self.data = bytearray()
        self._most = most
        self._packed = None
        if encoding not in ("", "identity"):
            if encoding not in _WINDOWS:
                raise NotReadable("is packed in a way that was not asked for")
            self._packed = zlib.decompressobj(_WINDOWS[encoding])

    def add(self, piece: bytes) -> None:
        """Add what came. Raises `NotReadable`."""
        room = self._most - len(self.data) + 1
        try:
            self.data += piece[:room] if self._packed is None else self._packed.decompress(piece, room)
        except zlib.error:
            raise NotReadable("is packed, and cannot be unpacked") from None
        if len(self.data) > self._most:
            raise NotReadable(f"is larger than {self._most} bytes")
