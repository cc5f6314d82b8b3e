"""``troupe plugins``: what is installed, what it offers, and whether it works."""

import click

from troupe_core.cli.plugins.check import check_all
from troupe_core.cli.plugins.list import list_plugins
from troupe_core.cli.plugins.new import new
from troupe_core.cli.plugins.show import show_component

__all__ = ["plugins"]


@click.group()
def plugins() -> None:
    """What is installed, what it offers, and whether it works.

    Example: troupe plugins list
    """


plugins.add_command(list_plugins)
plugins.add_command(show_component)
plugins.add_command(check_all)
plugins.add_command(new)
