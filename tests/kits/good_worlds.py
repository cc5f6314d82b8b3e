"""Two worlds that keep every promise: a room with its state on itself, a line of places with it in the view."""

from typing import Literal

from attrs import evolve

from troupe_core.plugin import Environment, Outcome, Refusal, Stimulus, VersionedEnvironment, action

__all__ = ["GoodLine", "GoodRoom"]


class GoodRoom(Environment):
    """Everybody hears everybody, and after ten steps it is closed."""

    def __init__(self):
        self.said = []
        self.step = 0

    def scene(self, view, agent):
        return f"You are in a room with {len(view.present) - 1} others."

    def observe(self, view, agent):
        return [each for each in self.said if each.source != agent and view.is_new(each)]

    @action
    def talk(self, turn, text: str):
        """Say something aloud."""
        if not text.strip():
            raise Refusal("Say what?")
        self.said.append(turn.emit(text, kind="talk"))

    @action(effect="internal")
    def wait(self, turn):
        """Do nothing for now."""

    async def advance(self, now):
        self.step = now.step
        self.said = [each for each in self.said if each.stamp[0] >= now.step - 1]
        return ()

    def finished(self):
        return "it is late" if self.step >= 10 else None

    def snapshot(self, agent):
        return [each.to_json() for each in self.said] if agent is None else None

    def restore(self, agent, state):
        self.said = [Stimulus.from_json(each) for each in state]


class GoodLine(VersionedEnvironment):
    """Places in a line: who shouts is heard one place away, and one goes one place a turn."""

    def scene(self, view, agent):
        return f"You are at place {view.get(agent) or 0}."

    def observe(self, view, agent):
        here = view.get(agent) or 0
        for key, kept in view.scan("shout "):
            shout = Stimulus.from_json(kept["shout"])
            if key != f"shout {agent}" and abs(kept["place"] - here) <= 1 and view.is_new(shout):
                yield evolve(shout, text=f"{shout.text} (from place {kept['place']})")

    @action
    def go(self, view, turn, where: Literal["up", "down"]):
        """Go one place on."""
        view.set(turn.agent, (view.get(turn.agent) or 0) + (1 if where == "up" else -1))

    @action
    def shout(self, view, turn, text: str):
        """Shout something."""
        shout = turn.emit(text, kind="talk")
        view.set(f"shout {turn.agent}", {"shout": shout.to_json(), "place": view.get(turn.agent) or 0})
        return Outcome(remembered=f"You shouted: {shout.text}")

    def may_reach(self, frontier, agent, within):
        here = frontier.get(agent) or 0
        people = [name for name, _ in frontier.committed() if name != agent and within > 0]
        return [name for name in people if abs((frontier.get(name) or 0) - here) <= 2 * within + 1]
