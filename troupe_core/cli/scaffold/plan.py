"""What stands in the files of a new plugin: the values of all templates."""

import json
from collections.abc import Mapping

from attrs import frozen

from troupe_core.cli.scaffold.kinds import NewKind
from troupe_core.cli.scaffold.naming import Names
from troupe_core.cli.scaffold.writing import filled, plugin_files
from troupe_core.version import VERSION, minor_of

__all__ = ["Plan"]

_HEAD = '[simulation]\nname = "A first try of %%name%%"\nsteps = 2\nseed = 7'
_MODEL = '[llm]\nuse = "mock"'
_PEOPLE = """[[agents]]
persona = { name = "Ann", age = 41, occupation = "baker" }

[[agents]]
persona = { name = "Bob", age = 37, occupation = "postman" }"""


@frozen(kw_only=True)
class Plan:
    """A plugin that is to be written."""

    names: Names
    kind: NewKind
    author: str
    year: int

    def files(self) -> dict[str, str]:
        """Its files, by path below its folder."""
        return plugin_files(self.kind.name, self._values())

    def _values(self) -> Mapping[str, str]:
        names, kind = self.names, self.kind
        name = {"name": names.name}
        config = f'            config="{names.package}.config:Config",\n' if kind.configurable else ""
        with_mock = kind.name != "llm"
        return {
            "name": names.name,
            "distribution": names.distribution,
            "package": names.package,
            "cls": names.cls,
            "field": names.package,
            "part": kind.part,
            "hook": kind.hook,
            "kit": kind.kit,
            "kit_settings": kind.kit_settings,
            "kind_words": _in_words(kind),
            "kind_in_words": _with_article(_in_words(kind)),
            "purpose": kind.purpose,
            "summary": kind.example,
            "config_line": config,
            "dependencies": ('"attrs>=25.4", ' if kind.configurable else "") + f'"troupe-core{_range()}"',
            "author": self.author,
            "author_quoted": json.dumps(self.author, ensure_ascii=False),
            "year": str(self.year),
            "use_block": filled(kind.study, name),
            "readme_study": filled(_study(kind), name),
            "readme_intro": "A study that can be run as it stands; its model costs nothing and comes with "
            "`python -m pip install troupe-mock-llm`:"
            if with_mock
            else "A study that can be run as it stands:",
            "settings_note": f"What can be set, and how: `troupe plugins show {names.name}`."
            if kind.configurable
            else "There is nothing to set.",
        }


def _study(kind: NewKind) -> str:
    """A whole study, in which everything stands once."""
    parts = [_HEAD, _MODEL, kind.study, _PEOPLE]
    if kind.name == "llm":
        parts.remove(_MODEL)
    if kind.name == "persona-source":
        parts.remove(_PEOPLE)
    return "\n\n".join(parts)


def _in_words(kind: NewKind) -> str:
    return "model" if kind.name == "llm" else kind.name.replace("-", " ")


def _with_article(words: str) -> str:
    return f"{'An' if words[0] in 'aeiou' else 'A'} {words}"


def _range() -> str:
    """From the minor version that runs to the next."""
    major, minor = minor_of(VERSION)
    return f">={major}.{minor},<{major}.{minor + 1}"
