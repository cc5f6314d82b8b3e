"""What plugin authors look up is complete: each hook, each method of each contract, each name they may import."""

import importlib
import re
from types import ModuleType

import pytest
from repository.places import DOCS

from troupe_core import plugin
from troupe_core.discovery.parts import CONTRACT_OF_KIND, contract_of
from troupe_core.hookspecs import KIND_OF_HOOK

PAGES = "".join(page.read_text(encoding="utf-8") for page in sorted((DOCS / "reference").glob("*.md")))
CONTRACTS = (DOCS / "reference" / "contracts.md").read_text(encoding="utf-8")
INDEX = (DOCS / "index.md").read_text(encoding="utf-8")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """What the tables of contracts are made by."""
    monkeypatch.syspath_prepend(str(DOCS))
    return importlib.import_module("methods_told")


def test_each_kind_has_a_table_of_all_that_its_contract_has():
    tables = re.findall(r"^```\{troupe-methods\} (\w+)$", CONTRACTS, flags=re.MULTILINE)

    assert sorted(tables) == sorted(contract_of(kind).__name__ for kind in CONTRACT_OF_KIND)


@pytest.mark.parametrize("kind", sorted(CONTRACT_OF_KIND))
def test_a_table_has_every_method_and_says_what_it_is_for(told, kind):
    contract = contract_of(kind)

    rows = told.told_of(contract)

    public = {name for name in dir(contract) if not name.startswith("_")}
    assert {row.name for row in rows} >= public
    assert {row.name for row in rows if row.needed} >= contract.__abstractmethods__
    assert [row.name for row in rows if not row.sentence] == []


def test_what_must_be_written_stands_first_and_what_may_wait_says_so(told):
    rows = told.told_of(plugin.MemoryBackend)

    assert [row.needed for row in rows] == sorted((row.needed for row in rows), reverse=True)
    assert rows[0].signature == "async store(agent, memories)"
    assert {row.name: row.home for row in rows}["open"] == "Part"


def test_attributes_that_a_part_must_have_are_told(told):
    needed = {row.name for row in told.told_of(plugin.Embedder) if row.needed}

    assert needed == {"fingerprint", "dimensions", "embed"}


def test_all_hooks_have_a_table():
    page = (DOCS / "reference" / "hooks.md").read_text(encoding="utf-8")

    assert page.count("```{troupe-hooks}") == 1


def test_every_name_for_authors_is_explained():
    modules = set(re.findall(r"^\.\. automodule:: (\S+)$", PAGES, flags=re.MULTILINE))
    single = set(re.findall(r"^\.\. auto(?:function|class):: (\S+)$", PAGES, flags=re.MULTILINE))
    known = {"Component": "troupe_core.component", "hookimpl": None}

    missing = [
        name
        for name in plugin.__all__
        if (home := known.get(name, f"troupe_core.{plugin._HOME.get(name)}")) is not None
        and home not in modules
        and f"{home}.{name}" not in single
    ]

    assert missing == []


def test_each_kind_has_a_tutorial_and_the_index_leads_to_it():
    page_of = {"memory_backend": "memory"}
    pages = {f"plugins/{page_of.get(kind, kind).replace('_', '-')}" for kind in KIND_OF_HOOK.values()}

    assert pages <= {f"plugins/{page.stem}" for page in (DOCS / "plugins").glob("*.md")}
    assert pages <= set(INDEX.splitlines())


def test_what_changed_has_a_section_for_this_version():
    from troupe_core.version import VERSION

    page = (DOCS / "reference" / "changes-for-authors.md").read_text(encoding="utf-8")

    assert f"## {VERSION.rpartition('.')[0]}" in page.splitlines()
