"""The tool `knowledge-graph` keeps what every tool promises, with facts from a file and without."""

from pathlib import Path

import pytest

from troupe_core.testing import ToolConformance

FACTS = "subject,predicate,object\nTea,is a,drink\nMilk,is a,drink\nAnn,likes,Tea\n"


class TestBeliefsAlone(ToolConformance):
    component = "knowledge-graph"


class TestFactsFromAFile(ToolConformance):
    component = "knowledge-graph"

    @pytest.fixture(autouse=True)
    def _facts(self, tmp_path: Path) -> None:
        (tmp_path / "facts.csv").write_text(FACTS)
        self.file = tmp_path / "facts.csv"

    def table(self):
        return {"file": str(self.file)}
