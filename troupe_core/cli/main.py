"""The command ``troupe``: its verbs, and what becomes of errors."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from troupe_core.cli.closed_pipe import print_no_more
from troupe_core.cli.lazy_group import LazyGroup
from troupe_core.errors import RunStopped, TroupeError
from troupe_core.version import VERSION

__all__ = ["EXIT_INTERRUPTED", "EXIT_STOPPED", "EXIT_WRONG", "main", "troupe"]

EXIT_WRONG = 2
"""Wrong input or usage."""
EXIT_STOPPED = 3
"""Stopped by a limit; resumable."""
EXIT_INTERRUPTED = 130
"""Interrupted; resumable."""


_TRACEBACK = "--traceback"


class _Ended(Exception):
    """Ctrl-C, or a closed pipe: kept from click, which has an ending of its own for each."""


class _Verbs(LazyGroup):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, BrokenPipeError) as end:
            raise _Ended from end


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: troupe init my-study, then: troupe run my-study/study.toml",
)
@click.version_option(VERSION, "-V", "--version", message="troupe-core %(version)s")
@click.option(_TRACEBACK, is_flag=True, help="Show where in the code an error came up; anywhere in the line.")
def troupe(**_: bool) -> None:
    """People described in a file, played by language models, live through a simulation."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process: 0 done, 1 a check failed, 2 wrong input, 3 stopped, 130 interrupted."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if "_TROUPE_COMPLETE" in os.environ:
        from troupe_core.cli.quoting_bash import use_quoting_bash

        use_quoting_bash()
    try:
        status = troupe.main(
            args=[word for word in words if word != _TRACEBACK], prog_name="troupe", standalone_mode=False
        )
    except click.exceptions.Abort:
        sys.exit(EXIT_INTERRUPTED)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except _Ended as end:
        if isinstance(end.__cause__, KeyboardInterrupt):
            sys.exit(EXIT_INTERRUPTED)
        print_no_more()
        sys.exit(0)
    except (TroupeError, OSError) as fault:
        if _TRACEBACK in words:
            from traceback import print_exception

            print_exception(fault)
        else:
            click.echo(f"troupe: {_told(fault)}", err=True)
        sys.exit(EXIT_STOPPED if isinstance(fault, RunStopped) else EXIT_WRONG)
    sys.exit(status if isinstance(status, int) else 0)


def _told(fault: TroupeError | OSError) -> str:
    """An error of the operating system that nobody has put into words: a disk is full, a file may not be read."""
    if isinstance(fault, TroupeError):
        return str(fault)
    what = fault.strerror or str(fault)
    named = what if fault.filename is None else f"{fault.filename}: {what}"
    return f"{named}\nThe operating system says so; --traceback shows where."
