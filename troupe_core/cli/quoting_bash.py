"""Completion for bash that quotes a name of several words; click's own writes it as several words into the line."""

from click.shell_completion import BashComplete, add_completion_class

__all__ = ["use_quoting_bash"]

_RAW, _QUOTED = "COMPREPLY+=($value)", 'COMPREPLY+=("$(printf %%q "$value")")'  # a template of old: %% is one %


class _QuotingBash(BashComplete):
    source_template = BashComplete.source_template.replace(_RAW, _QUOTED)


def use_quoting_bash() -> None:
    """From now on, in this process, which only answers a shell."""
    add_completion_class(_QuotingBash)
