"""What `troupe_core.testing` lends to parts in the place of a run: a context, a turn, a view."""

import asyncio
import subprocess
import sys

import pytest
from attrs import define, field

from troupe_core.plugin import (
    JSON,
    AgentId,
    ChatRequest,
    EffectError,
    EffectUncertain,
    Embedder,
    Message,
    Overloaded,
)
from troupe_core.testing import TrialContext, TrialTurn, WordsEmbedder, moment, view_of

ANN, BOB = AgentId("Ann"), AgentId("Bob")
REQUEST = ChatRequest(messages=(Message("user", "Tea?"),))


def test_a_context_answers_with_what_the_test_says(tmp_path):
    context = TrialContext(folder=tmp_path, answer=lambda request: f"{request.agent} says yes.")

    answer = asyncio.run(context.ask(REQUEST, purpose="ask", agent=ANN))

    assert answer.text == "Ann says yes."
    assert [(purpose, request.purpose) for purpose, request in context.asked] == [("ask", "ask")]


def test_nobody_answers_where_the_test_says_nothing(tmp_path):
    with pytest.raises(Overloaded, match="no model answers in this test, it was asked for 'ask'"):
        asyncio.run(TrialContext(folder=tmp_path).ask(REQUEST, purpose="ask"))


def test_a_context_grants_what_the_test_names_and_knows_who_holds_the_part(tmp_path):
    context = TrialContext(folder=tmp_path, grants={"network"}, people=[ANN, BOB])

    assert (context.granted("network", ANN), context.granted("email.send", ANN)) == (True, False)
    assert context.holders() == (ANN, BOB)


def test_a_context_keeps_bytes_once_under_their_hash(tmp_path):
    async def story():
        context = TrialContext(folder=tmp_path)
        refs = [await context.put_blob(b"tea", "text/plain") for _ in range(2)]
        return refs, await context.get_blob(refs[0]), context.blobs

    refs, data, blobs = asyncio.run(story())

    assert (len(set(refs)), data, len(blobs)) == (1, b"tea", 1)


def test_random_numbers_depend_on_seed_and_key(tmp_path):
    one, same, other = (TrialContext(folder=tmp_path, seed=seed) for seed in (1, 1, 2))

    assert one.random("a").random() == same.random("a").random()
    assert one.random("a").random() not in {one.random("b").random(), other.random("a").random()}


def test_a_context_builds_what_is_installed_and_closes_it(tmp_path):
    async def story():
        context = TrialContext(folder=tmp_path)
        room = await context.build("environment", {"use": "room", "place": "a kitchen"})
        built = list(context.built)
        await context.close_built()
        return room, built, context.built

    room, built, left = asyncio.run(story())

    assert type(room).__name__ == "Room"
    assert (built, left) == ([room], [])


def test_words_in_common_bring_texts_near():
    async def story(embedder: Embedder):
        return list((await embedder.embed(["it rains", "it rains a lot", "早上好"], "document")).rows())

    rain, much_rain, morning = asyncio.run(story(WordsEmbedder()))

    assert sum(a * b for a, b in zip(rain, much_rain, strict=True)) > sum(
        a * b for a, b in zip(rain, morning, strict=True)
    )


def test_what_a_turn_emits_has_an_id_and_a_stamp_and_is_plain():
    turn = TrialTurn(agent=BOB, present=[ANN, BOB], step=3)

    said = [turn.emit(text, kind="talk", to=[ANN]) for text in ("Tea?", "Milk\x00?")]

    assert [each.id for each in said] == ["3.1.0", "3.1.1"]
    assert [each.stamp for each in said] == [(3, 0, 1, 0), (3, 0, 1, 1)]
    assert (said[1].text, said[1].to, said[1].source) == ("Milk?", (ANN,), BOB)
    assert turn.emitted == said


@define
class Letter:
    """An effect that fails as it is told."""

    fault: Exception | None = None
    sent: list[str] = field(factory=list)

    async def perform(self, key, arguments):
        if self.fault is not None:
            raise self.fault
        self.sent.append(key)
        return {"to": arguments}

    async def find(self, key):
        return None


def test_a_turn_performs_effects_each_with_a_key_of_its_own():
    turn, letter = TrialTurn(agent=ANN, present=[ANN]), Letter()

    results = [asyncio.run(turn.perform(letter, "Bob")) for _ in range(2)]

    assert results == [{"to": "Bob"}] * 2
    assert len(set(letter.sent)) == 2
    assert [key for key, *_ in turn.effects] == letter.sent


@pytest.mark.parametrize(
    ("fault", "told"), [(EffectError("the letter box is full"), EffectError), (OSError("gone"), EffectUncertain)]
)
def test_an_effect_that_fails_is_told_as_in_a_run(fault, told):
    turn = TrialTurn(agent=ANN, present=[ANN])

    with pytest.raises(told, match=r"full|OSError: gone"):
        asyncio.run(turn.perform(Letter(fault), "Bob"))


def test_a_view_can_be_written_by_who_settles_alone():
    state: dict[str, JSON] = {}
    at = moment(2, [ANN, BOB], state)

    view_of(at, writable=True).set("door", "open")

    assert (state, view_of(at).get("door")) == ({"door": "open"}, "open")
    with pytest.raises(TypeError, match="observe only looks: it cannot set 'door'"):
        view_of(at).set("door", "closed")


def test_a_name_that_there_is_not_is_answered_with_those_that_there_are():
    import troupe_core.testing

    assert all(getattr(troupe_core.testing, name) is not None for name in troupe_core.testing.__all__)
    assert troupe_core.testing.__all__ == sorted(
        troupe_core.testing.__all__, key=lambda name: (not name[0].isupper(), name)
    )
    with pytest.raises(AttributeError, match=r"has no 'ToolKit'; its names are .*ToolConformance"):
        troupe_core.testing.ToolKit  # noqa: B018


def test_where_hypothesis_is_not_installed_it_says_what_to_install():
    program = "import sys; sys.modules['hypothesis'] = None\nfrom troupe_core.testing import ToolConformance"

    ran = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)

    assert ran.stderr.splitlines()[-1] == (
        "ImportError: troupe_core.testing needs pytest and hypothesis: python -m pip install 'troupe-core[testing]'"
    )
