"""The tool `web-search` keeps what every tool promises; what it finds lies in a folder."""

from pathlib import Path

from troupe_core.testing import ToolConformance


class TestWebSearch(ToolConformance):
    component = "web-search"
    calls = (("web_search", {"query": "tea with milk"}), ("read_page", {"address": "tea.txt"}))

    def table(self):
        folder = Path(self.folder) / "documents"
        folder.mkdir(exist_ok=True)
        (folder / "tea.txt").write_text("Tea is drunk with milk.")
        (folder / "coffee.md").write_text("# Coffee\n\nCoffee is drunk black.")
        return {"folder": str(folder)}
