"""The version of Troupe: the one that plugins state their range against."""

__all__ = ["VERSION"]

VERSION = "0.1.0"
