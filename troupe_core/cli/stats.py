"""``troupe stats``: what a run took."""

from typing import Any

import click

from troupe_core.cli.completing import folders

__all__ = ["stats"]


@click.command(epilog="Example: troupe stats runs/product-panel-1 --json")
@click.argument("run", type=click.Path(path_type=str), shell_complete=folders)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def stats(run: str, as_json: bool) -> None:
    """Print what the run in the folder RUN took: calls, tokens, money, time."""
    from troupe_core.journal.run import Run

    figures = Run.open(run).stats()
    if as_json:
        import orjson

        click.echo(orjson.dumps(figures).decode())
        return
    flat = {**figures, **{f"llm {name}": value for name, value in figures["llm"].items()}}
    del flat["llm"]
    traced = flat.pop("plugins", None)
    for name, value in flat.items():
        click.echo(f"{name.replace('_', ' '):<22} {_said(value)}")
    if traced is not None:
        from troupe_core.cli.plugin_times import plugin_times

        click.echo(f"\n{plugin_times(traced)}")


def _said(value: Any) -> str:
    if value is None:
        return "not known"
    return f"{value:,}" if isinstance(value, int) else str(value)
