"""``troupe digest``: one number for a run."""

import click

from troupe_core.cli.completing import folders

__all__ = ["digest"]


@click.command(epilog="Example: troupe digest runs/product-panel-1")
@click.argument("run", type=click.Path(path_type=str), shell_complete=folders)
def digest(run: str) -> None:
    """Print the digest of the run in the folder RUN: equal for two runs in which the same happened."""
    from troupe_core.journal.run import Run

    click.echo(Run.open(run).digest())
