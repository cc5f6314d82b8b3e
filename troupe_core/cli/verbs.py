"""A group of verbs, each imported when it is used: help names them all and imports none."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import click

from troupe_core.errors import nearest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["Verbs", "imported"]


class Verbs(click.Group):
    """A click group whose verbs stand in a table."""

    verbs: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """In the order of help: ``module:command`` within `package`, and one line for help."""
    package: ClassVar[str] = ""

    def summaries(self) -> dict[str, str]:
        """What help says of each verb."""
        return {name: summary for name, (_, summary) in self.verbs.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return imported(f"{self.package}.{self.verbs[cmd_name][0]}") if cmd_name in self.verbs else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if (
            not ctx.resilient_parsing
            and args
            and not args[0].startswith("-")
            and self.get_command(ctx, args[0]) is None
        ):
            close = nearest(args[0], self.list_commands(ctx))
            hint = f"Did you mean {close}?" if close else f"See what there is: {ctx.command_path} --help"
            raise click.UsageError(f'There is no command "{args[0]}". {hint}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in self.verbs.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """As click does it, but without importing the verbs for their summaries."""
        from click.shell_completion import CompletionItem

        found = self.summaries().items()
        verbs = [CompletionItem(name, help=text) for name, text in found if name.startswith(incomplete)]
        return verbs + click.Command.shell_complete(self, ctx, incomplete)


def imported(path: str) -> click.Command:
    """The command that ``package.module:name`` leads to."""
    module, _, attribute = path.partition(":")
    command = getattr(import_module(module), attribute)
    if not isinstance(command, click.Command):
        raise TypeError(f"{path} is no click command")
    return command
