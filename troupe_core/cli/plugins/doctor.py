"""``troupe plugins doctor``"""

import json
import os
import platform
import sys
from collections.abc import Iterator
from typing import Any

import click
from attrs import asdict

from troupe_core.cli.installing.environment import Environment, this_environment
from troupe_core.cli.plugins.selecting import selected, selecting
from troupe_core.discovery.api_range import api_range_of
from troupe_core.discovery.diagnosis import Finding, diagnose
from troupe_core.discovery.entry_points import CORE
from troupe_core.discovery.found import Plugin
from troupe_core.discovery.plugins import Plugins
from troupe_core.version import VERSION

__all__ = ["doctor"]


@click.command("doctor")
@selecting
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for other programs.")
def doctor(study: str | None, allowed: str | None, as_json: bool) -> None:
    """What to paste into a bug report: versions, every plugin, and what is wrong with them.

    It is Markdown, and names neither your home folder nor the value of any environment variable. The exit status is 1
    if something is wrong; a note is nothing wrong.

    Example: troupe plugins doctor
    """
    plugins = selected(study, allowed)
    findings = diagnose(plugins)
    report = _report(plugins, findings)
    if as_json:
        click.echo(_private(json.dumps(report, indent=2, ensure_ascii=False)))
    else:
        click.echo(_private("\n".join(_markdown(report, findings))))
    if not report["sound"]:
        raise SystemExit(1)


def _report(plugins: Plugins, findings: list[Finding]) -> dict[str, Any]:
    environment = this_environment()
    return {
        "troupe": VERSION,
        "python": f"{platform.python_version()} ({platform.python_implementation()})",
        "platform": f"{platform.system()} {platform.release()} ({platform.machine()})",
        "installed_with": environment.how,
        "editable": _is_editable(plugins),
        "upgrade": environment.upgrade,
        "environment": _kind_of(environment),
        "allowed_by": plugins.selection.only_from if plugins.selection.only is not None else None,
        "plugins": [_row(plugin) for plugin in plugins.in_range()],
        "findings": [asdict(finding) for finding in findings],
        "sound": all(finding.state != "problem" for finding in findings),
    }


def _row(plugin: Plugin) -> dict[str, str | None]:
    stated = None if plugin.distribution == CORE else api_range_of(plugin.metadata)
    return {
        "plugin": plugin.name,
        "distribution": plugin.distribution,
        "version": plugin.version,
        "state": plugin.state,
        "made_for": None if stated is None else stated.text or "any version",
        "file": plugin.file or plugin.module,
    }


def _markdown(report: dict[str, Any], findings: list[Finding]) -> Iterator[str]:
    way = " (editable)" if report["editable"] else f"; to upgrade it: `{report['upgrade']}`"
    yield f"- Troupe {report['troupe']}, installed with {report['installed_with']}{way}"
    yield f"- Python {report['python']}, {report['environment']}"
    yield f"- {report['platform']}"
    if report["allowed_by"]:
        yield f"- which plugins are loaded is said by {report['allowed_by']}"
    yield ""
    yield f"| plugin | distribution | version | state | made for {CORE} | file |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in report["plugins"]:
        yield f"| {' | '.join(_cell(value) for value in row.values())} |"
    for state, title in (("problem", "What is wrong"), ("note", "Worth knowing")):
        of_state = [finding for finding in findings if finding.state == state]
        if of_state:
            yield f"\n### {title}\n"
            yield from (line for finding in of_state for line in _told(finding))
    wrong = sum(finding.state == "problem" for finding in findings)
    yield "\nNothing is wrong." if not wrong else f"\n{wrong} {'thing is' if wrong == 1 else 'things are'} wrong."


def _told(finding: Finding) -> Iterator[str]:
    yield f"- {finding.about}: {' '.join(finding.text.split())}"
    if finding.remedy:
        yield f"  {' '.join(finding.remedy.split())}"


def _cell(value: str | None) -> str:
    return "-" if value is None else value.replace("|", "\\|")


def _kind_of(environment: Environment) -> str:
    if sys.prefix == sys.base_prefix:
        return "no environment of its own"
    return f"in {environment.prefix}"


def _is_editable(plugins: Plugins) -> bool:
    """Whether the core is a folder that somebody works in."""
    core = next((plugin for plugin in plugins.installed if plugin.distribution == CORE), None)
    if core is None or core.metadata is None:
        return True
    try:
        origin = json.loads((core.metadata / "direct_url.json").read_text(encoding="utf-8"))
        return bool(origin["dir_info"]["editable"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _private(text: str) -> str:
    """The text without the name of the home folder, wherever it stands."""
    home = os.path.expanduser("~").rstrip(os.sep)
    written = json.dumps(home)[1:-1]
    for each in (written, home):
        if len(each) > 1:
            text = text.replace(each + os.sep, "~" + os.sep).replace(each + "\\\\", "~\\\\")
    return text
