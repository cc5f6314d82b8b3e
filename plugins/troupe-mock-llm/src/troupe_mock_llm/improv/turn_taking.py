"""What is called for now: an answer, a reaction, a reason, a question, a last word, or silence."""

import re
from collections.abc import Iterator

from attrs import frozen

from troupe_mock_llm.improv.conversation import Said
from troupe_mock_llm.improv.player import Line, Player

__all__ = ["Doing", "doings"]

_QUOTED = re.compile(r"“([^”]{3,})”")
_LAST_WORDS = 5
"""Having spoken so often, people come to an end."""


@frozen
class Doing:
    """One action, as far as improvisation knows it: talk, think or wait."""

    action: str
    to: str = ""
    text: str = ""


def doings(player: Player, step: int) -> list[Doing]:
    """What this person does in this turn."""
    line = _line(player, step)
    if line is None:
        thought = player.thought() if player.has_topic and player.random.random() < 0.5 else None
        return [Doing("think", text=thought)] if thought else [Doing("wait")]
    done = [Doing("talk", line.to, line.text)]
    if not player.has_topic:
        return done
    inward = 0.05 + 0.1 * (player.character.temperament.extraversion < 0) + 0.08 * (player.stance.side == "torn")
    if player.random.random() < inward and (thought := player.thought()) and thought not in line.text:
        done.insert(0, Doing("think", text=thought))
    return done


def _line(player: Player, step: int) -> Line | None:
    conversation, random = player.conversation, player.random
    fresh = [each for each in conversation.said if each.fresh]
    spoken = max(len(conversation.own), step)
    question = next(_questions_to(player, fresh), None)
    if not player.has_topic and not conversation.news:
        return _without_topic(player, fresh, question)
    if question is not None:
        return player.answer(question)
    alone = not conversation.scene
    if alone and conversation.news:
        return player.event(conversation.news[-1])
    if not conversation.own and (step == 0 or not conversation.said):
        return player.opening()
    if conversation.news and (_is_first_to_notice(player, step) or random.random() < 0.65):
        return player.event(conversation.news[-1])
    if _is_silent(player, fresh, spoken):
        return None
    if not alone and spoken >= _LAST_WORDS + (player.phrasing.rank % 3 == 2):
        if not _has_closed(player):
            return player.closing()
        if random.random() < 0.5:
            return None
        spoken = 2 + spoken % 3
    return _by_phase(player, fresh, spoken)


def _is_first_to_notice(player: Player, step: int) -> bool:
    """One of those present is, so that nothing happens without anybody's taking it up."""
    return player.phrasing.rank == step % player.phrasing.size


def _without_topic(player: Player, fresh: list[Said], question: Said | None) -> Line | None:
    if question is not None:
        return player.chat(question)
    if not player.conversation.own:
        return player.small_talk()
    if not fresh or (player.conversation.scene and player.random.random() < 0.2):
        return None
    return player.chat(player.random.choice(fresh))


def _by_phase(player: Player, fresh: list[Said], spoken: int) -> Line:
    random = player.random
    mine = player.character.first_name
    named = [each for each in fresh if each.to == player.character.name or mine in each.text]
    other = named[-1] if named else random.choice(fresh) if fresh else None
    lot = random.random()
    if spoken >= _LAST_WORDS - 1 and (player.phrasing.rank + spoken) % 2:
        return player.condition()
    if other is None:
        return player.reason() if lot < 0.6 else player.condition()
    if named or lot < 0.42:
        return player.react(other)
    if lot < 0.7 and spoken < _LAST_WORDS - 1:
        return player.ask(other)
    return player.reason() if spoken < 3 else player.condition()


def _questions_to(player: Player, fresh: list[Said]) -> Iterator[Said]:
    """What is asked of this person: by name, or of everybody where the scene says that it is put to them."""
    mine = player.character.first_name
    put = tuple(question for line in player.conversation.scene for question in _QUOTED.findall(line))
    for each in reversed(fresh):
        mine_to_answer = each.to in (player.character.name, "you") or mine in each.text
        if (mine_to_answer and each.text.rstrip().endswith("?")) or (put and each.text.endswith(put)):
            yield each


def _is_silent(player: Player, fresh: list[Said], spoken: int) -> bool:
    """Quiet people let others speak; everybody does where nothing is new."""
    if any(player.character.first_name in each.text or each.to in (player.character.name, "you") for each in fresh):
        return False
    outward = player.character.temperament.extraversion
    return player.random.random() < (0.12 - 0.2 * outward if fresh else 0.4 - 0.2 * outward) and spoken > 1


def _has_closed(player: Player) -> bool:
    closings = player.vocabulary.phrases[f"close_{player.stance.side}"].values()
    slots = player.phrasing.slots
    said = "\n".join(player.conversation.own)
    return any(phrase.format_map(slots) in said for phrases in closings for phrase in phrases)
