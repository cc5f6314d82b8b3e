"""``troupe run``: a study, from its first step to its last."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from troupe_core.cli.completing import distributions, folders, llms

if TYPE_CHECKING:
    from pathlib import Path

    from troupe_core.simulation.simulation import Simulation

__all__ = ["run"]


@click.command(epilog="Example: troupe run study.toml --set simulation.seed=8 --llm mock")
@click.argument("file", type=click.Path(path_type=str))
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE", help="Change a key of the study; repeatable.")
@click.option(
    "--llm",
    metavar="NAME[:MODEL]",
    shell_complete=llms,
    help="Another model: a table of [llms], or a component.",
)
@click.option(
    "--plugins", metavar="LIST", shell_complete=distributions, help="Use only these plugins, separated by commas."
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=str),
    shell_complete=folders,
    help="The run's folder. Default: a new one in runs/.",
)
@click.option("--json", "as_json", is_flag=True, help="Print nothing but the run's figures, as one JSON object.")
@click.option(
    "--trace-plugins", "trace", is_flag=True, help="Keep which plugin did what and how long, and print it at the end."
)
@click.option("--detach", is_flag=True, help="Let it run in a process of its own, and return at once.")
@click.option("--quiet", is_flag=True, help="Print nothing but where the run lies.")
def run(
    file: str,
    settings: tuple[str, ...],
    llm: str | None,
    plugins: str | None,
    out: str | None,
    as_json: bool,
    trace: bool,
    detach: bool,
    quiet: bool,
) -> None:
    """Run the study in FILE and keep everything that happens in a folder.

    On a terminal you watch people speak; piped, the lines are plain text.
    """
    from troupe_core.cli.pure_stdout import pure_stdout
    from troupe_core.cli.watching import watching
    from troupe_core.errors import LLMError, RunStopped
    from troupe_core.simulation.simulation import Simulation

    if as_json and quiet:
        raise click.UsageError("--json and --quiet exclude each other.")
    with pure_stdout(wanted=as_json or quiet):
        simulation = Simulation.from_file(file, settings=settings, llm=llm, plugins=plugins)
    if detach:
        _detach(simulation, (file, *_again(settings, llm, plugins, trace=trace)), out, as_json=as_json, quiet=quiet)
        return
    folder = simulation.folder_for(out)
    try:
        with pure_stdout(wanted=as_json or quiet), watching(simulation.study, silent=as_json or quiet) as watch:
            simulation.run_sync(folder, watch=watch, trace_plugins=trace)
    except (KeyboardInterrupt, RunStopped, LLMError):
        if (folder / "journal.db").is_file():
            _tell_end(folder, as_json=as_json, quiet=quiet)  # an early end is an end: what was lived can be read
        raise
    _tell_end(folder, as_json=as_json, quiet=quiet)


def _tell_end(folder: "Path", *, as_json: bool, quiet: bool) -> None:
    """Where the run lies, and what it took."""
    from troupe_core.cli.figures import ending
    from troupe_core.cli.plugin_times import plugin_times
    from troupe_core.journal.run import Run

    if quiet:
        click.echo(str(folder))
        return
    figures = Run.open(folder).stats()
    if not as_json and not figures["events"]:
        return  # it could not even begin: the error says it all
    if as_json:
        import orjson

        click.echo(orjson.dumps(figures).decode())
    else:
        if "plugins" in figures:
            click.echo(f"\n{plugin_times(figures['plugins'])}")
        click.echo(f"\n{ending(figures)}")


def _again(settings: Sequence[str], llm: str | None, plugins: str | None, *, trace: bool) -> list[str]:
    """The options that make the same study, for another process."""
    words = [word for setting in settings for word in ("--set", setting)]
    words += [] if llm is None else ["--llm", llm]
    words += ["--trace-plugins"] if trace else []
    return words if plugins is None else [*words, "--plugins", plugins]


def _detach(simulation: "Simulation", words: Sequence[str], out: str | None, *, as_json: bool, quiet: bool) -> None:
    """Start it apart, and say how to look at it and how to end it."""
    from troupe_core.cli.detached import start_detached
    from troupe_core.cli.figures import typed

    folder = simulation.folder_for(out)
    process = start_detached(words, folder)
    if as_json:
        import json

        click.echo(json.dumps({"run": str(folder), "process": process}))
    elif quiet:
        click.echo(str(folder))
    else:
        click.echo(f"The run goes on in process {process}, in {folder}.")
        click.echo(f"  what was said so far   {typed()} show {folder}")
        click.echo(f"  end it cleanly         kill -INT {process}")
