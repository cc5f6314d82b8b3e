"""All verbs of the command: ``troupe --help`` names them and imports none."""

from collections.abc import Mapping

import click

from troupe_core.cli.verbs import Verbs, imported
from troupe_core.discovery.entry_points import EntryPoint, installed_commands
from troupe_core.errors import PluginError

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


class LazyGroup(Verbs):
    """The verbs of the core, and those that plugins add through the entry points ``troupe.commands``."""

    verbs = _VERBS
    package = "troupe_core.cli"

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*_VERBS, *self._of_plugins()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _VERBS:
            return super().get_command(ctx, cmd_name)
        entry = self._of_plugins().get(cmd_name)
        if entry is None:
            return None
        try:
            return imported(entry.target)
        except (Exception, SystemExit) as fault:
            if ctx.resilient_parsing:
                return None  # a shell asks what it may suggest: this is no time for errors
            raise PluginError(
                f"the command {cmd_name} cannot be loaded: {type(fault).__name__}: {fault}",
                where=f"{entry.distribution} {entry.version}",
                remedy=f"Repair or remove it: python -m pip uninstall {entry.distribution}",
            ) from fault

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_commands(ctx, formatter)
        added = self._of_plugins()
        if added:
            with formatter.section("Commands of plugins"):
                formatter.write_dl([(name, f"from {entry.distribution}") for name, entry in added.items()])

    def summaries(self) -> dict[str, str]:
        return super().summaries() | {name: f"from {each.distribution}" for name, each in self._of_plugins().items()}

    def _of_plugins(self) -> Mapping[str, EntryPoint]:
        return {name: entry for name, entry in sorted(installed_commands().items()) if name not in _VERBS}
