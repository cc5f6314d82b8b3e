"""The page of rules for good plugins: ``{troupe-rules}`` is a section for each, from the list that the check uses."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from troupe_core.quality.rule import Rule
from troupe_core.quality.rules import RULES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["setup"]


class RulesDirective(SphinxDirective):
    """``{troupe-rules}``"""

    def run(self) -> list[nodes.Node]:
        """All rules, in the order in which they are told."""
        return [self._section(rule) for rule in RULES]

    def _section(self, rule: Rule) -> nodes.section:
        section = nodes.section(ids=[f"rule-{rule.id}"], names=[f"rule-{rule.id}"])
        section += nodes.title("", "", nodes.literal(text=rule.id))
        section += self._paragraph("", rule.title, strong=True)
        section += self._paragraph("", rule.why)
        section += self._paragraph("What to do: ", rule.remedy)
        if rule.advice:
            section += self._paragraph("", "It is only noted: the check does not fail.")
        return section

    def _paragraph(self, before: str, text: str, *, strong: bool = False) -> nodes.paragraph:
        inline, messages = self.parse_inline(text.replace("`", "``"), lineno=self.lineno)
        content: list[nodes.Node] = [nodes.strong("", "", *inline)] if strong else list(inline)
        return nodes.paragraph("", "", nodes.Text(before), *content, *messages)


def setup(app: "Sphinx") -> dict[str, bool]:
    """Sphinx calls it."""
    app.add_directive("troupe-rules", RulesDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
