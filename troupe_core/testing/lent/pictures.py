"""A picture for tests of senses, made without a library (PNG: RFC 2083)."""

import struct
import zlib

__all__ = ["tiny_png"]


def tiny_png(side: int = 24) -> bytes:
    """A square of so many pixels, red above and blue below, as PNG."""
    rows = [b"\x00" + (b"\xd0\x20\x20" if row < side // 2 else b"\x20\x20\xd0") * side for row in range(side)]
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
