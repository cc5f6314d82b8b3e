"""Plugins of one file, for one study: ``[plugins] paths = ["./my_rules.py"]``."""

import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from troupe_core.discovery.entry_points import LOCAL, EntryPoint
from troupe_core.errors import ConfigError, nearest

__all__ = ["import_file", "local_entry_points", "sibling_of"]

_PREFIX = "_troupe_local_"
"""Of the names under which their modules are kept: nobody can import them by accident, and they hide nothing."""


def local_entry_points(paths: Sequence[str], folder: Path, where: str) -> tuple[EntryPoint, ...]:
    """One for each file, in the order of the study. Raises `ConfigError` for what cannot be such a file."""
    return tuple(_entries(paths, folder, where))


def import_file(module: str, file: str) -> ModuleType:
    """The module of a file, under its private name. `sys.path` stays as it is, and no other name leads to it."""
    from importlib.util import module_from_spec, spec_from_loader

    if module in sys.modules:
        return sys.modules[module]
    loader = _AsItStands(module, file)
    spec = spec_from_loader(module, loader)
    assert spec is not None
    made = module_from_spec(spec)
    # Where attrs and typing look up what annotations mean.
    sys.modules[module] = made
    try:
        loader.exec_module(made)
    except BaseException:
        sys.modules.pop(module, None)
        raise
    return made


def sibling_of(file: str, module: str | None) -> str | None:
    """What lies beside a file and has the name of a module that it asked for."""
    name = (module or "").partition(".")[0]
    beside = [Path(file).with_name(f"{name}.py"), Path(file).with_name(name) / "__init__.py"] if name else []
    return next((str(each) for each in beside if each.is_file()), None)


class _AsItStands(SourceFileLoader):
    """Leaves no compiled file beside the study, and is never misled by one."""

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_data(self.path), self.path)


def _entries(paths: Sequence[str], folder: Path, where: str) -> Iterator[EntryPoint]:
    from hashlib import sha256

    seen: dict[str, Path] = {}
    for text in paths:
        file = folder / text
        _check(file, text, where)
        if file.stem in seen:
            raise ConfigError(
                f"{text!r} and {str(seen[file.stem])!r} have the same name: each plugin is known by that of its file",
                where=where,
                remedy="Give one of them another name; name none twice.",
            )
        seen[file.stem] = Path(text)
        content = sha256(_read(file, where)).hexdigest()
        place = sha256(f"{file.resolve()}\n{content}".encode()).hexdigest()[:16]
        yield EntryPoint(
            name=file.stem,
            target=f"{_PREFIX}{place}_{file.stem}",
            distribution=LOCAL,
            version=content[:12],
            metadata=None,
            file=str(file.resolve()),
            content=content,
        )


def _read(file: Path, where: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise ConfigError(f"{str(file)!r} cannot be read: {fault.strerror}", where=where) from fault


def _check(file: Path, text: str, where: str) -> None:
    if file.is_dir():
        remedy = "Name one file of it; what needs several is a package: troupe plugins new NAME --kind tool"
        raise ConfigError(f"expected a Python file, got the folder {text!r}", where=where, remedy=remedy)
    if file.suffix != ".py":
        raise ConfigError(
            f"expected a Python file, got {text!r}", where=where, remedy='Write it like this: paths = ["./my_rules.py"]'
        )
    if not file.is_file():
        beside = [each.name for each in file.parent.iterdir()] if file.parent.is_dir() else []
        near = nearest(file.name, [name for name in beside if name.endswith(".py")])
        remedy = f"Did you mean {near!r}?" if near else "A path is relative to the study file."
        raise ConfigError(f"there is no file {str(file)!r}", where=where, remedy=remedy)
    if not file.stem.isidentifier():
        fitting = "".join(char if char.isalnum() else "_" for char in file.stem)
        fitting = f"_{fitting}" if fitting[:1].isdigit() else fitting
        raise ConfigError(
            f"{text!r} cannot be the name of a module: letters, digits and underscores, no digit first",
            where=where,
            remedy=f"Rename the file: {fitting}.py",
        )
