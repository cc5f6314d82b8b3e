"""From templates to the files of a new plugin."""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["filled", "plugin_files"]

_PLACE = re.compile(r"%%(\w+)%%")
_ENDING = ".tmpl"


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with a value for each ``%%name%%``. Raises `KeyError` for one that has none."""
    return _PLACE.sub(lambda found: values[found[1]], text)


def plugin_files(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    """The files of a plugin of this kind, by path: what all have in common, and over it the kind's own."""
    templates = files("troupe_core.cli.scaffold") / "templates"
    found = {**dict(_below(templates / "common")), **dict(_below(templates / kind))}
    return {filled(path, values): filled(text, values) for path, text in sorted(found.items())}


def _below(folder: Traversable, above: str = "") -> Iterator[tuple[str, str]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _below(each, f"{above}{each.name}/")
        elif each.name.endswith(_ENDING):
            yield above + each.name.removesuffix(_ENDING), each.read_text(encoding="utf-8")
