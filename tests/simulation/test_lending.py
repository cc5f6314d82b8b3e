"""What the core lends to a part: a folder, streams, grants, blobs, and parts of its own."""

import pytest

from troupe_core.errors import ConfigError, PluginError

SHOWS = '[[entries]]\nactions = [{ action = "show" }]'
HELD = '[agent_defaults]\ntools = ["chest"]\n[tools.chest]\nuse = "borrower"\ngrants = ["drawing"]\n'


@pytest.fixture(autouse=True)
def _toys(toys):
    pass


def test_a_part_has_all_that_the_core_lends(scripted):
    run = scripted(SHOWS, HELD)

    shown = [event.data["text"].split(", ") for event in run.events(kind="outcome")]
    folder, own, ann, *rest = zip(*shown, strict=True)
    assert set(folder) == {"tools.chest"}
    assert len(set(own)) == 1
    assert len(set(ann)) == 4
    assert [set(each) for each in rest[:5]] == [{"True"}, {"False"}, {"a drawing"}, {"missing"}, {"None"}]
    assert rest[5] == tuple(f"You are at {n} of {t}." for n, t in ((1, 1), (1, 2), (2, 3), (2, 4)))
    assert set(rest[6]) == {"Ann and Bob"}
    assert (run.folder / "parts" / "tools.chest" / "closed.txt").read_text() == "closed"
    assert len(list((run.folder / "blobs").iterdir())) == 1


def test_a_part_knows_who_holds_it(scripted):
    held = HELD.removeprefix('[agent_defaults]\ntools = ["chest"]\n')
    script = SHOWS.replace("actions", 'agent = "Ann"\nactions') + '\n[[entries]]\nactions = [{ action = "wait" }]'
    people = """
[[agents]]
persona = { name = "Ann" }
tools = ["chest"]
[[agents]]
persona = { name = "Bob" }
[[agents]]
persona = { name = "Cy" }
tools = ["chest"]
"""

    run = scripted(script, held, people=people)

    assert next(run.events(kind="outcome", agent="Ann")).data["text"].endswith(", Ann and Cy")


def test_an_embedder_is_lent_open_where_there_is_one(scripted):
    run = scripted(SHOWS, f'{HELD}[embedder]\nuse = "letters"\n')

    assert ", missing, letters 1, " in next(run.events(kind="outcome")).data["text"]


@pytest.mark.parametrize(
    ("built", "error", "words"),
    [
        (
            'kind = "environment"\nof = { use = "queue", untill = 3 }',
            ConfigError,
            r"\[tools\.chest\] untill: unknown key, did you mean until\?",
        ),
        (
            'of = { use = "bell", size = 3 }',
            ConfigError,
            r'\[tools\.chest\]: unknown key "size": bell has nothing to set',
        ),
        ('of = { use = "countre" }', PluginError, r"\[tools\.chest\]: there is no tool 'countre'; installed: almanac"),
    ],
)
def test_a_part_of_a_part_has_settings_like_any_other(scripted, built, error, words):
    with pytest.raises(error, match=words):
        scripted(SHOWS, f"{HELD}{built}\n")
