"""The fixture `isolated_plugins`: which plugins are there for the rest of a test."""

import json
import subprocess
import sys

import pytest

from troupe_core.errors import PluginError

STUDY = """
[simulation]
steps = 2
[llm]
use = "mock"
mode = "fixed"
[[agents]]
persona = { name = "Ann" }
"""


@pytest.mark.usefixtures("toys")
def test_only_the_named_plugins_are_loaded_here_and_in_subprocesses(isolated_plugins, troupe_run):
    isolated_plugins("troupe-mock-llm")

    command = [sys.executable, "-m", "troupe_core", "plugins", "list", "--json"]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)

    assert troupe_run(STUDY).status == "finished"
    assert {row["distribution"] for row in listed if row["state"] == "active"} == {"troupe-core", "troupe-mock-llm"}


def test_without_a_name_there_is_the_core_alone(isolated_plugins, troupe_run):
    isolated_plugins()

    with pytest.raises(PluginError, match="mock"):
        troupe_run(STUDY)


def test_a_plugin_that_is_not_installed_is_an_error_at_once(isolated_plugins, few_plugins, monkeypatch):
    with pytest.raises(PluginError) as error:
        isolated_plugins("troupe-core", "troupe-mock-lm")

    first, second = str(error.value).splitlines()
    assert first == 'isolated_plugins: "troupe-mock-lm" is not installed'
    assert second.startswith("Did you mean troupe-mock-llm? Installed are ")
    assert "troupe-mock-llm" in second.partition("Installed are")[2]


def test_where_no_plugin_is_installed_that_is_told(isolated_plugins, monkeypatch):
    from troupe_core.testing.fixtures import isolation

    monkeypatch.setattr(isolation, "installed_entry_points", lambda: ())

    with pytest.raises(PluginError, match="No plugin is installed beside the core"):
        isolated_plugins("troupe-dice")
