"""``troupe plugins disable NAME…``"""

import click

from troupe_core.cli.plugins.choosing import Reach, change, check_known, choosing, listed_in, scope_of

__all__ = ["disable"]


@click.command("disable")
@choosing
def disable(names: tuple[str, ...], reach: Reach) -> None:
    """Leave plugins out of every study of this project, or of yours; they stay installed.

    NAME is a distribution (troupe-chroma) or a plugin of it (chroma). Written to the project's troupe.toml where there
    is one in this folder or above, else for you alone. A study can disable more, and cannot enable what is disabled.

    Example: troupe plugins disable troupe-chroma --project
    """
    for name in names:
        check_known(name)
    for name in dict.fromkeys(names):
        scope = scope_of(reach)
        if listed_in(scope, name):
            click.echo(f"{name} is disabled by {scope.title} already.")
            continue
        change(scope, add=[name])
        back = f"troupe plugins enable {name}"
        click.echo(f"{name} is disabled now, by {scope.title}. To have it back: {back}")
