"""What is on its way out still works, and whoever uses it is told what to use instead, and until when.

This core has nothing that is deprecated; a core that has is made here by specifications of its own.
"""

import asyncio
import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from installing import PART, TOOL, Site

from troupe_core import hookspecs
from troupe_core.contracts.tool import Tool
from troupe_core.deprecation import Deprecation, deprecated, deprecation_of
from troupe_core.discovery import plugins as discovery
from troupe_core.discovery.checking import check_plugins
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.hookspecs import deprecated_arguments, hookspec
from troupe_core.values.observed import StepStarted


class Grown:
    """Hooks of a later core: each shows one way to grow."""

    @hookspec
    @deprecated_arguments(
        step=Deprecation(since="0.3", ends="0.5", instead="begun.step", value=lambda begun: begun.step)
    )
    def troupe_step_begun(self, begun: Any, step: Any = None, place: str = "here") -> None:
        """Takes an argument that is deprecated, and one that came later."""

    @hookspec
    @deprecated(since="0.3", ends="0.5", instead="troupe_step_begun")
    def troupe_begin_step(self, begun: Any) -> None:
        """What `troupe_step_begun` was called before."""

    @hookspec
    @deprecated(since="0.3", ends="0.5", instead="troupe_tools")
    def troupe_things(self) -> Any:
        """What `troupe_tools` was called before."""


HOOK = "from troupe_core.plugin import Component, hookimpl\ntold = []\n@hookimpl\n"
STARTED = StepStarted(step=3, present=5)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Plugins]:
    """Plugins as a later core finds them."""

    def discover(*names: str) -> Plugins:
        return Plugins.discover(Selection(only=names or ("old",)), specs=(hookspecs, Grown))

    return discover


def notes(plugins: Plugins) -> list[tuple[str, str | None]]:
    """What is noted of the plugin ``troupe-old``."""
    (old,) = [plugin for plugin in plugins.installed if plugin.distribution == "troupe-old"]
    assert old.state == "active"
    return [(note.text, note.remedy) for note in old.notes]


def told() -> list[Any]:
    """What the plugin was told."""
    heard: list[Any] = importlib.import_module("troupe_old").told
    return heard


def test_a_deprecated_argument_works_and_warns_with_plugin_hook_argument_replacement_and_end(
    site: Site, later: Callable[..., Plugins]
) -> None:
    site.install("troupe-old", f"{HOOK}def troupe_step_begun(step):\n    told.append(step)")

    with pytest.warns(DeprecationWarning, match="the argument step") as warned:
        plugins = later()
    problems = plugins.notify("troupe_step_begun", STARTED)

    assert (problems, told()) == ([], [3])
    (warning,) = warned
    assert str(warning.message) == (
        "troupe-old 1.0: the argument step of troupe_step_begun is deprecated since 0.3 and ends with 0.5. "
        "Its authors should use begun.step instead."
    )
    assert warning.filename == site.file("troupe-old")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_it_works_beside_the_other_arguments_in_any_order(site: Site, later: Callable[..., Plugins]) -> None:
    site.install(
        "troupe-old", f"{HOOK}def troupe_step_begun(place, step, begun):\n    told.append((place, step, begun))"
    )

    later().notify("troupe_step_begun", STARTED)

    assert told() == [("here", 3, STARTED)]


def test_an_argument_that_came_later_has_its_default_and_nobody_is_warned(
    site: Site, later: Callable[..., Plugins]
) -> None:
    site.install("troupe-old", f"{HOOK}def troupe_step_begun(begun, place):\n    told.append((begun, place))")

    plugins = later()
    plugins.notify("troupe_step_begun", STARTED)

    assert told() == [(STARTED, "here")]
    assert notes(plugins) == []


def test_a_hook_of_an_old_name_is_called_as_the_new_one_and_warns(site: Site, later: Callable[..., Plugins]) -> None:
    site.install("troupe-old", f"{HOOK}def troupe_begin_step(begun):\n    told.append(begun)")

    with pytest.warns(DeprecationWarning, match="troupe-old 1.0: the hook troupe_begin_step is deprecated since 0.3"):
        plugins = later()
    plugins.notify("troupe_step_begun", STARTED)

    assert plugins.listens("troupe_step_begun")
    assert told() == [STARTED]
    assert notes(plugins) == [
        (
            "the hook troupe_begin_step is deprecated since 0.3 and ends with 0.5",
            "Its authors should use troupe_step_begun instead.",
        )
    ]


def test_components_of_a_hook_of_an_old_name_are_found(site: Site, later: Callable[..., Plugins]) -> None:
    text = TOOL.format(name="hammer", module="troupe_old", config=None).replace("troupe_tools", "troupe_things")
    site.install("troupe-old", text, part=PART)

    with pytest.warns(DeprecationWarning, match="use troupe_tools instead"):
        plugins = later()

    assert plugins.find("tool", "hammer").plugin.distribution == "troupe-old"


def test_a_plugin_for_several_versions_has_both_hooks_and_is_called_by_the_new_one(
    site: Site, later: Callable[..., Plugins]
) -> None:
    both = (
        f"{HOOK}def troupe_begin_step(begun):\n    told.append('old')\n"
        "@hookimpl(optionalhook=True)\ndef troupe_step_begun(begun):\n    told.append('new')\n"
    )
    site.install("troupe-old", both)

    plugins = later()
    plugins.notify("troupe_step_begun", STARTED)

    assert told() == ["new"]
    assert notes(plugins) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_check_notes_what_is_deprecated_and_fails_nobody_for_it(site: Site, later: Callable[..., Plugins]) -> None:
    site.install("troupe-old", f"{HOOK}def troupe_step_begun(step): ...")

    (note, ok) = [each for each in check_plugins(later()) if each.plugin.distribution == "troupe-old"]

    assert (note.state, ok.state) == ("note", "ok")
    assert note.text == "the argument step of troupe_step_begun is deprecated since 0.3 and ends with 0.5"
    assert note.remedy == "Its authors should use begun.step instead."


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_listing_tells_it_beside_the_list(
    site: Site, later: Callable[..., Plugins], troupe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.install("troupe-old", f"{HOOK}def troupe_step_begun(step): ...")
    found = later()
    monkeypatch.setattr(discovery.Plugins, "discover", lambda *_: found)

    printed = troupe("plugins", "list", "--hook", "troupe_step_begun")

    assert printed.out.splitlines()[1].split()[:3] == ["old", "-", "troupe-old"]
    assert printed.err == (
        f"note: troupe-old 1.0 ({site.file('troupe-old')}): the argument step of troupe_step_begun is deprecated "
        "since 0.3 and ends with 0.5. Its authors should use begun.step instead.\n"
    )


def test_a_method_that_is_deprecated_is_noted_where_a_plugin_overrides_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    outdated = deprecated(since="0.3", ends="0.5", instead="Tool.begin_step")(Tool.advance)
    monkeypatch.setattr(Tool, "advance", outdated, raising=False)
    site.install_dice(part=f"{PART}\n    async def advance(self, now):\n        return ()\n")
    plugins = Plugins.discover(Selection(only=("dice",)))

    with pytest.warns(DeprecationWarning, match="troupe-dice 1.0: the method advance of Tool is deprecated since 0.3"):
        verdicts = [each for each in check_plugins(plugins) if each.plugin.distribution == "troupe-dice"]

    assert [each.text for each in verdicts if each.state == "note"] == [
        "the method advance of Tool is deprecated since 0.3 and ends with 0.5"
    ]
    assert verdicts[-1].remedy == "Its authors should use Tool.begin_step instead."


def test_a_function_that_is_deprecated_works_and_warns_where_it_is_called() -> None:
    @deprecated(since="0.3", ends="1.0", instead="sum")
    def total(*numbers: int) -> int:
        """What it was."""
        return sum(numbers)

    with pytest.warns(DeprecationWarning, match="total is deprecated") as warned:
        added = total(1, 2)

    assert added == 3
    assert str(warned[0].message).endswith("total is deprecated since 0.3 and ends with 1.0: use sum")
    assert warned[0].filename == __file__
    assert (total.__name__, total.__doc__) == ("total", "What it was.")
    assert getattr(total, "__deprecated__", "") == str(warned[0].message)


def test_so_does_one_that_is_async() -> None:
    @deprecated(since="0.3", ends="0.5", instead="nothing")
    async def later() -> int:
        return 7

    with pytest.warns(DeprecationWarning, match="later is deprecated since 0.3 and ends with 0.5: use nothing"):
        assert asyncio.run(later()) == 7

    assert inspect.iscoroutinefunction(later)
    assert deprecation_of(later) == Deprecation(since="0.3", ends="0.5", instead="nothing")


@pytest.mark.parametrize(("since", "ends"), [("0.3", "0.4"), ("0.3", "0.3"), ("1.2.7", "1.3.0")])
def test_nothing_ends_sooner_than_two_minor_versions_later(since: str, ends: str) -> None:
    with pytest.raises(ValueError, match=f"deprecated since {since}, it cannot end with {ends}: that is too soon"):
        Deprecation(since=since, ends=ends, instead="x")
