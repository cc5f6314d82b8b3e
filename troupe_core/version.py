"""The version of Troupe: the one that plugins state their range against."""

__all__ = ["VERSION", "minor_of"]

VERSION = "0.1.0"


def minor_of(version: str) -> tuple[int, int]:
    """Major and minor number of a version: ``0.3.1`` → (0, 3)."""
    major, minor = version.split(".")[:2]
    return int(major), int(minor)
