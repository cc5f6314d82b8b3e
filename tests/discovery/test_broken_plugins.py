"""Whatever a plugin does wrong, the host stands, and says who did what."""

import re
import sys

import pytest
from installing import TOOL, Site

from troupe_core.discovery.found import Plugin
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import PluginError

HEAD = "from troupe_core.plugin import Component, hookimpl\n"


def discover(name: str) -> Plugin:
    """The plugin with this distribution, beside a sound one that must not suffer."""
    plugins = Plugins.discover(Selection(only=(name, "troupe-dice")))
    assert [found.component.name for found in plugins.components("tool")] == ["dice"]
    return next(plugin for plugin in plugins.installed if plugin.distribution == name)


@pytest.mark.parametrize(
    ("module", "problem"),
    [
        ("1 / 0", r"cannot be loaded: ZeroDivisionError: division by zero \(.*troupe_bad.py, line 1\)"),
        (
            "\nimport no_such_module_at_all",
            (
                r"cannot be loaded: ModuleNotFoundError: No module named 'no_such_module_at_all' "
                r"\(.*troupe_bad.py, line 2\)"
            ),
        ),
        ("raise SystemExit(3)", r"cannot be loaded: SystemExit: 3 \(.*\)"),
        ("'\\udc80'.encode()", r"cannot be loaded: UnicodeEncodeError: 'utf-8' codec can't encode .*line 1\)"),
        ("def :", r"cannot be loaded: SyntaxError: .*line 1\)"),
        ("", r"it attaches to nothing: no function of its module is marked with @hookimpl"),
        (
            HEAD + "@hookimpl\ndef troupe_tools():\n    return 'dice'",
            r"troupe_tools returned 'dice', expected a list of Components",
        ),
        (
            HEAD + "@hookimpl\ndef troupe_tools():\n    return [1]",
            r"troupe_tools returned \[1\], expected a list of Components",
        ),
        (
            HEAD + "@hookimpl\ndef troupe_tools():\n    pass",
            r"troupe_tools returned None, expected a list of Components",
        ),
        (
            HEAD + "class X:\n    def __repr__(self): 1 / 0\n@hookimpl\ndef troupe_tools():\n    return X()",
            r"troupe_tools returned something of type X, expected a list of Components",
        ),
        (
            HEAD + "@hookimpl\ndef troupe_tools():\n    return 'x' * 1000",
            r"troupe_tools returned 'x{99}…, expected a list of Components",
        ),
        (
            HEAD + "@hookimpl\ndef troupe_tools():\n    raise KeyError('no')",
            r"troupe_tools failed: KeyError: 'no' \(.*troupe_bad.py, line 4\)",
        ),
        (
            HEAD
            + "@hookimpl\ndef troupe_tools():\n    return [Component(name='Bad Name', summary='x', factory='a:B')]",
            r"troupe_tools failed: ValueError: 'name' must match regex .* \(.*troupe_bad.py, line 4\)",
        ),
        (
            HEAD + "@hookimpl\ndef troupe_tools():\n    return [Component(name='a', summary='x', factory='a:B')] * 2",
            r"troupe_tools offers two components of the name 'a' \(tool\)",
        ),
        (
            HEAD + "@hookimpl\ndef troupe_toolz():\n    return []",
            r"there is no hook 'troupe_toolz', did you mean 'troupe_tools'\?",
        ),
        (HEAD + "@hookimpl\ndef qq():\n    return []", r"there is no hook 'qq'; the hooks are troupe_analyzers, .*"),
        (
            HEAD + "@hookimpl\ndef troupe_step_started(step):\n    pass",
            r"hookimpl definition: troupe_step_started\(step\) Argument\(s\) \{'step'\} are declared .*",
        ),
        (HEAD + "def troupe_tools():\n    return []", r"troupe_tools lacks its mark: write @hookimpl above it"),
        (
            HEAD + "@hookimpl(wrapper=True)\ndef troupe_tools():\n    return (yield)",
            r"troupe_tools is a wrapper; hooks of Troupe are plain functions",
        ),
        (
            HEAD + "@hookimpl\nasync def troupe_run_started():\n    pass",
            r"troupe_run_started is async; hooks of Troupe are plain functions",
        ),
    ],
)
def test_a_broken_plugin_is_named_with_what_is_wrong(site: Site, module: str, problem: str) -> None:
    site.install_dice()
    site.install("troupe-bad", module)

    bad = discover("troupe-bad")

    assert (bad.state, bad.version, bad.file, bad.offers) == ("broken", "1.0", site.file("troupe-bad"), ())
    assert re.fullmatch(problem, bad.problem or ""), bad.problem


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("troupe_gone.plugin", "its entry point leads nowhere: there is no module 'troupe_gone'"),
        ("troupe_dice:missing", "its entry point leads nowhere: 'troupe_dice' has no 'missing'"),
        ("troupe_dice:__spec__.loader_state", "its entry point 'bad' names None"),
        ("troupe_dice", "its module is the entry point of another plugin, or of the same one twice"),
        ("not a module", "its entry point names no module: 'not a module'"),
    ],
)
def test_an_entry_point_to_nowhere_is_broken(site: Site, target: str, problem: str) -> None:
    site.install_dice()
    site.install("troupe-bad", None, lines=f"[troupe]\nbad = {target}\n", version="1.0")

    plugins = {plugin.distribution: plugin for plugin in Plugins.discover(Selection(only=("bad", "dice"))).installed}

    assert (plugins["troupe-bad"].state, plugins["troupe-bad"].problem) == ("broken", problem)
    assert plugins["troupe-dice"].state == "active"


def test_an_entry_point_that_is_declared_twice_is_reported_and_the_first_counts(site: Site) -> None:
    site.install_dice(lines="[troupe]\ndice = troupe_dice\ndice = troupe_dice_part\n")

    first, second = (each for each in Plugins.discover().installed if each.distribution == "troupe-dice")

    assert (first.state, second.state) == ("active", "broken")
    assert second.problem == "the distribution declares the entry point 'dice' twice; this is the second"


def test_a_plugin_is_taken_whole_or_not_at_all(site: Site) -> None:
    site.install_dice()
    good_and_bad = TOOL.format(name="coin", module="m", config=None) + "@hookimpl\ndef troupe_llms():\n    return 3\n"
    site.install("troupe-bad", good_and_bad)

    bad = discover("troupe-bad")

    assert bad.problem == "troupe_llms returned 3, expected a list of Components"


def test_what_a_plugin_prints_while_it_is_imported_stays_off_stdout(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.install("troupe-loud", "print('hello')\n" + TOOL.format(name="coin", module="m", config=None))

    Plugins.discover(Selection(only=("loud",)))

    assert capsys.readouterr() == ("", "hello\n")


def test_ctrl_c_during_an_import_is_not_held_against_the_plugin(site: Site) -> None:
    site.install("troupe-slow", "raise KeyboardInterrupt")

    with pytest.raises(KeyboardInterrupt):
        Plugins.discover()


def test_a_name_that_a_broken_plugin_may_offer_names_the_culprit(site: Site) -> None:
    site.install("troupe-bad", "1 / 0")

    with pytest.raises(PluginError) as error:
        Plugins.discover(Selection(only=("bad",))).find("tool", "hammer", where="study.toml: [tools.hammer] use")

    assert str(error.value).startswith("study.toml: [tools.hammer] use: there is no tool 'hammer'; installed: none\n")
    assert f"troupe-bad 1.0 ({site.file('troupe-bad')}) is broken, it may offer more: cannot be loaded: Zero" in str(
        error.value
    )


def test_each_discovery_stands_for_itself(site: Site) -> None:
    site.install_dice()

    with_dice = Plugins.discover(Selection(only=("dice",)))
    without = Plugins.discover(Selection(only=()))

    assert (len(with_dice.components("tool")), len(without.components("tool"))) == (1, 0)
    assert "troupe_dice_part" not in sys.modules
