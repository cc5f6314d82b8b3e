"""Every plugin of ours, and what is built in, keeps every rule that `troupe plugins check` knows.

Their own tests run their kits: here one small plugin's are run, to see that the check does run them.
"""

from functools import cache

import pytest
from repository.places import PLUGINS

from troupe_core.discovery.entry_points import CORE
from troupe_core.discovery.plugins import Plugins
from troupe_core.quality.judging import judge
from troupe_core.quality.rules import RULES
from troupe_core.quality.subject import Subject

OURS = [CORE, *PLUGINS]
READ = [rule for rule in RULES if rule.id not in ("kit-passes", "offline")]


@cache
def looked_at(distribution):
    return Subject.of(distribution, Plugins.discover())


def subject(distribution):
    """What is installed; one environment has few plugins."""
    if not looked_at(distribution).plugins:
        pytest.skip(f"{distribution} is not installed here")
    return looked_at(distribution)


@pytest.mark.parametrize("distribution", OURS)
def test_it_is_written_in_a_folder_that_is_known(distribution):
    assert subject(distribution).project is not None


@pytest.mark.parametrize("rule", READ, ids=lambda rule: rule.id)
@pytest.mark.parametrize("distribution", OURS)
def test_it_keeps_the_rule(distribution, rule):
    (verdict,) = judge(subject(distribution), [rule])

    assert verdict.state in ("passed", "note"), "\n".join(verdict.lines)


def test_the_kit_of_a_small_plugin_passes():
    (verdict,) = judge(subject("troupe-knowledge-graph"), [rule for rule in RULES if rule.id == "kit-passes"])

    assert verdict.state == "passed", verdict.lines
