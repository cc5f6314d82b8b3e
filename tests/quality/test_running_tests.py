"""The rules that run somebody's tests: the kits alone, or all of them with nothing to connect to."""

import pytest


def test_kits_that_pass_are_counted_and_other_tests_are_not_run(dice):
    dice.replace("tests/test_dice.py", "== 6", "== 7")

    verdict = dice.verdicts("kit-passes")["kit-passes"]

    assert verdict.state == "passed", verdict.lines
    assert verdict.text.endswith(" passed")


def test_a_kit_that_fails_names_its_test(dice):
    dice.replace("src/troupe_dice/tool.py", "class Dice(Tool):", 'class Dice(Tool):\n    reach = "nowhere"\n')

    verdict = dice.verdicts("kit-passes")["kit-passes"]

    assert verdict.state == "missing"
    assert verdict.text == (
        "TestDice.test_its_reach_is_one_that_there_is: Seen: reach = 'nowhere' "
        "Change: say one of self, holders, everyone; where in doubt, leave it out: everyone."
    )


def test_tests_that_cannot_be_collected_are_told(dice):
    dice.replace("tests/test_dice.py", "from troupe_core.testing", "import no_such_thing\nfrom troupe_core.testing")

    verdict = dice.verdicts("kit-passes")["kit-passes"]

    assert verdict.state == "missing"
    assert "no_such_thing" in verdict.text or "could not run" in verdict.text


def test_without_a_kit_there_is_nothing_to_run(dice):
    dice.write("tests/test_dice.py", "def test_it():\n    pass\n")

    verdict = dice.verdicts("kit-passes")["kit-passes"]

    assert (verdict.state, verdict.text) == ("unseen", "there is no kit to run")


def test_all_tests_are_run_only_when_they_may_be(dice):
    verdict = dice.verdicts("offline")["offline"]

    assert (verdict.state, verdict.text) == ("unseen", "not run, since it may take long: say --tests")


def test_a_test_may_speak_to_this_machine(dice):
    dice.write(
        "tests/test_dice.py",
        "import socket\n\ndef test_here():\n    with socket.create_server(('127.0.0.1', 0)) as server:\n"
        "        socket.create_connection(('localhost', server.getsockname()[1]), timeout=5).close()\n",
    )

    verdict = dice.verdicts("offline", runs_tests=True)["offline"]

    assert (verdict.state, verdict.text) == ("passed", "1 passed")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("socket.create_connection(('192.0.2.1', 80), timeout=1)", "nothing may reach 192.0.2.1"),
        ("socket.getaddrinfo('example.org', 80)", "example.org is not looked up"),
        ("socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))", "nothing may reach 192.0.2.1"),
    ],
)
def test_a_test_that_needs_another_machine_fails(dice, line, said):
    dice.write("tests/test_dice.py", f"import socket\n\ndef test_there():\n    {line}\n")

    verdict = dice.verdicts("offline", runs_tests=True)["offline"]

    assert verdict.state == "missing"
    assert verdict.text.startswith("test_dice.test_there: ")
    assert said in verdict.text


def test_tests_that_are_all_skipped_show_nothing(dice):
    dice.write("tests/test_dice.py", "import pytest\n\n@pytest.mark.skip\ndef test_it():\n    pass\n")

    verdict = dice.verdicts("offline", runs_tests=True)["offline"]

    assert (verdict.state, verdict.text) == ("unseen", "all of them were skipped")
