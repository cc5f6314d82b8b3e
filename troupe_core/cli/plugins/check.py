"""``troupe plugins check``"""

import os

import click

from troupe_core.discovery.checking import check_plugins
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection

__all__ = ["check_all"]


@click.command("check")
def check_all() -> None:
    """Check every installed plugin: it loads, it is made for this Troupe, each of its components can be used.

    The exit status is 1 if a check failed.

    Example: troupe plugins check
    """
    plugins = Plugins.discover(Selection.read(None, where=None, environ=os.environ, option=None))
    failures = 0
    for verdict in check_plugins(plugins):
        click.echo(f"{verdict.state:<8} {verdict.plugin.place}: {verdict.text}")
        if verdict.remedy:
            for line in verdict.remedy.splitlines():
                click.echo(f"         {line}")
        failures += verdict.state == "problem"
    click.echo("1 check failed." if failures == 1 else f"{failures} checks failed." if failures else "All is well.")
    if failures:
        raise SystemExit(1)
