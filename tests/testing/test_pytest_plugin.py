"""The pytest plugin, in real test sessions of somebody else's."""

import subprocess
import sys

from troupe_core.version import VERSION

pytest_plugins = ["pytester"]

# What it costs those who do not use it


def test_loading_it_imports_nothing_but_itself():
    script = (
        "import sys, pytest\nbefore = set(sys.modules)\nimport troupe_core.testing.pytest_plugin\n"
        "print(*sorted(set(sys.modules) - before))"
    )

    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert printed.split() == ["troupe_core", "troupe_core.testing", "troupe_core.testing.pytest_plugin"]


def test_a_session_that_does_not_use_it_imports_no_more(pytester):
    pytester.makepyfile(
        """
        import sys

        def test_little_of_troupe_is_here():
            assert {name for name in sys.modules if name.startswith("troupe_core")} == {
                "troupe_core", "troupe_core.testing", "troupe_core.testing.pytest_plugin"
            }
        """
    )

    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_it_can_be_switched_off(pytester):
    pytester.makepyfile("def test_it(troupe_run): ...\n")

    result = pytester.runpytest_subprocess("-p", "no:troupe")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'troupe_run' not found"])


def test_every_fixture_says_what_it_is_for(pytester):
    result = pytester.runpytest_subprocess("--fixtures", "-v")

    shown = result.stdout.str()
    for line in (
        "Run a study, and return the finished run (`troupe_core.Run`).",
        "Load only the named plugins (and the core's own) for the rest of the test, in subprocesses too.",
        "A model that answers with what the test says, for `troupe_run` and ``Simulation(llm=…)``.",
        "A model that is asked once: its answers are kept in a cassette beside the test, and replayed ever after.",
        "A fresh folder of this test, for the folders of its runs.",
    ):
        assert line in shown


def test_nothing_is_left_open_where_that_is_an_error(pytester):
    pytester.makepyfile(
        """
        import gc

        STUDY = '[simulation]\\nsteps = 1\\n[llm]\\nuse = "nobody"\\n[[agents]]\\npersona = { name = "Ann" }'

        def test_it(troupe_run, scripted_llm):
            troupe_run(STUDY, llm=scripted_llm([{"actions": [{"action": "wait"}]}]))
            gc.collect()
        """
    )

    result = pytester.runpytest_subprocess("-W", "error", "-W", "error::pytest.PytestUnraisableExceptionWarning")

    result.assert_outcomes(passed=1)


# --troupe-kits


def test_the_kits_can_be_run_alone(pytester):
    pytester.makepyfile(
        """
        from troupe_core.testing.conformance import Conformance

        class Kit(Conformance):
            kind, component = "tool", "dice"

            def test_a_sentence(self): ...

        class TestMine(Kit): ...

        class TestOther:
            def test_it(self): ...

        def test_by_itself(): ...
        """
    )

    result = pytester.runpytest_subprocess("--troupe-kits", "-k", "a_sentence or TestOther or by_itself")

    result.assert_outcomes(passed=1, deselected=result.parseoutcomes()["deselected"])
    result.stdout.fnmatch_lines([f"troupe kits: troupe-core {VERSION}, *troupe-mock-llm *"])
    assert result.parseoutcomes()["deselected"] >= 2


def test_without_the_option_everything_runs_and_nothing_is_announced(pytester):
    pytester.makepyfile("def test_it(): ...\n")

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("troupe kits:*")


NO_TOOL = """
    from troupe_core.testing import ToolConformance

    class TestMissing(ToolConformance):
        component = "no-such-tool"
"""


def test_a_kit_tells_in_its_own_words_what_is_wrong(pytester):
    pytester.makepyfile(NO_TOOL)

    outcome = pytester.runpytest_subprocess("-k", "found_under")

    shown = outcome.stdout.str()
    assert "\nPromised: " in shown
    assert "self.promise(" not in shown
    outcome.assert_outcomes(failed=1)


def test_the_code_of_a_kit_is_shown_with_full_trace(pytester):
    pytester.makepyfile(NO_TOOL)

    outcome = pytester.runpytest_subprocess("-k", "found_under", "--full-trace")

    shown = outcome.stdout.str()
    assert "BrokenPromise: Promised: " in shown
    assert "self.promise(" in shown
