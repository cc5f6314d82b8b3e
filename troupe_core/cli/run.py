"""``troupe run``: a study, from its first step to its last."""

import click

__all__ = ["run"]


@click.command(epilog="Example: troupe run study.toml --set simulation.seed=8 --llm mock")
@click.argument("file", type=click.Path(path_type=str))
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE", help="Change a key of the study; repeatable.")
@click.option("--llm", metavar="NAME[:MODEL]", help="Another model: a table of [llms], or a component.")
@click.option("--plugins", metavar="LIST", help="Use only these plugins, separated by commas.")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=str), help="The run's folder. Default: a new one in runs/."
)
@click.option("--json", "as_json", is_flag=True, help="Print nothing but the run's figures, as one JSON object.")
@click.option("--quiet", is_flag=True, help="Print nothing but where the run lies.")
def run(
    file: str,
    settings: tuple[str, ...],
    llm: str | None,
    plugins: str | None,
    out: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Run the study in FILE and keep everything that happens in a folder.

    On a terminal you watch people speak; piped, the lines are plain text.
    """
    from troupe_core.cli.figures import ending
    from troupe_core.cli.watching import watching
    from troupe_core.simulation.simulation import Simulation

    if as_json and quiet:
        raise click.UsageError("--json and --quiet exclude each other.")
    simulation = Simulation.from_file(file, settings=settings, llm=llm, plugins=plugins)
    with watching(simulation.study, silent=as_json or quiet) as watcher:
        result = simulation.run_sync(out, watch=watcher)
    if as_json:
        import orjson

        click.echo(orjson.dumps(result.stats()).decode())
    elif quiet:
        click.echo(str(result.folder))
    else:
        click.echo(f"\n{ending(result.stats())}")
