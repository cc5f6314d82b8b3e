"""Settings in two aligned columns, as wide as the terminal."""

from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from textwrap import wrap

from troupe_core.config.documented import Setting
from troupe_core.config.toml_value import toml_value

__all__ = ["setting_lines", "width_of_terminal"]

_INDENT = "  "
_LONGEST_KEY = 24
"""A longer key has a line of its own: it would push all others aside."""


def width_of_terminal() -> int:
    """In characters; where there is no terminal, a readable one. ``COLUMNS`` decides, if it is set."""
    return max(50, min(get_terminal_size((100, 24)).columns, 120))


def setting_lines(settings: Sequence[Setting], width: int) -> Iterator[str]:
    """Each key, beside it what it may be and its default, below it what it is for."""
    aside = max((len(setting.key) for setting in settings if len(setting.key) <= _LONGEST_KEY), default=0) + 2
    for setting in settings:
        lines = [*wrap(_value(setting), width - aside - 2), *wrap(setting.doc.replace("``", "`"), width - aside - 2)]
        if len(setting.key) > aside - 2:
            yield f"{_INDENT}{setting.key}"
        else:
            yield f"{_INDENT}{setting.key:<{aside}}{lines.pop(0)}"
        yield from (f"{_INDENT}{'':<{aside}}{line}" for line in lines)


def _value(setting: Setting) -> str:
    if setting.needed:
        return f"{setting.expected}; needed"
    return setting.expected if setting.default is None else f"{setting.expected}; default {toml_value(setting.default)}"
