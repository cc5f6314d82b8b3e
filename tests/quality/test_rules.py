"""Each rule: a small plugin in which nothing is missing keeps all; one change breaks one rule, and it says where."""

import pytest

from troupe_core.quality.rules import RULES

PLUGIN, CONFIG, TOOL = (f"src/troupe_dice/{name}.py" for name in ("plugin", "config", "tool"))
PYPROJECT, README, TESTS = "pyproject.toml", "README.md", "tests/test_dice.py"

FAULTS = [
    # rule, file, what stands there, what is put there, what is said
    ("loads", PLUGIN, "tool:Dice", "tool:Dise", "no 'Dise' in 'troupe_dice.tool'; there is 'Dice'"),
    ("loads", PLUGIN, "@hookimpl\n", "1 / 0\n", "the plugin 'dice': cannot be loaded: ZeroDivisionError"),
    ("entry-light", PLUGIN, "from collections", "import asyncio\nfrom collections", "dice.plugin imports asyncio"),
    ("entry-light", PLUGIN, "from collections", "import rich.table\nfrom collections", "dice.plugin imports rich"),
    ("config-light", CONFIG, "from attrs", "import click\nfrom attrs", "troupe_dice.config imports click ("),
    ("summary", PLUGIN, "Throws dice.", "Throws dice!", "the summary of 'dice' ends with '!'; a full stop is enough"),
    ("summary", PLUGIN, "Throws dice.", "Throws.\\nAnd more.", "the summary of 'dice' has more than one line"),
    ("summary", PLUGIN, "Throws dice.", "Dice.", "the summary of 'dice' says no more than its name"),
    ("summary", PLUGIN, "Throws dice.", "Throws dice. " * 8 + "So.", "has 107 characters, at most 100 are shown whole"),
    ("settings", CONFIG, '    """How many faces it has."""\n', "", "dice: nothing stands under the key sides"),
    ("settings", CONFIG, '    """In English."""\n', "", "dice, colours: nothing stands under the key name"),
    ("settings", CONFIG, "name: str =", "name: object =", "dice, colours: the key name has no type"),
    (
        "docstrings",
        TOOL,
        '    """Dice that are thrown; it keeps nothing."""\n',
        "",
        "troupe_dice.tool:Dice has no docstring",
    ),
    ("actions", TOOL, "Throw a number of dice.", "Throw dice.", "dice: nothing explains number of the action throw"),
    ("actions", TOOL, '        """Note something down."""\n', "", "Dice.note: an action needs a docstring"),
    ("typed", TOOL, "config: Config) -> None", "config) -> None", "tool.py, line 11: __init__ does not tell the type"),
    ("typed", TOOL, "text: str) -> str", "text: str)", "tool.py, line 20: note does not tell what it returns"),
    (
        "walls",
        TOOL,
        "from troupe_core.plugin",
        "from troupe_core.contracts.tool import Tool as T\nfrom troupe_core.plugin",
        "troupe_dice/tool.py, line 3: imports troupe_core.contracts.tool.Tool",
    ),
    (
        "walls",
        TOOL,
        "from troupe_core.plugin",
        "from troupe_core import Simulation\nfrom troupe_core.plugin",
        "troupe_dice/tool.py, line 3: imports troupe_core.Simulation",
    ),
    (
        "walls",
        TOOL,
        "from troupe_core.plugin",
        "import troupe_other\nfrom troupe_core.plugin",
        "troupe_dice/tool.py, line 3: imports troupe_other, which is another plugin's",
    ),
    (
        "quiet",
        TOOL,
        'return "Noted."',
        'print(text)\n        return "Noted."',
        "troupe_dice/tool.py, line 22: calls print",
    ),
    (
        "quiet",
        TOOL,
        "class Dice",
        "import logging\nlogging.basicConfig()\n\nclass Dice",
        "line 9: calls logging.basicConfig when it is imported",
    ),
    ("safe", TOOL, "from troupe_core.plugin", "import pickle\nfrom troupe_core.plugin", "line 3: imports pickle"),
    ("safe", TOOL, 'return "Noted."', "return str(eval(text))", "troupe_dice/tool.py, line 22: calls eval"),
    ("safe", TOOL, 'return "Noted."', "return str(open(text, allow_pickle=True))", "tool.py, line 22: allows pickle"),
    (
        "network",
        TOOL,
        "from troupe_core.plugin",
        "import socket\nfrom troupe_core.plugin",
        "troupe_dice/tool.py, line 3: imports socket; no component declares it",
    ),
    (
        "network",
        TOOL,
        "from troupe_core.plugin",
        "from urllib import request\nfrom troupe_core.plugin",
        "troupe_dice/tool.py, line 3: imports urllib.request; no component declares it",
    ),
    (
        "network",
        TOOL,
        'return "Noted."',
        '__import__("httpx")\n        return ""',
        "line 22: imports httpx; no component",
    ),
    (
        "capabilities",
        PLUGIN,
        '("files.write",)',
        "()",
        "dice: its action note needs files.write, which is not declared",
    ),
    ("capabilities", PLUGIN, '("files.write",)', '("files.write", "moon")', "dice: it declares moon, and nothing asks"),
    ("api-range", PYPROJECT, "troupe-core>=0.1,<99", "troupe-core>=0.1", ">=0.1 of troupe-core has no end"),
    ("api-range", PYPROJECT, "troupe-core>=0.1,<99", "troupe-core", "any version of troupe-core has no end"),
    ("api-range", PYPROJECT, '"troupe-core>=0.1,<99", ', "", "pyproject.toml does not name troupe-core among the"),
    (
        "api-range",
        PYPROJECT,
        "troupe-core>=0.1,<99",
        "troupe-core>=98,<99",
        "made for troupe-core >=98,<99, and another",
    ),
    ("metadata", PYPROJECT, 'description = "Throws dice."\n', "", "pyproject.toml lacks a description"),
    ("metadata", PYPROJECT, 'license = "MIT"\n', "", "pyproject.toml lacks a licence"),
    ("metadata", PYPROJECT, 'requires-python = ">=3.11"\n', "", "pyproject.toml lacks requires-python"),
    ("metadata", PYPROJECT, 'classifiers = ["Typing :: Typed"]\n', "", "pyproject.toml lacks classifiers or urls"),
    ("readme", README, "[[agents]]", "[[people]]", "README.md, line 3: [people]: unknown section"),
    ("readme", README, 'use = "dice"', 'use = "spoon"', "no study in README.md uses dice"),
    (
        "readme",
        README,
        "sides = 20",
        'sides = "lots"',
        "README.md, line 3: [tools.dice] sides: expected a whole number",
    ),
    ("readme", README, "sides = 20", "sides = ", "README.md, line 3: not TOML: Invalid value"),
    ("readme", README, "[llm]", "[memory]", "no TOML block of README.md is a whole study, with [llm] and [[agents]]"),
    (
        "kit",
        TESTS,
        'component = "dice"',
        'component = "dises"',
        "no class of its tests derives from ToolConformance for the tool 'dice'",
    ),
]


def test_a_plugin_in_which_nothing_is_missing_keeps_every_rule(dice):
    verdicts = dice.verdicts()

    assert {id_: verdict.lines for id_, verdict in verdicts.items() if verdict.state != "passed"} == {}
    assert len(verdicts) == len(RULES) - 2
    assert all(verdict.remedy is None for verdict in verdicts.values())


@pytest.mark.parametrize(("rule", "file", "old", "new", "said"), FAULTS)
def test_one_change_breaks_one_rule(dice, site, rule, file, old, new, said):
    site.install("troupe-other", "from troupe_core.plugin import hookimpl\n@hookimpl\ndef troupe_run_started(): pass\n")
    dice.replace(file, old, new)

    broken = {verdict.rule.id: verdict for verdict in dice.verdicts().values() if verdict.state == "missing"}

    assert list(broken) == [rule]
    assert said in broken[rule].text
    assert broken[rule].remedy


@pytest.mark.parametrize(
    ("rule", "file", "said"),
    [
        ("typed", "src/troupe_dice/py.typed", "troupe_dice has no file py.typed"),
        ("licence", "LICENSE", "there is no file LICENSE"),
        ("changelog", "CHANGELOG.md", "there is no file CHANGELOG.md"),
    ],
)
def test_what_is_not_there_is_missed(dice, rule, file, said):
    dice.file(file).unlink()

    broken = [verdict for verdict in dice.verdicts().values() if verdict.state != "passed"]

    assert [(verdict.rule.id, verdict.text) for verdict in broken] == [(rule, said)]
    assert broken[0].state == ("note" if rule == "changelog" else "missing")


def test_a_plugin_without_a_readme_is_told_so(dice):
    dice.replace("pyproject.toml", 'readme = "README.md"\n', "")

    verdicts = dice.verdicts("readme", "metadata")

    assert verdicts["readme"].text == "there is no README"
    assert verdicts["metadata"].text == "pyproject.toml lacks a readme"


def test_a_plugin_without_tests_is_told_where_they_would_be(dice):
    dice.file("tests/test_dice.py").unlink()

    verdicts = dice.verdicts("tests", "kit")

    assert verdicts["tests"].text == f"there is no test in {dice.folder / 'tests'}"
    assert verdicts["kit"].state == "missing"


def test_names_are_lower_case_words_with_dashes(dice, site):
    metadata = site.folder / "troupe_dice-1.0.dist-info" / "entry_points.txt"
    metadata.write_text("[troupe]\nMy_Dice = troupe_dice.plugin\n", encoding="utf-8")
    dice.replace("src/troupe_dice/plugin.py", 'name="dice"', 'name="dice--"')

    assert dice.verdicts("names")["names"].lines == (
        "the entry point 'My_Dice' is not a plain name",
        "the component 'dice--' is not a plain name",
    )


def test_many_faults_are_counted(dice):
    dice.write("src/troupe_dice/loud.py", "print(1)\n" * 9)

    lines = dice.verdicts("quiet")["quiet"].lines

    assert lines[0] == "troupe_dice/loud.py, line 1: calls print"
    assert lines[6:] == ("and 3 more",)


def test_a_kit_may_stand_above_its_class_and_name_a_factory(dice):
    dice.write(
        "tests/test_dice.py",
        "from troupe_core import testing\nfrom troupe_dice.tool import Dice\n\n"
        "class Common(testing.ToolConformance):\n    config = {'sides': 20}\n\n"
        "class TestDice(Common):\n    factory = Dice\n",
    )

    assert dice.verdicts("kit")["kit"].state == "passed"


def test_a_readme_may_show_what_is_wrong(dice):
    readme = dice.file("README.md").read_text(encoding="utf-8")
    dice.write("README.md", f"{readme}\n```toml\n# file: wrong.toml\n[llm]\nuse = 1\n```\n")

    assert dice.verdicts("readme")["readme"].state == "passed"


def test_what_a_setting_of_the_network_reaches_is_declared(dice):
    dice.replace("src/troupe_dice/plugin.py", '("files.write",)', '("files.write", "network")')
    dice.replace("src/troupe_dice/tool.py", "from troupe_core.plugin", "import socket\nfrom troupe_core.plugin")

    verdicts = dice.verdicts("network", "capabilities")

    assert (verdicts["network"].state, verdicts["network"].text) == ("passed", "it declares network")
    assert verdicts["capabilities"].state == "passed"


def test_a_part_may_configure_its_own_logging_when_it_works(dice):
    dice.replace(
        "src/troupe_dice/tool.py",
        'return "Noted."',
        'import logging\n        logging.getLogger(__name__).setLevel(10)\n        return "Noted."',
    )

    assert dice.verdicts("quiet")["quiet"].state == "passed"


def test_every_rule_is_told_whole():
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.title.endswith(".")
        assert rule.why.endswith(".")
        assert rule.remedy.endswith(".")
