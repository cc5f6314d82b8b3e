"""What this run has sent outside, kept beside its journal: so that nothing is sent twice."""

import json
import os
import secrets
from pathlib import Path

from troupe_core.plugin import JSON

__all__ = ["Outbox"]


class Outbox:
    """A file of lines: which mail was begun, sent, or given up. A line is on disk before anything follows from it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._states: dict[str, tuple[str, JSON]] = {}
        self._run = ""
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                self._read(line)

    @property
    def run(self) -> str:
        """Tells this run from every other to the outside: the names of run folders are not unique.

        Drawn by lot where there is none yet; it comes into no journal.
        """
        if not self._run:
            self._run = secrets.token_hex(8)
            self._write({"run": self._run})
        return self._run

    def state(self, key: str) -> str | None:
        """``begun``, ``sent`` or ``failed``; None for what was never begun."""
        return self._states.get(key, (None, None))[0]

    def result(self, key: str) -> JSON:
        """What was noted of a mail that was sent, else None."""
        state, result = self._states.get(key, (None, None))
        return result if state == "sent" else None

    def note(self, key: str, state: str, result: JSON = None) -> None:
        """Write down how far a mail is."""
        self._states[key] = (state, result)
        self._write({"key": key, "state": state, "result": result})

    def _write(self, line: JSON) -> None:
        torn = self._file.exists() and self._file.read_bytes()[-1:] != b"\n"
        with self._file.open("a", encoding="utf-8") as file:
            file.write(("\n" if torn else "") + json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _read(self, line: str) -> None:
        try:
            noted = json.loads(line)
        except ValueError:
            return  # cut off when the run was killed: nothing had followed from it
        if "run" in noted:
            self._run = noted["run"]
        else:
            self._states[noted["key"]] = (noted["state"], noted["result"])
