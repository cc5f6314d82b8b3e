"""One room, in which everybody hears everybody."""

from collections.abc import Iterator, Sequence
from typing import Any

from troupe_core.builtin.config import RoomConfig
from troupe_core.plugin import (
    JSON,
    AgentId,
    Change,
    Environment,
    Now,
    Outcome,
    Refusal,
    Stimulus,
    Turn,
    View,
    action,
    nearest,
)

__all__ = ["Room"]

_MOST_NAMED = 12
"""How many people a glance around the room can name."""

_EVERYBODY = {"all", "everybody", "everyone"}


class Room(Environment):
    """Everybody hears everybody, whoever it is said to. What was said two steps ago has faded."""

    def __init__(self, config: RoomConfig) -> None:
        self._config = config
        self._said: list[Stimulus] = []
        self._said_to: dict[AgentId, list[Stimulus]] = {}

    def scene(self, view: View, agent: AgentId) -> str:
        place, topic = self._config.place, self._config.topic
        others = view.shared("others", lambda: _named(view.present)).get(agent) or _others(view.present, agent)
        about = f" You have come together for this: {topic}" if topic else ""
        return f"You are in {place} with {others}.{about}"

    def observe(self, view: View, agent: AgentId) -> Iterator[Stimulus]:
        """First what was said to this agent, then what the others said, the latest first."""
        addressed = [said for said in reversed(self._said_to.get(agent, ())) if view.is_new(said)]
        yield from addressed
        for said in reversed(self._said):
            if said.source != agent and view.is_new(said) and not (said.to and agent in said.to):
                yield said

    @action
    def talk(self, turn: Turn, to: str, text: str) -> Outcome:
        """Say something aloud.

        Args:
            to: a name, or "all"
        """
        addressee = self._addressee(turn, to)
        if not text.strip():
            raise Refusal("You opened your mouth, but there was nothing to say.")
        said = turn.emit(text, kind="talk", to=None if addressee is None else (addressee,))
        self._said.append(said)
        if addressee is not None:
            self._said_to.setdefault(addressee, []).append(said)
        return Outcome(remembered=f"You to {addressee or 'all'}: {said.text}")

    @action(effect="internal")
    def think(self, turn: Turn, text: str) -> Outcome:
        """Think to yourself."""
        return Outcome(remembered=f"You thought: {' '.join(text.split())}")

    @action(effect="internal")
    def wait(self, turn: Turn) -> Outcome:
        """Do nothing for now."""
        return Outcome(remembered="")

    async def advance(self, now: Now) -> Sequence[Change]:
        """What was said before the last step has faded."""
        self._keep(lambda said: said.stamp is None or said.stamp[0] >= now.step - 1)
        return ()

    def snapshot(self, agent: AgentId | None) -> JSON:
        return [said.to_json() for said in self._said] if agent is None else None

    def restore(self, agent: AgentId | None, state: Any) -> None:
        if agent is None:
            self._said = [Stimulus.from_json(said) for said in state]
            self._keep(lambda _: True)

    def _keep(self, wanted: Any) -> None:
        self._said = [said for said in self._said if wanted(said)]
        self._said_to = {}
        for said in self._said:
            for addressee in said.to or ():
                self._said_to.setdefault(addressee, []).append(said)

    def _addressee(self, turn: Turn, to: str) -> AgentId | None:
        """Whom `to` means, None for all: the whole name, or a first name that only one person has."""
        wanted = " ".join(to.split()).casefold()
        if not wanted or wanted in _EVERYBODY:
            return None
        others = [name for name in turn.present if name != turn.agent]
        meant = [name for name in others if name.casefold() == wanted]
        meant = meant or [name for name in others if wanted == name.casefold().partition(" ")[0]]
        if len(meant) == 1:
            return meant[0]
        here = ", ".join(others[:_MOST_NAMED]) or "nobody"
        if meant:
            raise Refusal(f"{to} could be {' or '.join(meant)}: say the whole name.")
        close = nearest(to, others)
        hint = f" Did you mean {close}?" if close else ""
        raise Refusal(f"There is nobody called {to[:60]} here.{hint} With you are: {here}.")


def _named(present: Sequence[AgentId]) -> dict[AgentId, str]:
    """For each of a few people, the others by name."""
    if len(present) > _MOST_NAMED + 1:
        return {}
    return {agent: _others(present, agent) for agent in present}


def _others(present: Sequence[AgentId], agent: AgentId) -> str:
    named = [name for name in present[: _MOST_NAMED + 1] if name != agent][:_MOST_NAMED]
    more = len(present) - 1 - len(named)
    if not named:
        return "nobody else"
    if more > 0:
        return f"{', '.join(named)} and {more} others"
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
