"""``troupe plugins check``"""

import click

from troupe_core.cli.plugins.selecting import selected, selecting
from troupe_core.discovery.checking import check_plugins

__all__ = ["check_all"]


@click.command("check")
@selecting
def check_all(study: str | None, allowed: str | None) -> None:
    """Check every installed plugin: it loads, it is made for this Troupe, each of its components can be used.

    The exit status is 1 if a check failed.

    Example: troupe plugins check
    """
    plugins = selected(study, allowed)
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
