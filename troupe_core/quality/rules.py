"""Every rule, in the order in which they are told. What looks whether a plugin keeps it stands beside it."""

from troupe_core.quality.behaving import (
    capabilities_are_asked_for,
    it_is_quiet,
    it_keeps_to_itself,
    it_runs_no_data,
    network_is_declared,
)
from troupe_core.quality.documenting import (
    actions_are_described,
    classes_are_described,
    settings_are_described,
    types_are_told,
)
from troupe_core.quality.naming import names_are_plain, summaries_are_short
from troupe_core.quality.publishing import (
    changes_are_told,
    metadata_is_complete,
    range_is_declared,
    there_is_a_licence,
)
from troupe_core.quality.readme import readme_shows_a_study
from troupe_core.quality.rule import Rule
from troupe_core.quality.testing import each_has_its_kit, kits_pass, tests_pass_offline, there_are_tests
from troupe_core.quality.working import config_modules_are_light, entry_module_is_light, it_loads

__all__ = ["RULES"]

RULES = (
    Rule(
        id="loads",
        title="It loads, and everything that its components name is there.",
        why="What cannot be imported is found out in the middle of somebody's study.",
        remedy="Mend what is named above; `troupe plugins list` shows when it loads.",
        look=it_loads,
    ),
    Rule(
        id="entry-light",
        title="Its entry module imports nothing heavy.",
        why="Every command of Troupe imports the entry modules of all plugins: each one makes all of them slower.",
        remedy="Name factory and config as text in Component(…), and import libraries in the module of the factory.",
        look=entry_module_is_light,
    ),
    Rule(
        id="config-light",
        title="The modules of its settings import nothing heavy.",
        why="Settings are shown and checked before anything runs, also where a library is not installed.",
        remedy="Put the config class into a module of its own that imports attrs and the standard library alone.",
        look=config_modules_are_light,
    ),
    Rule(
        id="names",
        title="Distribution, entry points and components have plain names.",
        why="People write them in studies and on the command line.",
        remedy="Use lower case, digits and single dashes, and begin with a letter: web-search.",
        look=names_are_plain,
    ),
    Rule(
        id="summary",
        title="Each component says in one line what it is for.",
        why="`troupe plugins list` is where people choose; a long line is cut, a name alone tells them nothing.",
        remedy="Write one sentence of at most 100 characters that says what somebody gets who uses it.",
        look=summaries_are_short,
    ),
    Rule(
        id="settings",
        title="Every setting is documented and typed.",
        why="`troupe plugins show`, editors and errors tell people what stands in the class, and nothing else.",
        remedy="Write a string under each field of the config class, and give it a type that is not Any.",
        look=settings_are_described,
    ),
    Rule(
        id="docstrings",
        title="The class of each component has a docstring.",
        why="It is the first thing that the next reader of the code looks for.",
        remedy="Say in the class what it is, and what it keeps between calls.",
        look=classes_are_described,
    ),
    Rule(
        id="actions",
        title="Each action and each of its parameters is explained.",
        why="The model knows no more of an action than its docstring; what is not said there, it guesses.",
        remedy="Write a docstring that names each parameter, or explains it in a line of its own below Args:.",
        look=actions_are_described,
    ),
    Rule(
        id="typed",
        title="It tells its types.",
        why="Without them nobody's type checker sees when a contract and a plugin grow apart.",
        remedy="Annotate every public function, and put an empty file py.typed into the package.",
        look=types_are_told,
    ),
    Rule(
        id="walls",
        title="It imports `troupe_core.plugin` alone, and no other plugin.",
        why="Only those names stay as they are; everything else of the core, and of other plugins, may change any day.",
        remedy="Import the name from troupe_core.plugin. If it is not there, ask for it.",
        look=it_keeps_to_itself,
    ),
    Rule(
        id="quiet",
        title="It prints nothing, and does not configure logging when it is imported.",
        why="What a part prints ends up in the midst of JSON that other programs read.",
        remedy="Tell it in an outcome, a finding or an error; for developers use logging.getLogger(__name__).",
        look=it_is_quiet,
    ),
    Rule(
        id="safe",
        title="It turns no data into code: no pickle, eval or exec.",
        why="Runs, personas and what tools bring in come from strangers.",
        remedy="Keep JSON, SQLite or a standard media format, and parse text with a parser made for it.",
        look=it_runs_no_data,
    ),
    Rule(
        id="network",
        title="It declares that it uses the network, if it does.",
        why="A study that is said to stay on this machine must.",
        remedy='Add capabilities=("network",) to the Component, or leave the library out.',
        look=network_is_declared,
    ),
    Rule(
        id="capabilities",
        title="What it declares to reach and what its actions ask for is the same.",
        why="People grant what they read in `troupe plugins show`: too little is refused, too much frightens.",
        remedy="Write the same names in Component(capabilities=…) and in @action(capability=…) or context.granted(…).",
        look=capabilities_are_asked_for,
    ),
    Rule(
        id="api-range",
        title="It says for which versions of troupe-core it is made, and where they end.",
        why="Without an end, a later Troupe takes it for fit and fails in the middle of a run.",
        remedy='Write in its dependencies: "troupe-core>=0.1,<0.2".',
        look=range_is_declared,
    ),
    Rule(
        id="metadata",
        title="Its distribution says what it is, under which licence, and for which Python.",
        why="That is what an index shows, and by what installers choose a version.",
        remedy="Fill in description, license, requires-python, readme and classifiers or urls in pyproject.toml.",
        look=metadata_is_complete,
    ),
    Rule(
        id="licence",
        title="It comes with the text of its licence.",
        why="Without it nobody may use it.",
        remedy='Put a file LICENSE beside pyproject.toml, and write license-files = ["LICENSE"].',
        look=there_is_a_licence,
    ),
    Rule(
        id="readme",
        title="Its README shows a study that can be run.",
        why="People copy it. What does not run there, does not run anywhere.",
        remedy="Show one whole study as a ```toml block, with [llm], [[agents]] and the table that uses the component.",
        look=readme_shows_a_study,
    ),
    Rule(
        id="tests",
        title="It has tests.",
        why="Nobody else knows when it has stopped working.",
        remedy="Put them into the folder tests beside pyproject.toml, in files whose names begin with test_.",
        look=there_are_tests,
    ),
    Rule(
        id="kit",
        title="For each component its tests derive from the kit of its kind.",
        why="The kit has a test for each sentence of the contract.",
        remedy='Write a class such as class TestDice(ToolConformance): component = "dice" (from troupe_core.testing).',
        look=each_has_its_kit,
    ),
    Rule(
        id="kit-passes",
        title="The tests of the kits pass.",
        why="The rest of Troupe relies on each sentence of a contract.",
        remedy="Each test says what to change; run them alone with: python -m pytest --troupe-kits.",
        look=kits_pass,
    ),
    Rule(
        id="offline",
        title="Its tests pass without a network.",
        why="What needs somebody else's server fails for reasons that are not its own.",
        remedy="Let them pass with a network first: python -m pytest. What fails only without one reaches for it: let "
        "it speak to a server that it starts itself, on 127.0.0.1, or to a recording.",
        look=tests_pass_offline,
    ),
    Rule(
        id="changelog",
        title="It tells what has changed.",
        why="Whoever updates wants to know what will be different.",
        remedy="Keep a CHANGELOG.md beside pyproject.toml, or name its address under [project.urls] as Changelog.",
        look=changes_are_told,
        advice=True,
    ),
)
"""All of them."""
