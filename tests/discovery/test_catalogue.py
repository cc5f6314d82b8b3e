"""The catalogue of known components keeps to the names that exist."""

import tomllib
from pathlib import Path

from troupe_core.discovery import catalogue
from troupe_core.discovery.catalogue import catalogue_of
from troupe_core.hookspecs import KIND_OF_HOOK


def test_every_entry_names_one_of_our_distributions() -> None:
    entries = {kind: catalogue_of(kind) for kind in KIND_OF_HOOK.values()}

    assert entries["llm"]["mock"] == "troupe-mock-llm"
    assert all(package.startswith("troupe-") for known in entries.values() for package in known.values())


def test_the_file_has_no_table_of_an_unknown_kind() -> None:
    with Path(catalogue.__file__).with_name("catalogue.toml").open("rb") as file:
        assert set(tomllib.load(file)) <= set(KIND_OF_HOOK.values())
