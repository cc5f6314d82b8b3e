"""Running a tool that installs: its output is shown as it goes, and its failure is an error of ours."""

import os
import shlex
import subprocess
import sys

import click

from troupe_core.cli.installing.commands import Command
from troupe_core.errors import InputError

__all__ = ["run_tool"]


def run_tool(command: Command, doing: str, *, remedy: str | None = None) -> None:
    """Run a command and wait for its end. What it prints goes to standard error. Raises `InputError` where it fails."""
    click.echo(f"$ {' '.join(_typed(command))}", err=True)
    try:
        status = _run(command)
    except OSError as fault:
        raise InputError(f"{command.words[0]} cannot be run: {fault.strerror}") from fault
    if status != 0:
        raise InputError(
            f"{command.tool} could not {doing}: it ended with status {status}, and said why above", remedy=remedy
        )


def _typed(command: Command) -> list[str]:
    """As somebody would type it."""
    first, *rest = command.words
    return [os.path.basename(first), *(shlex.quote(word) for word in rest)]


def _run(command: Command) -> int:
    environ = {**os.environ, **command.environ}
    if sys.stderr.isatty():
        # On a terminal the tool draws its own progress.
        done = subprocess.run(command.words, env=environ, stdout=sys.stderr, check=False)  # noqa: S603 - no shell
        return done.returncode
    with subprocess.Popen(  # noqa: S603 - no shell
        command.words,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            click.echo(line, nl=False, err=True)
    return process.returncode
