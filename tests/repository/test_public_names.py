"""Each module says what it offers: ``__all__`` is sorted and complete."""

import ast
from pathlib import Path

import pytest
from repository.places import CORE, ROOT

MODULES = sorted(path for path in CORE.rglob("*.py") if path.name != "__init__.py")


def public_names(tree: ast.Module) -> set[str]:
    """The functions and classes that a module defines at its top, less what begins with an underscore."""
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    names = {node.name for node in tree.body if isinstance(node, defined)}
    return {name for name in names if not name.startswith("_")}


def declared_names(tree: ast.Module) -> list[str] | None:
    """What a module lists in ``__all__``; None without one."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            listed = ast.literal_eval(node.value)
            assert isinstance(listed, list)
            return listed
    return None


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_all_lists_every_public_name(module: Path):
    tree = ast.parse(module.read_text(encoding="utf-8"))

    listed = declared_names(tree)
    defined = public_names(tree)

    if module.name in ("hookspecs.py", "plugin.py"):  # hooks are found by their marks, not by import
        defined = {name for name in defined if not name.startswith("troupe_")}
    assert listed is not None or not defined, f"no __all__, but {sorted(defined)}"
    assert defined <= set(listed or ()), "public and not listed"


def test_a_plugin_author_can_import_every_listed_name():
    import troupe_core.plugin

    for name in troupe_core.plugin.__all__:
        assert getattr(troupe_core.plugin, name) is not None


def test_a_name_that_plugin_authors_do_not_have_is_answered_with_those_they_have():
    import troupe_core.plugin

    with pytest.raises(AttributeError, match=r"has no 'Toool'; its names are .*ActionCall, .*Tool"):
        troupe_core.plugin.Toool  # noqa: B018
