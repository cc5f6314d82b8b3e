"""``troupe plugins enable NAME…``"""

import click

from troupe_core.cli.plugins.choosing import Reach, change, check_known, choosing, listed_in, meant, there
from troupe_core.discovery.entry_points import CORE

__all__ = ["enable"]


@click.command("enable")
@choosing
def enable(names: tuple[str, ...], reach: Reach) -> None:
    """Let plugins be loaded again that were disabled for this project, or for you.

    Taken out of the file that disables them; of both, unless one is asked for.

    Example: troupe plugins enable troupe-chroma
    """
    for name in dict.fromkeys(names):
        listing = [(scope, listed) for scope in there() if (listed := listed_in(scope, name))]
        asked = [(scope, listed) for scope, listed in listing if reach in (None, scope.kind)]
        if not listing and all(entry.distribution != CORE for entry in meant(name)):
            check_known(name)
        for scope, listed in asked:
            change(scope, remove=listed)
        left = [scope for scope, _ in listing if all(scope != other for other, _ in asked)]
        click.echo(_said(name, [scope.title for scope, _ in asked], [(scope.title, scope.kind) for scope in left]))


def _said(name: str, changed: list[str], left: list[tuple[str, str]]) -> str:
    said = f"{name} is enabled now: {' and '.join(changed)} disabled it." if changed else f"{name} was not disabled."
    if not left:
        return said
    title, kind = left[0]
    where = f"It is still disabled by {title}" if changed else f"{name} is disabled by {title}"
    return (
        f"{said} {where}: troupe plugins enable {name} --{kind}"
        if changed
        else (f"{where}, and by nothing else: troupe plugins enable {name} --{kind}")
    )
