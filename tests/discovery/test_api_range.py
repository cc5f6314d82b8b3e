"""A plugin's dependency on troupe-core is its statement of what it goes with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from installing import Site
from packaging.specifiers import SpecifierSet

from troupe_core.discovery.api_range import contains
from troupe_core.discovery.plugins import Plugins
from troupe_core.errors import PluginError
from troupe_core.version import VERSION


@pytest.mark.parametrize(
    "requires",
    [
        "troupe-core",
        "troupe-core>=0.1,<99",
        "Troupe_Core (>=0.1)",
        "troupe-core~=0.1",
        "troupe-core[extra]>=0.1",
        "troupe-core>=99; python_version < '3'",
        "other>=99",
        None,
    ],
)
def test_a_range_that_holds_this_version_is_fine(site: Site, requires: str | None) -> None:
    site.install_dice(requires=requires)

    assert Plugins.discover().find("tool", "dice").component.name == "dice"


@pytest.mark.parametrize(
    ("requires", "shown"),
    [
        ("troupe-core>=99", ">=99"),
        ("troupe-core<0.1", "<0.1"),
        ("troupe_core (>=0.1, <0.1.0)", ">=0.1,<0.1.0"),
        ("troupe-core==9.*; python_version > '3'", "==9.*"),
        ("troupe-core>=rubbish", ">=rubbish"),
    ],
)
def test_a_range_without_this_version_is_an_error_where_it_is_used(site: Site, requires: str, shown: str) -> None:
    site.install_dice(requires=requires)
    plugins = Plugins.discover()

    with pytest.raises(PluginError) as error:
        plugins.find("tool", "dice", where="study.toml: [tools.dice] use")

    assert str(error.value) == (
        f"study.toml: [tools.dice] use: 'dice' cannot be used: "
        f"troupe-dice 1.0 is made for troupe-core {shown}, this is troupe-core {VERSION}\n"
        "Install versions that go together: python -m pip install --upgrade troupe-dice troupe-core"
    )


def test_finding_plugins_does_not_look_at_ranges_and_asking_for_them_does(site: Site) -> None:
    site.install_dice(requires="troupe-core>=99")
    plugins = Plugins.discover()

    before, after = (
        next(each.state for each in found if each.distribution == "troupe-dice")
        for found in (plugins.installed, plugins.in_range())
    )

    assert (before, after) == ("active", "incompatible")


def test_a_version_before_the_release_is_not_in_the_range_of_the_release() -> None:
    assert not contains(">=0.2", "0.2.0.dev1")
    assert contains(">=0.2.dev0", "0.2.0.dev1")


numbers = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))
clauses = st.tuples(st.sampled_from([">=", "<=", ">", "<", "~=", "==", "!="]), numbers).filter(
    lambda clause: clause[0] != "~=" or "." in clause[1]
)


@given(st.lists(clauses, max_size=3), numbers)
def test_plain_ranges_are_read_as_packaging_reads_them(parts: list[tuple[str, str]], version: str) -> None:
    text = ",".join(sign + bound for sign, bound in parts)

    assert contains(text, version) == SpecifierSet(text).contains(version, prereleases=True)
