"""What a plugin tells its readers: its settings, its classes, its types, its actions."""

import ast
import re
from collections.abc import Iterator
from inspect import isclass
from typing import Any, get_args

from attrs import fields, has

from troupe_core.config.documented import settings_of
from troupe_core.contracts.declared import DeclaredAction, declared_in
from troupe_core.discovery.blame import in_words
from troupe_core.discovery.found import Found, kind_in_words
from troupe_core.discovery.parts import config_class, factory_of
from troupe_core.errors import PluginError
from troupe_core.quality.rule import Seen, kept, unless, unseen
from troupe_core.quality.sources import Source
from troupe_core.quality.subject import Subject

__all__ = ["actions_are_described", "actions_of", "classes_are_described", "settings_are_described", "types_are_told"]


_KNOWN = ("text",)
"""Parameters that are the same everywhere: what is said, written, thought."""


def settings_are_described(subject: Subject) -> Seen:
    """Every key of every component, and of the tables inside."""
    faults: list[str] = []
    for found in subject.found:
        try:
            config = config_class(found)
            faults += _in_settings(config, found.component.name) if config is not None else []
        except PluginError as error:
            return unseen(error.what)
        except Exception as error:
            faults.append(f"the settings of {found.component.name!r} cannot be described: {in_words(error)}")
    return unless(faults)


def classes_are_described(subject: Subject) -> Seen:
    """What makes each part says what it is."""
    return _of_factories(subject, _undescribed)


def actions_are_described(subject: Subject) -> Seen:
    """Each action and each of its parameters: that is all that a model knows of it."""
    return _of_factories(subject, _in_actions)


def types_are_told(subject: Subject) -> Seen:
    """Annotations in the source, and the mark by which type checkers know that they may read them."""
    if not subject.sources:
        return unseen("its source cannot be read")
    roots = {(source.file, source.module) for source in subject.sources if source.module in subject.packages}
    faults = [
        f"{module} has no file py.typed"
        for file, module in sorted(roots)
        if file.name == "__init__.py" and not subject.is_core and not (file.parent / "py.typed").is_file()
    ]
    return unless([*faults, *(fault for source in subject.sources for fault in _unannotated(source))])


def actions_of(factory: Any) -> dict[str, DeclaredAction]:
    """The `@action` methods of what makes a part; none where it is no class."""
    return declared_in(factory) if isclass(factory) else {}


def _of_factories(subject: Subject, look: Any) -> Seen:
    if not subject.found:
        return kept("it offers no components")
    faults: list[str] = []
    for found in subject.found:
        try:
            faults += look(found, factory_of(found))
        except PluginError as error:
            return unseen(error.what)
    return unless(faults)


def _in_settings(config: type, of: str) -> Iterator[str]:
    documented = {each.key: each.doc for each in settings_of(config)}
    for attribute in fields(config):
        key = attribute.alias or attribute.name
        if key not in documented:
            continue
        if not documented[key]:
            yield f"{of}: nothing stands under the key {key}"
        if attribute.type in (None, Any, object):
            yield f"{of}: the key {key} has no type"
        for inner in _tables_in(attribute.type):
            yield from _in_settings(inner, f"{of}, {key}")


def _tables_in(kind: Any) -> Iterator[type]:
    if isinstance(kind, type) and has(kind):
        yield kind
    for argument in get_args(kind):
        yield from _tables_in(argument)


def _undescribed(found: Found, factory: Any) -> Iterator[str]:
    text = vars(factory).get("__doc__") if hasattr(factory, "__dict__") else factory.__doc__
    if not (text or "").strip():
        yield f"{found.component.factory} has no docstring ({kind_in_words(found.kind)} {found.component.name!r})"


def _in_actions(found: Found, factory: Any) -> Iterator[str]:
    for declared in actions_of(factory).values():
        try:
            parameters: Any = declared.spec.parameters["properties"]
        except (TypeError, NameError) as error:
            yield f"{found.component.name}: {error}"
            continue
        named = {*re.findall(r"\w+", declared.spec.summary.lower()), *_KNOWN}
        for name, schema in parameters.items():
            if "description" not in schema and name not in named:
                yield f"{found.component.name}: nothing explains {name} of the action {declared.name}"


def _unannotated(source: Source) -> Iterator[str]:
    for function in _public_functions(source.tree.body):
        arguments = function.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        bare = [each.arg for each in named if each is not None and each.annotation is None]
        bare = [name for name in bare if name not in ("self", "cls")]
        if bare:
            yield f"{source.at(function)}: {function.name} does not tell the type of {', '.join(bare)}"
        elif function.returns is None and function.name != "__init__":
            yield f"{source.at(function)}: {function.name} does not tell what it returns"


def _public_functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_public(node.name):
            yield node
        elif isinstance(node, ast.ClassDef) and _is_public(node.name):
            yield from _public_functions(node.body)


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name == "__init__"
