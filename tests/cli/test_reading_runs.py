"""``troupe show``, ``events``, ``stats`` and ``digest``: what they tell of a run, and of a folder that is none."""

import json
import sqlite3

import pytest

from troupe_core.journal.run import Run

SCRIPT = """
[[entries]]
agent = "Ann"
actions = [{ action = "talk", to = "Bob", text = "Tea?" }, { action = "think", text = "He looks tired." }]
[[entries]]
agent = "Bob"
actions = [{ action = "talk", to = "Zoe", text = "Who is that?" }]
"""
STEERING = r"""
[[entries]]
actions = [{ action = "look_up", word = "a\u001b[31mb\u202e\nc" }]
"""
SIMULATION = '[simulation]\nname = "Kitchen"\nsteps = 2\nstart = 2026-03-02T09:00:00\n'


@pytest.fixture
def kitchen(scripted, tmp_path):
    """A run of two people, in the folder run-0 of the working directory."""
    scripted(SCRIPT, SIMULATION + '[[stimuli]]\nat = 1\ntext = "The kettle\\nbreaks."\n')
    return "run-0"


def test_show_tells_what_was_said_and_done(troupe, kitchen):
    printed = troupe("show", kitchen)

    assert (printed.status, printed.err) == (0, "")
    lines = printed.out.splitlines()
    assert lines[:-1] == [
        "Kitchen: Ann, Bob",
        "",
        "── Step 0 · Monday 2 March 2026, 09:00 ──",
        "Ann → Bob: Tea?",
        "    (Ann thinks: He looks tired.)",
        "  ! Bob: could not talk: There is nobody called Zoe here. With you are: Ann.",
        "",
        "── Step 1 · Monday 2 March 2026, 09:10 ──",
        "* The kettle breaks.",
        "Ann → Bob: Tea?",
        "    (Ann thinks: He looks tired.)",
        "  ! Bob: could not talk: There is nobody called Zoe here. With you are: Ann.",
        "",
    ]
    assert lines[-1].startswith("Finished: 2 steps, 4 turns, 4 model calls, ")


def test_no_argument_of_a_model_steers_the_terminal_or_breaks_a_line(troupe, scripted, toys):
    scripted(STEERING, '[agent_defaults]\ntools = ["almanac"]\n[simulation]\nsteps = 1\n')

    lines = troupe("show", "run-0").out.splitlines()

    assert any(line.startswith("    Ann: look_up word: a[31mb c → ") for line in lines)


def test_thoughts_can_be_left_out(troupe, kitchen):
    out = troupe("show", kitchen, "--no-thoughts").out

    assert "Ann → Bob: Tea?" in out
    assert "thinks" not in out


def test_show_prints_what_run_printed(troupe, study):
    study(SIMULATION + '[llm]\nuse = "mock"\n[[agents]]\npersona = { name = "Ann" }\n')
    ran = troupe("run", "study.toml", "--out", "here").out

    shown = troupe("show", "here").out

    assert shown.startswith("Kitchen: Ann\n" + ran.partition("\nFinished")[0])


def test_events_lists_the_journal_in_its_order(troupe, kitchen):
    lines = troupe("events", kitchen).out.splitlines()

    assert [line.split()[0] for line in lines] == [event.id for event in Run.open(kitchen).events()]
    assert lines[1] == '0.w.1     step                       {"present":2,"time":"2026-03-02T09:00:00"}'
    talks = [line for line in lines if " outcome " in line and '"Tea?"' in line]
    assert talks[0].split()[1:3] == ["outcome", "Ann"]


def test_events_of_one_kind_and_of_one_agent(troupe, kitchen):
    printed = troupe("events", kitchen, "--kind", "refusal", "--agent", "Bob")

    assert [line.split()[1:3] for line in printed.out.splitlines()] == [["refusal", "Bob"]] * 2
    assert troupe("events", kitchen, "--kind", "refusal", "--agent", "Ann").out == ""


def test_events_as_json_are_one_object_a_line(troupe, kitchen):
    told = [json.loads(line) for line in troupe("events", kitchen, "--json").out.splitlines()]

    events = list(Run.open(kitchen).events())
    assert [each["id"] for each in told] == [event.id for event in events]
    assert set(told[0]) >= {"id", "step", "agent", "kind", "causes", "data"}
    assert [each["data"] for each in told] == [event.data for event in events]


def test_an_unknown_kind_of_event_is_told_with_all_there_are(troupe, kitchen):
    printed = troupe("events", kitchen, "--kind", "talk")

    assert printed.status == 2
    assert "Invalid value for '--kind': 'talk' is not one of 'run', 'step', 'stimulus'" in printed.err


@pytest.mark.parametrize(("name", "hint"), [("Bop", "Did you mean Bob?"), ("Zarathustra", "There are: Ann, Bob.")])
def test_somebody_who_is_not_in_the_run_is_told_with_the_nearest(troupe, kitchen, name, hint):
    printed = troupe("events", kitchen, "--agent", name)

    assert printed.status == 2
    assert printed.err == f'troupe: run-0: nobody in this run is called "{name}"\n{hint}\n'


def test_the_digest_is_one_line(troupe, kitchen):
    printed = troupe("digest", kitchen)

    assert printed.out == f"{Run.open(kitchen).digest()}\n"
    assert len(printed.out) == 65


def test_stats_lists_a_figure_a_line(troupe, kitchen):
    told = dict(line.rsplit(maxsplit=1) for line in troupe("stats", kitchen).out.splitlines())

    assert told["run"] == "run-0"
    assert (told["status"], told["steps"], told["turns"], told["llm calls"]) == ("finished", "2", "4", "4")
    assert told["digest"] == Run.open(kitchen).digest()


def test_stats_as_json_is_the_object_of_the_run(troupe, kitchen):
    figures = json.loads(troupe("stats", kitchen, "--json").out)

    assert figures == Run.open(kitchen).stats()
    assert list(figures) == [
        "run", "digest", "status", "steps", "turns", "events", "llm", "wall_s", "cpu_s", "peak_rss_mb",
    ]  # fmt: skip


VERBS = ("show", "events", "stats", "digest")
REMEDY = "A run folder holds journal.db; troupe run says at its end where it lies."
DAMAGED = "It is damaged, or was never the journal of a run."


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("nowhere", f"nowhere: there is no such folder\n{REMEDY}"),
        ("study.toml", f"study.toml: this is a file, expected the folder of a run\n{REMEDY}"),
        ("run-0/report", f"run-0/report: there is no run in this folder\n{REMEDY}"),
        ("rubbish", f"rubbish: journal.db cannot be read: file is not a database\n{DAMAGED}"),
        ("empty", f"empty: journal.db cannot be read: no such table: about\n{DAMAGED}"),
    ],
)
def test_what_is_no_run_is_told(troupe, kitchen, tmp_path, verb, run, words):
    for name, content in {"rubbish": b"rubbish" * 1000, "empty": b""}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "journal.db").write_bytes(content)

    printed = troupe(verb, run)

    assert (printed.status, printed.out) == (2, "")
    assert printed.err == f"troupe: {words}\n"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "update about set value = '99' where key = 'format'",
            (
                "this run is written in format 99, and this Troupe reads up to 1\n"
                "Upgrade with: pip install --upgrade troupe-core"
            ),
        ),
        (
            "delete from about where key = 'format'",
            f"journal.db cannot be read: it does not say its format\n{DAMAGED}",
        ),
        (
            "update about set value = '{' where key = 'format'",
            f"journal.db cannot be read: format is not JSON\n{DAMAGED}",
        ),
    ],
)
def test_a_journal_of_another_format_is_told(troupe, kitchen, verb, statement, words):
    with sqlite3.connect("run-0/journal.db") as db:
        db.execute(statement)
    db.close()

    printed = troupe(verb, kitchen)

    assert (printed.status, printed.out) == (2, "")
    assert printed.err == f"troupe: run-0: {words}\n"


@pytest.mark.parametrize("verb", VERBS)
def test_a_journal_that_is_damaged_further_in_is_told_too(troupe, kitchen, tmp_path, verb):
    file = tmp_path / kitchen / "journal.db"
    whole = file.read_bytes()
    page = 4096
    file.write_bytes(whole[: 2 * page] + b"\xff" * (len(whole) - 2 * page))

    printed = troupe(verb, kitchen)

    assert printed.status == 2
    assert printed.err.startswith("troupe: run-0: journal.db cannot be read: ")
    assert printed.err.endswith(f"{DAMAGED}\n")


def changed_by_hand(statement, *values):
    with sqlite3.connect("run-0/journal.db") as db:
        db.execute(statement, values)
    db.close()


@pytest.mark.parametrize("arguments", [["show"], ["events", "--agent", "Bob"]], ids=" ".join)
@pytest.mark.parametrize(
    ("persona", "words"),
    [
        ("5", "the persona of Bob is no table"),
        ("{", "the persona of Bob is not JSON"),
        (b"{}", "the persona of Bob is not JSON"),
        ('{"name": "Bob", "mood": "bad"}', "the persona of Bob has other fields: mood"),
        ('{"name": ""}', "the persona of Bob: 'name' must match regex "),
    ],
)
def test_somebody_who_is_damaged_is_named(troupe, kitchen, arguments, persona, words):
    changed_by_hand("update agents set persona = ? where name = 'Bob'", persona)

    printed = troupe(*arguments, kitchen)

    assert (printed.status, printed.out) == (2, "")
    assert printed.err.startswith(f"troupe: run-0: journal.db cannot be read: {words}")
    assert printed.err.endswith(f"{DAMAGED}\n")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("data", "[]", "event 0.0.4 is no table"),
        ("data", '{"', "event 0.0.4 is not JSON"),
        ("causes", b"0.0.1", "the causes of event 0.0.4 is no text"),
        ("kind", "wish", "event 0.0.4 is of the kind 'wish', which there is not"),
        ("grp", "x", "an event stands at 0, 'x', 0, 4, which is no place"),
    ],
)
def test_an_event_that_is_damaged_is_named(troupe, kitchen, column, value, words):
    changed_by_hand(f"update events set {column} = ? where step = 0 and rank = 0 and ordinal = 4", value)

    printed = troupe("events", kitchen)

    assert printed.status == 2
    assert printed.err == f"troupe: run-0: journal.db cannot be read: {words}\n{DAMAGED}\n"


def test_an_event_that_holds_something_else_is_named(troupe, kitchen):
    changed_by_hand("update events set data = '{}' where kind = 'step' and step = 1")

    printed = troupe("show", kitchen)

    assert printed.status == 2
    assert printed.err == (
        "troupe: journal.db: the step 1.w.0 does not hold what it should (KeyError: 'time')\n"
        "It was damaged, or changed by hand. troupe events shows what is there.\n"
    )


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("measured", "{}", "what it took is not all there"),
        ("measured", '{"llm": {"calls": "many"}}', "what it took is not all there"),
        ("traced", "[5]", "the times of plugins are not all there"),
        ("traced", '[{"call": "make", "calls": "two"}]', "the times of plugins are not all there"),
    ],
)
def test_figures_that_are_damaged_are_told(troupe, kitchen, key, value, words):
    changed_by_hand("insert or replace into about values (?, ?)", key, value)

    printed = troupe("stats", kitchen)

    assert (printed.status, printed.out) == (2, "")
    assert printed.err == f"troupe: run-0: journal.db cannot be read: {words}\n{DAMAGED}\n"


def test_the_usage_of_a_killed_run_may_be_damaged_too(troupe, kitchen):
    changed_by_hand("delete from about where key = 'measured'")
    changed_by_hand('update inputs set payload = \'{"model": "m", "usage": 5}\'')

    printed = troupe("stats", kitchen)

    assert printed.status == 2
    assert printed.err.startswith("troupe: run-0: journal.db cannot be read: the usage of an answer: ")
