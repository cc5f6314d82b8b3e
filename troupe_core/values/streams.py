"""Random numbers from streams with names, never from one shared generator."""

from hashlib import blake2b
from random import Random

__all__ = ["derived_seed", "stream"]


def derived_seed(seed: int, *key: str | int) -> int:
    """A seed from 0 to 2³¹−1 that depends on all of `key` and on nothing else."""
    return int.from_bytes(_hashed(seed, key)[:4], "big") >> 1


def stream(seed: int, *key: str | int) -> Random:
    """A generator of its own for this key: other keys' draws never shift it."""
    return Random(int.from_bytes(_hashed(seed, key), "big"))  # noqa: S311 - a simulation, no secret


def _hashed(seed: int, key: tuple[str | int, ...]) -> bytes:
    return blake2b("\x1f".join(map(repr, (seed, *key))).encode(), digest_size=16).digest()
