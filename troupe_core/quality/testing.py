"""The tests of a plugin: there are some, the kit of each component among them, and they pass."""

import ast
from collections.abc import Iterator, Mapping

from attrs import frozen

from troupe_core.discovery.found import Found, kind_in_words
from troupe_core.quality.pytest_run import TestsRun, pytest_is_there, run_pytest
from troupe_core.quality.rule import Seen, kept, unless, unseen
from troupe_core.quality.sources import Source, read_source
from troupe_core.quality.subject import Subject

__all__ = ["KIT_OF_KIND", "each_has_its_kit", "kits_pass", "tests_pass_offline", "there_are_tests"]

KIT_OF_KIND = {
    "analyzer": "AnalyzerConformance",
    "embedder": "EmbedderConformance",
    "environment": "EnvironmentConformance",
    "executor": "ExecutorConformance",
    "faculty": "FacultyConformance",
    "llm": "LLMConformance",
    "memory_backend": "MemoryBackendConformance",
    "modality": "ModalityConformance",
    "persona_source": "PersonaSourceConformance",
    "tool": "ToolConformance",
}
"""The class in `troupe_core.testing` that knows what a kind has to do."""

_NO_PYTEST = 'pytest is not installed beside Troupe: python -m pip install "troupe-core[testing]"'


@frozen(kw_only=True)
class _Kit:
    """A class of somebody's tests that derives from a kit."""

    kit: str
    component: str | None
    factory: str | None

    def is_for(self, found: Found) -> bool:
        """Whether it tries this component."""
        if self.kit != KIT_OF_KIND[found.kind]:
            return False
        if self.component is not None:
            return self.component.rpartition(":")[2] == found.component.name
        return self.factory == found.component.factory.rpartition(":")[2]


def there_are_tests(subject: Subject) -> Seen:
    """Functions that pytest finds, or kits."""
    if subject.project is None:
        return unseen(subject.where_not)
    modules = [each for each in _test_modules(subject) if each.file.name.startswith("test_")]
    there = any(_is_test(node) for module in modules for node in ast.walk(module.tree)) or any(_kits_of(subject))
    return unless([] if there else [f"there is no test in {subject.project / 'tests'}"])


def each_has_its_kit(subject: Subject) -> Seen:
    """For every component a class that derives from the kit of its kind."""
    if not subject.found:
        return kept("it offers no components")
    if subject.project is None:
        return unseen(subject.where_not)
    kits = list(_kits_of(subject))
    return unless(
        f"no class of its tests derives from {KIT_OF_KIND[found.kind]} for the {kind_in_words(found.kind)} "
        f"{found.component.name!r}"
        for found in subject.found
        if not any(kit.is_for(found) for kit in kits)
    )


def kits_pass(subject: Subject) -> Seen:
    """Run now, in a process of their own."""
    if subject.project is None:
        return unseen(subject.where_not)
    if not any(_kits_of(subject)):
        return unseen("there is no kit to run")
    return _ran(subject, "--troupe-kits")


def tests_pass_offline(subject: Subject) -> Seen:
    """All of them, with nothing to connect to but this machine."""
    if subject.project is None:
        return unseen(subject.where_not)
    if not subject.runs_tests:
        return unseen("not run, since it may take long: say --tests")
    return _ran(subject, "-p", "troupe_core.quality.offline")


def _ran(subject: Subject, *options: str) -> Seen:
    if not pytest_is_there():
        return unseen(_NO_PYTEST)
    assert subject.project is not None
    ended: TestsRun = run_pytest(subject.project, *options)
    if ended.could_not_run:
        return unless([*ended.failed, f"pytest could not run them: {ended.said}"])
    if ended.none_collected:
        return unless(["pytest found none"])
    if not ended.failed and not ended.passed:
        return unseen("all of them were skipped")
    return unless(ended.failed) if ended.failed else kept(f"{ended.passed} passed")


def _test_modules(subject: Subject) -> list[Source]:
    assert subject.project is not None
    # What is built in has no project of its own: its tests are a folder among those of the core.
    folder = subject.project / "tests" / ("builtin" if subject.is_core else "")
    read = (read_source(file, subject.project, file.stem) for file in sorted(folder.rglob("*.py")))
    return [each for each in read if each is not None]


def _kits_of(subject: Subject) -> Iterator[_Kit]:
    nodes = [node for module in _test_modules(subject) for node in ast.walk(module.tree)]
    classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
    by_name = {node.name: node for node in classes}
    for node in classes:
        line = list(_line_of(node, by_name))
        kit = next((base for each in line for base in _bases(each) if base in KIT_OF_KIND.values()), None)
        if kit is not None:
            values = _values(line)
            yield _Kit(kit=kit, component=_text(values.get("component")), factory=_named(values.get("factory")))


def _line_of(node: ast.ClassDef, by_name: Mapping[str, ast.ClassDef]) -> Iterator[ast.ClassDef]:
    """A class and those of the tests that it derives from."""
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop(0)
        if each.name not in seen:
            seen.add(each.name)
            yield each
            waiting += [by_name[base] for base in _bases(each) if base in by_name]


def _bases(node: ast.ClassDef) -> list[str]:
    return [name for base in node.bases if (name := _named(base)) is not None]


def _values(line: list[ast.ClassDef]) -> dict[str, ast.expr]:
    """What the classes say of themselves; the first that says something counts."""
    values: dict[str, ast.expr] = {}
    for statement in (statement for node in line for statement in node.body):
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    values.setdefault(target.id, statement.value)
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value:
            values.setdefault(statement.target.id, statement.value)
    return values


def _text(value: ast.expr | None) -> str | None:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None


def _named(value: ast.expr | None) -> str | None:
    """The last word of a name: ``ToolConformance``, ``testing.ToolConformance``, ``staticmethod(Dice)``."""
    if isinstance(value, ast.Call) and value.args:
        value = value.args[0]
    return value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else None


def _is_test(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test")
