"""The tool keeps what every tool promises."""

from troupe_core.testing import ToolConformance


class TestEmail(ToolConformance):
    component = "email"
