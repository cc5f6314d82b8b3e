"""The source of a plugin, read and never run: what it imports, and what it calls."""

import ast
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

__all__ = ["Source", "called", "imports", "read_source", "sources_of", "top_of"]


@frozen(kw_only=True)
class Source:
    """One module of a plugin."""

    file: Path
    shown: str
    """For messages: the file, from its package on."""
    module: str
    """Its dotted name."""
    tree: ast.Module

    def at(self, node: ast.expr | ast.stmt | int) -> str:
        """For messages: file and line."""
        return f"{self.shown}, line {node if isinstance(node, int) else node.lineno}"


def top_of(target: str) -> str:
    """``troupe_dice.part:Dice`` → ``troupe_dice``."""
    return target.partition(":")[0].partition(".")[0]


def sources_of(packages: Iterable[str]) -> tuple[Source, ...]:
    """All modules of these packages, which may be single modules too, by name. What does not parse is left out."""
    found = [source for package in sorted(set(packages)) for source in _of_package(package)]
    return tuple(sorted(found, key=lambda each: each.module))


def _of_package(package: str) -> Iterator[Source]:
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return
    if spec is None:
        return
    if not spec.submodule_search_locations:
        files = [Path(spec.origin)] if spec.origin is not None and spec.origin.endswith(".py") else []
        yield from (source for file in files if (source := read_source(file, file.parent, package)) is not None)
        return
    for folder in map(Path, spec.submodule_search_locations):
        for file in sorted(folder.rglob("*.py")):
            inside = file.relative_to(folder).with_suffix("").parts
            module = ".".join([package, *(each for each in inside if each != "__init__")])
            if (source := read_source(file, folder.parent, module)) is not None:
                yield source


def read_source(file: Path, above: Path, module: str) -> Source | None:
    """One file; None where it cannot be read as Python."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None
    return Source(file=file, shown=file.relative_to(above).as_posix(), module=module, tree=tree)


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """What it imports, wherever in the text: line, and the dotted name down to the name that is taken."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{_from(node, source)}.{each.name}") for each in node.names)
        elif isinstance(node, ast.Call) and called(node) in ("import_module", "importlib.import_module", "__import__"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def called(call: ast.Call) -> str:
    """What is called, as it is written: ``print``, ``logging.basicConfig``; empty where it has no name."""
    names: list[str] = []
    function: ast.expr = call.func
    while isinstance(function, ast.Attribute):
        names.append(function.attr)
        function = function.value
    return ".".join([function.id, *reversed(names)]) if isinstance(function, ast.Name) else ""


def _from(node: ast.ImportFrom, source: Source) -> str:
    if not node.level:
        return node.module or ""
    parts = source.module.split(".")
    up = node.level - (source.file.stem == "__init__")
    return ".".join([*parts[: len(parts) - up], *filter(None, [node.module])])
