"""Verbs that are imported when they are used: ``troupe --help`` names them all and imports none."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

import click

from troupe_core.discovery.entry_points import EntryPoint, installed_commands
from troupe_core.errors import PluginError, nearest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["LazyGroup"]

_VERBS = {
    "run": ("run:run", "Run a study."),
    "show": ("show:show", "Read what was said and done in a run."),
    "events": ("events:events", "List the events of a run."),
    "stats": ("stats:stats", "What a run took: calls, tokens, money, time."),
    "report": ("report:report", "What was found in runs, as one page."),
    "digest": ("digest:digest", "The one number that stands for all that happened in a run."),
    "fixtures": ("fixtures:fixtures", "Turn a finished run into a ready test."),
    "init": ("init:init", "Write a small study to start from."),
    "schema": ("schema:schema", "What a study or a persona may hold, for editors."),
    "plugins": ("plugins:plugins", "What is installed, and whether it is sound."),
}


class LazyGroup(click.Group):
    """The verbs of the core, and those that plugins add through the entry points ``troupe.commands``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_VERBS, *self._of_plugins()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _VERBS:
            return _imported("troupe_core.cli." + _VERBS[cmd_name][0])
        entry = self._of_plugins().get(cmd_name)
        if entry is None:
            return None
        try:
            return _imported(entry.target)
        except (Exception, SystemExit) as fault:
            if ctx.resilient_parsing:
                return None  # a shell asks what it may suggest: this is no time for errors
            raise PluginError(
                f"the command {cmd_name} cannot be loaded: {type(fault).__name__}: {fault}",
                where=f"{entry.distribution} {entry.version}",
                remedy=f"Repair or remove it: python -m pip uninstall {entry.distribution}",
            ) from fault

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
            hint = f"Did you mean {close}?" if close else "See what there is: troupe --help"
            raise click.UsageError(f'There is no command "{args[0]}". {hint}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in _VERBS.items()])
        added = self._of_plugins()
        if added:
            with formatter.section("Commands of plugins"):
                formatter.write_dl([(name, f"from {entry.distribution}") for name, entry in added.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """As click does it, but without importing the verbs for their summaries."""
        from click.shell_completion import CompletionItem

        summaries = {name: summary for name, (_, summary) in _VERBS.items()}
        summaries |= {name: f"from {entry.distribution}" for name, entry in self._of_plugins().items()}
        verbs = [CompletionItem(name, help=text) for name, text in summaries.items() if name.startswith(incomplete)]
        return verbs + click.Command.shell_complete(self, ctx, incomplete)

    def _of_plugins(self) -> Mapping[str, EntryPoint]:
        return {name: entry for name, entry in sorted(installed_commands().items()) if name not in _VERBS}


def _imported(path: str) -> click.Command:
    module, _, attribute = path.partition(":")
    command = getattr(import_module(module), attribute)
    if not isinstance(command, click.Command):
        raise TypeError(f"{path} is no click command")
    return command
