"""``troupe plugins show``: what a component is for, what can be set, how a study uses it."""

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from installing import Site, new_site

HEAD = "from troupe_core.plugin import Component, hookimpl\n"

RICH_SETTINGS = '''
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from attrs import Factory, field, frozen
if TYPE_CHECKING:
    from nowhere import Thing

class Speed(Enum):
    SLOW = "slow"

@frozen
class Point:
    x: int = 1
    y: int | None = None

@frozen(kw_only=True)
class Parent:
    inherited: bool = True
    """From the class above."""

@frozen(kw_only=True)
class Config(Parent):
    topic: str
    mood: Literal["calm", "wild"]
    count: int
    colours: list[str]
    day: date = date(2026, 3, 2)
    pause: timedelta = timedelta(minutes=10)
    speed: Speed = Speed.SLOW
    folder: Path = Path("a b")
    point: Point = Point()
    weights: Mapping[str, float] = field(factory=lambda: {"a b": 0.5})
    names: frozenset[str] = frozenset({"b", "a"})
    other: object = 3j
    later: int = Factory(lambda self: self.count, takes_self=True)
    hidden: int = field(default=0, init=False)
'''


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A place to install plugins into."""
    yield from new_site(tmp_path / "site", monkeypatch)


def offering(hook: str, name: str = "thing", **more: Any) -> str:
    extra = "".join(f", {key}={value!r}" for key, value in more.items())
    component = f"Component(name={name!r}, summary='Does a thing.', factory='m:F'{extra})"
    return f"{HEAD}@hookimpl\ndef {hook}():\n    return [{component}]\n"


def test_a_component_is_shown_with_its_settings_and_an_example(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice()

    printed = troupe("plugins", "show", "dice")

    assert (printed.status, printed.err) == (0, "")
    assert printed.out.splitlines() == [
        "dice (tool)",
        "Throws dice.",
        "",
        "distribution  troupe-dice 1.0",
        f"file          {site.file('troupe-dice')}",
        "capabilities  none",
        "",
        "Settings",
        "  sides   a whole number ≥ 2; default 6",
        "          How many faces the dice has.",
        '  colour  a text; default "white"',
        "",
        "In a study",
        "  [tools.dice]",
        '  use = "dice"',
        "  # sides = 6",
        '  # colour = "white"',
    ]


@pytest.mark.parametrize("name", ["dice", "troupe-dice:dice", "tool:dice", "troupe-dice"])
def test_a_component_may_be_named_in_several_ways(site: Site, troupe: Callable[..., Any], name: str) -> None:
    site.install_dice()

    assert troupe("plugins", "show", name).out.startswith("dice (tool)\n")


def test_components_that_share_a_name_are_all_shown(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice()
    site.install("troupe-other", offering("troupe_llms", "dice"))

    printed = troupe("plugins", "show", "dice").out

    assert [line for line in printed.splitlines() if line.startswith("dice (")] == ["dice (llm)", "dice (tool)"]
    assert troupe("plugins", "show", "llm:dice").out.count("dice (") == 1


def test_every_type_of_setting_is_shown_and_the_example_is_toml(site: Site, troupe: Callable[..., Any]) -> None:
    module = offering("troupe_tools", config="troupe_rich_config:Config", capabilities=("network",))
    site.install("troupe-rich", module, config=RICH_SETTINGS)

    printed = troupe("plugins", "show", "thing").out
    settings, _, example = printed.partition("In a study\n")

    for line in (
        "  inherited  true or false; default true\n             From the class above.",
        "  topic      a text; needed",
        "  mood       one of calm, wild; needed",
        "  day        a date; default 2026-03-02",
        '  pause      a length of time such as "10min"; default "600s"',
        '  speed      only slow; default "slow"',
        '  folder     a path; default "a b"',
        "  point      a table with the keys x, y; default { x = 1 }",
        '  weights    a table of numbers; default { "a b" = 0.5 }',
        '  names      a list of texts; default ["a", "b"]',
        '  other      any value; default "3j"',
        "  later      a whole number",
    ):
        assert f"{line}\n" in settings
    assert "hidden" not in printed
    table = tomllib.loads(example)["tools"]["thing"]
    assert table == {"use": "thing", "topic": "…", "mood": "calm", "count": 1, "colours": []}
    uncommented = tomllib.loads(example.replace("\n  # ", "\n  "))["tools"]["thing"]
    assert (uncommented["grants"], uncommented["point"], uncommented["day"].year) == (["network"], {"x": 1}, 2026)


WORDY = '''
from attrs import frozen

@frozen
class Config:
    speed: int = 3
    """How fast it goes when nobody is looking, and how fast it goes when somebody is."""
    dollars_per_million_words: float = 0.5
    """A price, such as ``0.5``."""
'''


def test_it_is_as_wide_as_the_terminal(site: Site, troupe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    site.install("troupe-wordy", offering("troupe_tools", config="troupe_wordy_config:Config"), config=WORDY)
    monkeypatch.setenv("COLUMNS", "60")

    settings = troupe("plugins", "show", "thing").out.partition("Settings\n")[2].partition("\n\n")[0]

    assert settings.splitlines() == [
        "  speed  a whole number; default 3",
        "         How fast it goes when nobody is looking, and how",
        "         fast it goes when somebody is.",
        "  dollars_per_million_words",
        "         a number; default 0.5",
        "         A price, such as `0.5`.",
    ]


@pytest.mark.parametrize(
    ("hook", "example"),
    [
        ("troupe_analyzers", {"analyzers": [{"use": "thing"}]}),
        ("troupe_embedders", {"embedder": {"use": "thing"}}),
        ("troupe_environments", {"environment": {"use": "thing"}}),
        ("troupe_executors", {"execution": {"executor": "thing"}}),
        ("troupe_faculties", {"faculties": {"thing": {"use": "thing"}}}),
        ("troupe_llms", {"llm": {"use": "thing"}}),
        ("troupe_memory_backends", {"memory": {"use": "thing"}}),
        ("troupe_modalities", {"modalities": {"thing": {"use": "thing"}}}),
        ("troupe_persona_sources", {"agents": [{"population": {"use": "thing", "count": 10}}]}),
        ("troupe_tools", {"tools": {"thing": {"use": "thing"}}}),
    ],
)
def test_each_kind_has_its_place_in_a_study(
    site: Site, troupe: Callable[..., Any], hook: str, example: dict[str, Any]
) -> None:
    site.install("troupe-thing", offering(hook))

    printed = troupe("plugins", "show", "thing").out

    assert "There is nothing to set.\n" in printed
    assert tomllib.loads(printed.partition("In a study\n")[2]) == example


def test_what_a_persona_source_needs_stands_in_the_example(site: Site, troupe: Callable[..., Any]) -> None:
    config = "from attrs import frozen\n@frozen\nclass Config:\n    table: str\n"
    site.install("troupe-thing", offering("troupe_persona_sources", config="troupe_thing_config:Config"), config=config)

    printed = troupe("plugins", "show", "thing").out

    assert 'population = { use = "thing", count = 10, table = "…" }' in printed


def test_settings_that_cannot_be_loaded_are_no_reason_to_show_nothing(site: Site, troupe: Callable[..., Any]) -> None:
    site.install("troupe-thing", offering("troupe_tools", config="no_such_module_at_all:Config"))

    printed = troupe("plugins", "show", "thing")

    assert printed.status == 0
    assert "Does a thing.\n" in printed.out
    assert "Its settings cannot be shown: troupe-thing 1.0" in printed.out


def test_settings_whose_defaults_break_down_are_no_reason_either(site: Site, troupe: Callable[..., Any]) -> None:
    config = "from attrs import field, frozen\n@frozen\nclass Config:\n    x: int = field(factory=lambda: 1 / 0)\n"
    site.install("troupe-thing", offering("troupe_tools", config="troupe_thing_config:Config"), config=config)

    printed = troupe("plugins", "show", "thing")

    assert printed.status == 0
    assert "Its settings cannot be shown: ZeroDivisionError: division by zero" in printed.out


def test_a_broken_plugin_is_shown_with_its_problem(site: Site, troupe: Callable[..., Any]) -> None:
    site.install("troupe-bad", "1 / 0")

    lines = troupe("plugins", "show", "troupe-bad").out.splitlines()

    assert lines[0] == "bad (plugin, broken)"
    assert lines[1].startswith("cannot be loaded: ZeroDivisionError")
    assert lines[-1].startswith(
        "Update it (python -m pip install --upgrade troupe-bad), tell its authors, or do without"
    )


def test_a_plugin_that_only_observes_is_shown(site: Site, troupe: Callable[..., Any]) -> None:
    site.install("troupe-watch", HEAD + "@hookimpl\ndef troupe_run_started(): pass\n")

    printed = troupe("plugins", "show", "watch").out

    assert printed.startswith("watch (plugin, active)\nListens to troupe_run_started.\n")


def test_an_unknown_name_gets_the_nearest(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice()

    printed = troupe("plugins", "show", "dise")

    assert (printed.status, printed.out) == (2, "")
    assert "there is no component or plugin 'dise'; installed: " in printed.err
    assert "Did you mean 'dice'?" in printed.err


@pytest.mark.usefixtures("few_plugins")
def test_a_known_name_gets_the_package_to_install(troupe: Callable[..., Any]) -> None:
    printed = troupe("plugins", "show", "network-analysis")

    assert "Install the plugin that offers it: python -m pip install troupe-network-analysis" in printed.err
    assert "See what is installed: troupe plugins list" in printed.err


@pytest.mark.parametrize(
    ("hook", "suggested"), [("troupe_llms", False), ("troupe_modalities", False), ("troupe_tools", True)]
)
def test_grants_are_suggested_for_what_acts_alone(
    site: Site, troupe: Callable[..., Any], hook: str, suggested: bool
) -> None:
    site.install("troupe-rich", offering(hook, capabilities=("network",)))

    shown = troupe("plugins", "show", "thing").out

    assert "capabilities  network" in shown
    assert ('# grants = ["network"]' in shown) is suggested
