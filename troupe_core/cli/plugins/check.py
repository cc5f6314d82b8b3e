"""``troupe plugins check [NAME]``"""

import json
import os
from pathlib import Path

import click

from troupe_core.cli.completing import components, folders
from troupe_core.cli.plugins.named import distribution_named
from troupe_core.discovery.checking import check_plugins
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection

__all__ = ["check"]


@click.command("check")
@click.argument("name", required=False, shell_complete=components)
@click.option(
    "--project",
    metavar="DIR",
    type=click.Path(path_type=Path),
    shell_complete=folders,
    help="The folder in which the plugin is written, where it is not installed from there.",
)
@click.option("--tests", is_flag=True, help="Run all of its tests, too, with nothing to connect to but this machine.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list, for other programs.")
def check(name: str | None, project: Path | None, tests: bool, as_json: bool) -> None:
    """Check every installed plugin: it loads, it is made for this Troupe, each of its components can be used.

    With NAME (a plugin, a distribution or a component) tell of every rule for good plugins that a program can verify
    whether that distribution keeps it, and what to do where it does not. The tests of its kits are run.

    The exit status is 1 if a check failed.

    Example: troupe plugins check email
    """
    plugins = Plugins.discover(Selection.read(None, where=None, environ=os.environ, option=None))
    if name is not None:
        failed = _check_one(distribution_named(name, plugins), plugins, project, tests=tests, as_json=as_json)
    elif project is not None or tests or as_json:
        option = "--project" if project is not None else "--tests" if tests else "--json"
        raise click.UsageError(f"{option} is for one plugin: name it.")
    else:
        failed = _check_all(plugins)
    if failed:
        raise SystemExit(1)


def _check_all(plugins: Plugins) -> bool:
    failures = 0
    for verdict in check_plugins(plugins):
        click.echo(f"{verdict.state:<8} {verdict.plugin.place}: {verdict.text}")
        if verdict.remedy:
            for line in verdict.remedy.splitlines():
                click.echo(f"         {line}")
        failures += verdict.state == "problem"
    click.echo("1 check failed." if failures == 1 else f"{failures} checks failed." if failures else "All is well.")
    return failures > 0


def _check_one(distribution: str, plugins: Plugins, project: Path | None, *, tests: bool, as_json: bool) -> bool:
    from troupe_core.cli.plugins.verdicts import heading, lines_of, sum_of
    from troupe_core.quality.judging import judge
    from troupe_core.quality.subject import Subject

    subject = Subject.of(distribution, plugins, project=project, runs_tests=tests)
    verdicts = []
    if not as_json:
        click.echo(heading(subject))
    for verdict in judge(subject):
        verdicts.append(verdict)
        if not as_json:
            for line in lines_of(verdict):
                click.echo(line)
    if as_json:
        rows = [{"rule": v.rule.id, "state": v.state, "text": v.text, "remedy": v.remedy} for v in verdicts]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        click.echo(sum_of(verdicts))
    return any(verdict.state == "missing" for verdict in verdicts)
