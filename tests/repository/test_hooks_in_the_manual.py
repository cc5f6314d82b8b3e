"""Every hook, with every argument, has its place in the manual; so has every kind of component."""

import ast
import re

from repository.places import CORE, DOCS

SOURCE = ast.parse((CORE / "hookspecs.py").read_text(encoding="utf-8"))
HOOKS = {
    node.name: [argument.arg for argument in node.args.args]
    for node in SOURCE.body
    if isinstance(node, ast.FunctionDef) and node.name.startswith("troupe_")
}
PAGE = (DOCS / "reference" / "hooks.md").read_text(encoding="utf-8")


def test_each_hook_has_a_heading_with_its_arguments_and_no_other_hook_has_one():
    headings = re.findall(r"^### `(troupe_\w+\(.*\))`$", PAGE, flags=re.MULTILINE)

    assert headings == [f"{name}({', '.join(arguments)})" for name, arguments in HOOKS.items()]


def test_provisional_hooks_are_marked_in_the_manual():
    provisional = {
        node.name
        for node in SOURCE.body
        if isinstance(node, ast.FunctionDef) and "Provisional" in (ast.get_docstring(node) or "")
    }

    sections = re.split(r"^### `(troupe_\w+)\(.*\)`$", PAGE, flags=re.MULTILINE)
    marked = {name for name, text in zip(sections[1::2], sections[2::2], strict=True) if "*Provisional.*" in text}

    assert marked == provisional


def test_each_contract_has_its_place_in_the_manual():
    page = (DOCS / "reference" / "contracts.md").read_text(encoding="utf-8")

    modules = re.findall(r"^\.\. automodule:: troupe_core\.contracts\.(\w+)$", page, flags=re.MULTILINE)

    internal = {"declared", "promised", "schema_of_types", "typed_values"}
    expected = {path.stem for path in (CORE / "contracts").glob("*.py")} - {"__init__"} - internal
    assert set(modules) == expected
