"""``troupe schema``: what a study or a persona file may hold, for editors."""

import click

from troupe_core.cli.completing import schemas

__all__ = ["schema"]


@click.command(epilog="Example: troupe schema study --out study.schema.json")
@click.argument("name", default="study", shell_complete=schemas)
@click.option(
    "--out", metavar="FILE|DIR", type=click.Path(path_type=str), help="Write it there; into a folder under its name."
)
@click.option(
    "--study",
    metavar="FILE",
    type=click.Path(path_type=str),
    help="With the components that this study's own files offer.",
)
def schema(name: str, out: str | None, study: str | None) -> None:
    """Print the JSON Schema (draft 7) of study files, with the keys of every component that is installed.

    NAME is study, persona, or a component: mock, troupe-mock-llm:mock, llm:mock.
    """
    from troupe_core.cli.schema_of import as_text, schema_of_name

    printed, left_out = schema_of_name(name, study)
    for each in left_out:
        click.echo(f"troupe: left out: {each}", err=True)
    text = as_text(printed)
    if out is None:
        click.echo(text, nl=False)
    else:
        click.echo(f"wrote {_write(out, name, text)}")


def _write(out: str, name: str, text: str) -> str:
    from pathlib import Path

    from troupe_core.errors import InputError

    path = Path(out)
    if path.is_dir() or out.endswith(("/", "\\")):
        path = path / f"{name.replace(':', '.')}.schema.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise InputError(f"cannot be written: {fault.strerror}", where=out, remedy="Give another place.") from fault
    return str(path)
