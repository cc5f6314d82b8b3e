"""What ``uv tool install`` wrote down about its last time, as the words that say it again."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from attrs import frozen

from troupe_core.cli.installing.environment import RECEIPT
from troupe_core.discovery.entry_points import CORE, normal
from troupe_core.errors import InputError

__all__ = ["Receipt", "read_receipt"]


@frozen(kw_only=True)
class Receipt:
    """A tool's environment: the tool, what was installed with it, and how."""

    core: Mapping[str, Any]
    others: tuple[Mapping[str, Any], ...]
    options: tuple[str, ...]
    """As words of a command line."""
    python: str | None
    bin: Path | None
    """The folder of the tool's command."""

    def core_words(self) -> list[str]:
        """The tool itself."""
        if "editable" in self.core:
            return ["--editable", str(self.core["editable"])]
        return [_requirement(self.core)]

    def with_words(self, without: Collection[str]) -> list[str]:
        """``--with`` for each that is to stay; `without` are the normal names of those that are not."""
        words: list[str] = []
        for each in self.others:
            if normal(str(each["name"])) not in without:
                editable = "editable" in each
                words += [
                    "--with-editable" if editable else "--with",
                    str(each["editable"]) if editable else _requirement(each),
                ]
        return words

    def names(self) -> set[str]:
        """Of all that was installed with the tool, normal."""
        return {normal(str(each["name"])) for each in self.others}


def read_receipt(prefix: Path) -> Receipt:
    """The receipt of an environment. Raises `InputError` where it cannot be understood."""
    file = prefix / RECEIPT
    try:
        tool = tomllib.loads(file.read_text(encoding="utf-8"))["tool"]
        entries = [{"name": each} if isinstance(each, str) else dict(each) for each in tool["requirements"]]
        core = next(each for each in entries if normal(str(each["name"])) == CORE)
        others = tuple(each for each in entries if each is not core)
        bins = [Path(each["install-path"]).parent for each in tool.get("entrypoints", ()) if "install-path" in each]
        options = tuple(_options(tool.get("options", {})))
        python = tool.get("python")
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as fault:
        raise InputError(
            f"what uv wrote about this environment cannot be understood: {type(fault).__name__}: {fault}",
            where=str(file),
            remedy="Do it by hand: uv tool install troupe-core --with NAME, with every plugin that you want to keep.",
        ) from None
    return Receipt(core=core, others=others, options=options, python=python, bin=bins[0] if bins else None)


def _requirement(entry: Mapping[str, Any]) -> str:
    """The entry as a requirement."""
    extras = f"[{','.join(entry['extras'])}]" if entry.get("extras") else ""
    marker = f" ; {entry['marker']}" if entry.get("marker") else ""
    return f"{entry['name']}{extras}{_source(entry)}{marker}"


def _source(entry: Mapping[str, Any]) -> str:
    for key in ("path", "directory"):
        if key in entry:
            return f" @ {Path(entry[key]).as_uri()}"
    if "git" in entry:
        parts = urlsplit(str(entry["git"]))
        asked = {**{key: values[0] for key, values in parse_qs(parts.query).items()}, **entry}
        at = next((f"@{asked[key]}" for key in ("rev", "tag", "branch") if key in asked), "")
        return f" @ git+{urlunsplit((parts.scheme, parts.netloc, parts.path, '', ''))}{at}"
    if "url" in entry:
        return f" @ {entry['url']}"
    return str(entry.get("specifier", ""))


def _options(table: Mapping[str, Any]) -> Iterator[str]:
    """Where packages come from, and how they are chosen: all that can be said in words."""
    for key, value in table.items():
        if key == "index":
            for index in value:
                name = f"{index['name']}=" if index.get("name") else ""
                yield from ("--default-index" if index.get("default") else "--index", f"{name}{index['url']}")
        elif value is True:
            yield f"--{key}"
        elif isinstance(value, str):
            yield from (f"--{key}", value)
        elif isinstance(value, list) and all(isinstance(each, str) for each in value):
            for each in value:
                yield from (f"--{key}", each)
