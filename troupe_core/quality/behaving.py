"""What a plugin does to others, read from its source: whom it imports, what it reaches, what it runs."""

import ast
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeAlias

from troupe_core.discovery.parts import factory_of
from troupe_core.errors import PluginError
from troupe_core.quality.documenting import actions_of
from troupe_core.quality.rule import Seen, kept, unless, unseen
from troupe_core.quality.sources import Source, called, imports, top_of
from troupe_core.quality.subject import Subject

__all__ = [
    "NETWORK",
    "capabilities_are_asked_for",
    "it_is_quiet",
    "it_keeps_to_itself",
    "it_runs_no_data",
    "network_is_declared",
]

NETWORK = (
    "aiohttp",
    "anthropic",
    "boto3",
    "botocore",
    "cohere",
    "ddgs",
    "ftplib",
    "google.generativeai",
    "google.genai",
    "grpc",
    "http.client",
    "httpx",
    "httpx2",
    "imaplib",
    "litellm",
    "mistralai",
    "ollama",
    "openai",
    "paramiko",
    "poplib",
    "pycurl",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
    "urllib3",
    "websocket",
    "websockets",
    "xmlrpc.client",
)
"""Who imports one of these reaches the network, or could."""

Look: TypeAlias = Callable[[Source], Iterable[str]]
"""What is wrong with one module."""

REACHING = ("network", "email.send")
"""The capabilities that say so, and those that begin with them and a dot."""

_RUNNING = ("pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve")
_LOUD = ("print", "sys.stdout.write", "sys.stderr.write")
_MUTING = (
    "basicConfig",
    "addHandler",
    "dictConfig",
    "disable",
    "fileConfig",
    "filterwarnings",
    "setLevel",
    "simplefilter",
)
"""Methods and functions that change what all others log."""


def it_keeps_to_itself(subject: Subject) -> Seen:
    """Of Troupe it imports `troupe_core.plugin` alone, and of other plugins nothing."""
    return _read(subject, lambda source: _trespasses(source, subject.strangers))


def it_is_quiet(subject: Subject) -> Seen:
    """It prints nothing, and leaves the logging of its host alone."""
    return _read(subject, _noises)


def it_runs_no_data(subject: Subject) -> Seen:
    """No pickle, no eval, no exec."""
    return _read(subject, _dangers)


def network_is_declared(subject: Subject) -> Seen:
    """Who imports what speaks to the network says that it does."""
    if not subject.sources:
        return unseen("its source cannot be read")
    declared = sorted({each for found in subject.found for each in found.component.capabilities if _reaches(each)})
    used = [(source, line, name) for source in subject.sources for line, name in imports(source) if _speaks(name)]
    if declared:
        return kept(f"it declares {', '.join(declared)}")
    return unless(
        f"{source.at(line)}: imports {_library(name)}; no component declares it" for source, line, name in used
    )


def capabilities_are_asked_for(subject: Subject) -> Seen:
    """What actions need is declared, and what is declared is asked for somewhere."""
    faults: list[str] = []
    for found in subject.found:
        try:
            actions = actions_of(factory_of(found))
        except PluginError as error:
            return unseen(error.what)
        declared, of = set(found.component.capabilities), found.component.name
        faults += [
            f"{of}: its action {action.name} needs {action.capability}, which is not declared"
            for action in actions.values()
            if action.capability is not None and action.capability not in declared
        ]
        asked = {action.capability for action in actions.values()} | _said(subject)
        asked |= {"network"} if _library_used(subject) else set()
        faults += [f"{of}: it declares {each}, and nothing asks for it" for each in sorted(declared - asked)]
    return unless(faults)


def _read(subject: Subject, look: Look) -> Seen:
    if not subject.sources:
        return unseen("its source cannot be read")
    return unless(fault for source in subject.sources for fault in look(source))


def _trespasses(source: Source, strangers: Collection[str]) -> Iterator[str]:
    for line, name in imports(source):
        if top_of(name) in strangers:
            yield f"{source.at(line)}: imports {name}, which is another plugin's"
        elif top_of(name) == "troupe_core" and not _is_within(name, "troupe_core.plugin", *_own_of(source)):
            yield f"{source.at(line)}: imports {name}"


def _own_of(source: Source) -> tuple[str, ...]:
    """What is built in may import itself."""
    return ("troupe_core.builtin",) if source.module.startswith("troupe_core.builtin") else ()


def _noises(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) in _LOUD:
            yield f"{source.at(node)}: calls {called(node)}"
    for node in _at_import(source.tree):
        if isinstance(node, ast.Call) and called(node).rpartition(".")[2] in _MUTING:
            yield f"{source.at(node)}: calls {called(node)} when it is imported"


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """All that runs when the module is imported: not what stands inside functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _at_import(child)


def _dangers(source: Source) -> Iterator[str]:
    for line, name in imports(source):
        if top_of(name) in _RUNNING:
            yield f"{source.at(line)}: imports {top_of(name)}"
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        if called(node) in ("eval", "exec"):
            yield f"{source.at(node)}: calls {called(node)}"
        for keyword in node.keywords:
            if keyword.arg == "allow_pickle" and isinstance(keyword.value, ast.Constant) and keyword.value.value:
                yield f"{source.at(node)}: allows pickle"


def _said(subject: Subject) -> set[str | None]:
    """Every text in its source but those that declare components."""
    declaring = {plugin.module.partition(":")[0] for plugin in subject.plugins}
    trees = [source.tree for source in subject.sources if source.module not in declaring]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _library_used(subject: Subject) -> bool:
    return any(_speaks(name) for source in subject.sources for _, name in imports(source))


def _reaches(capability: str) -> bool:
    return _is_within(capability, *REACHING)


def _speaks(name: str) -> bool:
    return _is_within(name, *NETWORK)


def _library(name: str) -> str:
    return next(each for each in NETWORK if _is_within(name, each))


def _is_within(name: str, *above: str) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in above)
