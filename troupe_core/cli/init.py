"""``troupe init``: a small study to start from."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from troupe_core.cli.completing import folders

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["init"]


@click.command(epilog="Example: troupe init my-study")
@click.argument("folder", type=click.Path(path_type=str), shell_complete=folders)
def init(folder: str) -> None:
    """Write a small study with two people into the new or empty folder FOLDER.

    It is played by a model that is installed. Editors that know TOML find in its files what may stand there.
    """
    from pathlib import Path

    from troupe_core.cli.first_study import first_study, model_for
    from troupe_core.cli.schema_of import installed_components, schema_files

    target = Path(folder)
    components = installed_components()
    models = components.names("llm")
    model = model_for(models)
    _write(target, {**first_study(model), **{f".troupe/{name}": text for name, text in schema_files(components)}})
    for each in components.left_out:
        click.echo(f"troupe: left out of the schema: {each}", err=True)
    click.echo("\nWhat to do next:")
    for what, how in _next(target, model, installed=model in models):
        click.echo(f"  {what:<18} {how}")


def _write(target: "Path", files: Mapping[str, str]) -> None:
    from troupe_core.errors import InputError

    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InputError(
                "this is there already, and nothing is overwritten", where=str(target), remedy="Give a new folder."
            )
        for name, text in files.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            click.echo(f"wrote {path}")
    except OSError as fault:
        raise InputError(
            f"cannot be written: {fault.strerror}", where=str(target), remedy="Give another folder."
        ) from fault


def _next(target: "Path", model: str, *, installed: bool) -> Iterator[tuple[str, str]]:
    """What to type, in this order."""
    from troupe_core.cli.figures import typed

    if not installed:
        yield "install a model", "troupe plugins install troupe-mock-llm (it costs nothing; or another model's plugin)"
    if model == "openai":
        yield "set your key", "export OPENAI_API_KEY=…"
    yield "run it", f"{typed()} run {target / 'study.toml'}"
    yield "make it yours", f"the people are in {target / 'personas'}, all else in {target / 'study.toml'}"
    if installed:
        yield "see the settings", f"{typed()} plugins show {model}"
