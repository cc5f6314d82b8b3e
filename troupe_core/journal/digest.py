"""One number for all that happened in a run.

The digest covers every event but ``note`` in the journal's logical order: stamp, kind, causes and data.
It does not cover what may differ between two runs of one study: timings, retries, where an answer came from,
and ``[execution]``.
"""

from hashlib import sha256

__all__ = ["RunningDigest"]


class RunningDigest:
    """SHA-256 over the events, fed in logical order."""

    def __init__(self) -> None:
        self._hash = sha256(b"troupe journal 1\n")

    def add(self, step: int, group: int, rank: int, ordinal: int, kind: str, causes: str, data: str | bytes) -> None:
        """One more event; `data` is its canonical JSON."""
        if kind != "note":
            self._hash.update(f"{step} {group} {rank} {ordinal} {kind} {causes}\n".encode())
            self._hash.update(data.encode() if isinstance(data, str) else data)

    def hexdigest(self) -> str:
        """The digest of all events so far."""
        return self._hash.hexdigest()
