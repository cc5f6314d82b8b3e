"""No world at all: somebody who is talked to from outside."""

from collections.abc import Sequence

from troupe_core.plugin import AgentId, Environment, Outcome, Refusal, Stimulus, Turn, View, action

__all__ = ["Alone"]


class Alone(Environment):
    """Nothing is to be seen; whoever tells the agent something hears what it says."""

    def observe(self, view: View, agent: AgentId) -> Sequence[Stimulus]:
        return ()

    @action
    def talk(self, turn: Turn, text: str) -> Outcome:
        """Say something aloud."""
        if not text.strip():
            raise Refusal("You opened your mouth, but there was nothing to say.")
        return Outcome(remembered=f"You said: {turn.emit(text, kind='talk').text}")

    @action(effect="internal")
    def think(self, turn: Turn, text: str) -> Outcome:
        """Think to yourself."""
        return Outcome(remembered=f"You thought: {' '.join(text.split())}")

    @action(effect="internal")
    def wait(self, turn: Turn) -> Outcome:
        """Do nothing for now."""
        return Outcome(remembered="")
