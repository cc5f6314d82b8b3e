"""The options ``--study`` and ``--plugins`` of the verbs that look at what is installed."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from troupe_core.cli.completing import distributions
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection

__all__ = ["selected", "selecting"]


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with both options: `study` and `allowed`."""
    study = click.option(
        "--study",
        metavar="FILE",
        type=click.Path(path_type=str),
        help="As this study sees it: what it disables, and the plugins that are files of its own.",
    )
    allowed = click.option(
        "--plugins",
        "allowed",
        metavar="LIST",
        shell_complete=distributions,
        help="As if only these plugins were installed, separated by commas.",
    )
    return study(allowed(command))


def selected(study: str | None, allowed: str | None) -> Plugins:
    """What is installed, as a study and ``--plugins`` see it. Raises `ConfigError`, `PluginError`."""
    table: Any = None
    if study is not None:
        # The rest of the study may be wrong: this is about its plugins.
        from troupe_core.config.toml_file import read_toml

        table = read_toml(Path(study)).get("plugins")
    plugins = Plugins.discover(Selection.read(table, where=study, environ=os.environ, option=allowed))
    if allowed is not None:
        plugins.check_allowed()  # what stands in the environment was not meant for this command alone
    return plugins
