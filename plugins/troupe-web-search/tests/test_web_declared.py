# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the plugin says of itself, and how little that costs."""

import json
import subprocess
import sys

HEAVY = {"asyncio", "bm25s", "cattrs", "ddgs", "httpx", "lxml", "numpy", "orjson", "trafilatura"}


def test_what_declares_it_imports_nothing_heavy():
    program = "import sys, troupe_web_search.plugin, troupe_web_search.config; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert "troupe_web_search.config" in loaded
    assert HEAVY.isdisjoint(loaded)


def test_a_corpus_imports_no_client_and_a_client_no_index():
    program = """
import sys
from pathlib import Path
from troupe_web_search.config import Config
from troupe_web_search.tool import WebSearch
WebSearch(Config({}))
print(*sys.modules)
"""

    def loaded(settings):
        done = [sys.executable, "-c", program.format(settings)]
        return set(subprocess.run(done, capture_output=True, text=True, check=True).stdout.split())

    corpus, searxng = loaded("folder=Path('x')"), loaded("provider='searxng', base_url='http://127.0.0.1'")
    assert ("bm25s" in corpus, "httpx" in corpus) == (True, False)
    assert ("bm25s" in searxng, "httpx" in searxng) == (False, True)


def test_it_is_listed(troupe):
    printed = troupe("plugins", "list", "--json")

    (listed,) = [each for each in json.loads(printed.out) if each["name"] == "web-search"]
    assert (listed["kind"], listed["distribution"], listed["state"]) == ("tool", "troupe-web-search", "active")


def test_every_setting_says_what_it_is(troupe):
    printed = troupe("plugins", "show", "web-search")

    for key in ("provider", "folder", "base_url", "results", "page_characters", "page_bytes", "timeout", "user_agent"):
        assert key in printed.out


def test_it_passes_its_check(troupe):
    assert troupe("plugins", "check").status == 0
