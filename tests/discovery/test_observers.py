"""Observer hooks: told what happens, isolated, and free where nobody listens."""

import importlib

from installing import Site

from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.values.observed import StepStarted

OBSERVER = """
from troupe_core.plugin import hookimpl
told = []
@hookimpl{options}
def troupe_step_started({arguments}):
    {body}
"""


def observer(body: str, arguments: str = "started", options: str = "") -> str:
    return OBSERVER.format(body=body, arguments=arguments, options=options)


def test_an_observer_is_told_or_at_least_called(site: Site) -> None:
    site.install("troupe-one", observer("told.append(started)"))
    site.install("troupe-two", observer("told.append('called')", arguments=""))
    plugins = Plugins.discover(Selection(only=("one", "two")))
    started = StepStarted(step=1, present=5)

    problems = plugins.notify("troupe_step_started", started)

    assert problems == []
    assert importlib.import_module("troupe_one").told == [started]
    assert importlib.import_module("troupe_two").told == ["called"]


def test_nobody_listens_to_a_hook_without_observers(site: Site) -> None:
    site.install("troupe-one", observer("pass"))
    plugins = Plugins.discover(Selection(only=("one",)))

    assert plugins.listens("troupe_step_started")
    assert not plugins.listens("troupe_step_finished")
    assert plugins.notify("troupe_step_finished", None) == []


def test_an_observer_that_fails_is_named_and_the_others_are_told(site: Site) -> None:
    site.install("troupe-bad", observer("1 / 0"))
    site.install("troupe-leaving", observer("raise SystemExit(3)"))
    site.install("troupe-one", observer("told.append(started)"))
    plugins = Plugins.discover(Selection(only=("bad", "leaving", "one")))

    problems = plugins.notify("troupe_step_started", StepStarted(step=1, present=5))

    assert [problem.plugin.distribution for problem in problems] == ["troupe-bad", "troupe-leaving"]
    assert problems[0].text == (
        f"troupe-bad 1.0: troupe_step_started failed: ZeroDivisionError: division by zero "
        f"({site.file('troupe-bad')}, line 6)"
    )
    assert len(importlib.import_module("troupe_one").told) == 1


def test_observers_are_called_in_the_order_of_their_plugins_unless_one_wants_to_be_first(site: Site) -> None:
    site.install("troupe-a", observer("raise ValueError"))
    site.install("troupe-b", observer("raise ValueError"))
    site.install("troupe-c", observer("raise ValueError", options="(tryfirst=True)"))

    problems = Plugins.discover(Selection(only=("a", "b", "c"))).notify("troupe_step_started", None)

    assert [problem.plugin.name for problem in problems] == ["c", "a", "b"]


def test_the_relay_of_hooks_holds_active_plugins_only(site: Site) -> None:
    site.install("troupe-one", observer("pass"))

    relays = [Plugins.discover(Selection(only=only)).hook for only in (("one",), ())]

    assert [len(relay.troupe_step_started.get_hookimpls()) for relay in relays] == [1, 0]
