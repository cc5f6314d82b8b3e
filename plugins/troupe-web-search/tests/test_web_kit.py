"""The tool keeps what every tool promises."""

from pathlib import Path

from troupe_core.testing import ToolConformance


class TestWebSearch(ToolConformance):
    component = "web-search"
    config = {"folder": str(Path(__file__).parents[1] / "examples" / "library" / "documents")}
