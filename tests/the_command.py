"""The command ``troupe`` in this process, for all tests: those of the core and of every plugin."""

from collections.abc import Callable

import pytest
from attrs import frozen

from troupe_core.cli.main import main

__all__ = ["Printed", "troupe"]


@frozen
class Printed:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def troupe(capsys: pytest.CaptureFixture[str]) -> Callable[..., Printed]:
    """The command ``troupe``, in this process."""

    def command(*words: object) -> Printed:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        return Printed(int(ended.value.code or 0), printed.out, printed.err)

    return command
