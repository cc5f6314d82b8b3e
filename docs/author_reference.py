"""What plugin authors look up, made from the hooks and contracts themselves.

- ``{troupe-methods} Tool`` is the table of all that a contract has, inherited or its own;
- ``{troupe-hooks}`` is the table of all hooks.
"""

import inspect
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from methods_told import arguments_of, told_of
from sphinx.util.docutils import SphinxDirective

from troupe_core import hookspecs, plugin
from troupe_core.contracts.part import Part
from troupe_core.hookspecs import KIND_OF_HOOK

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


class _Table(SphinxDirective):
    def table(self, titles: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> nodes.table:
        """Cells are text as docstrings write it."""
        table, group = nodes.table(classes=["colwidths-given"], width="100%"), nodes.tgroup(cols=len(widths))
        group += [nodes.colspec(colwidth=width) for width in widths]
        group += nodes.thead("", nodes.row("", *(nodes.entry("", nodes.paragraph(text=title)) for title in titles)))
        group += nodes.tbody("", *(nodes.row("", *map(self._cell, row)) for row in rows))
        table += group
        return table

    def _cell(self, text: str) -> nodes.entry:
        inline, messages = self.parse_inline(text, lineno=self.lineno)
        return nodes.entry("", nodes.paragraph("", "", *inline, *messages))


class MethodsDirective(_Table):
    """``{troupe-methods} CONTRACT``"""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """What it has, whoever declares it."""
        contract = getattr(plugin, self.arguments[0], None)
        if not (isinstance(contract, type) and issubclass(contract, Part)):
            raise self.error(f"{self.arguments[0]} is no contract")
        rows = [
            (f"``{each.signature}``", "**needed**" if each.needed else f"from {each.home}", each.sentence)
            for each in told_of(contract)
        ]
        return [self.table(("method or attribute", "default", "what it is for"), (36, 16, 48), rows)]


class HooksDirective(_Table):
    """``{troupe-hooks}``"""

    def run(self) -> list[nodes.Node]:
        """All of them, in the order of their file."""
        rows = []
        for name, function in vars(hookspecs).items():
            if name.startswith("troupe_") and inspect.isfunction(function):
                kind = KIND_OF_HOOK.get(name, "observer").replace("_", " ")
                said = " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())
                rows.append((f"``{name}({arguments_of(function)})``", kind, said))
        return [self.table(("hook", "kind", "what it is for"), (38, 16, 46), rows)]


def setup(app: "Sphinx") -> dict[str, bool]:
    """Sphinx calls it."""
    app.add_directive("troupe-methods", MethodsDirective)
    app.add_directive("troupe-hooks", HooksDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
