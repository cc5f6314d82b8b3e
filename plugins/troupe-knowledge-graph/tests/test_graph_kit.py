"""The tool keeps what every tool promises."""

from troupe_core.testing import ToolConformance


class TestKnowledgeGraph(ToolConformance):
    component = "knowledge-graph"
