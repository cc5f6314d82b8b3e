"""``troupe plugins``: what is installed, what it offers, and whether it works; and how that is changed."""

from collections.abc import Mapping
from typing import ClassVar

import click

from troupe_core.cli.verbs import Verbs

__all__ = ["plugins"]


class _PluginVerbs(Verbs):
    package = "troupe_core.cli.plugins"
    verbs: ClassVar[Mapping[str, tuple[str, str]]] = {
        "list": ("list:list_plugins", "The installed components, and the plugins that cannot be used."),
        "show": ("show:show_component", "A component: what it is for, and what can be set."),
        "check": ("check:check", "Whether plugins can be used; of one, whether it is done."),
        "new": ("new:new", "Write the package of a new plugin, ready to be filled in."),
        "install": ("install:install", "Add plugins to Troupe's own environment."),
        "uninstall": ("uninstall:uninstall", "Take plugins out of it again."),
        "enable": ("enable:enable", "Let plugins be loaded that were disabled."),
        "disable": ("disable:disable", "Leave plugins out of every study of a project, or of yours."),
        "doctor": ("doctor:doctor", "What to paste into a bug report: versions, and what is wrong."),
    }


@click.group(cls=_PluginVerbs)
def plugins() -> None:
    """What is installed, what it offers, and whether it works.

    Example: troupe plugins list
    """
