"""Where mails lie: each is kept once, however many have it."""

from collections.abc import Iterable, Mapping
from typing import Any

from troupe_core.plugin import AgentId, JSONObject
from troupe_email.mail import Mail

__all__ = ["Mailboxes"]


class Mailboxes:
    """A bounded mailbox for each agent."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._mails: dict[int, Mail] = {}
        self._held: dict[int, int] = {}
        """How many have a mail."""
        self._boxes: dict[AgentId, dict[int, bool]] = {}
        """The numbers of an agent's mails, oldest first, and whether each is new to it."""

    def put(self, agent: AgentId, mail: Mail, *, new: bool) -> None:
        """Give a mail to an agent. The oldest that was read makes room where there is none, else the oldest."""
        box = self._boxes.setdefault(agent, {})
        if mail.number not in box:
            self._mails[mail.number] = mail
            self._held[mail.number] = self._held.get(mail.number, 0) + 1
        box[mail.number] = new
        if len(box) > self._most:
            self._drop(box, next((number for number, is_new in box.items() if not is_new), next(iter(box))))

    def get(self, agent: AgentId, number: int) -> Mail | None:
        """The agent's mail of that number."""
        return self._mails[number] if number in self._boxes.get(agent, {}) else None

    def of(self, agent: AgentId) -> Iterable[Mail]:
        """All mails of an agent, newest first."""
        return (self._mails[number] for number in reversed(self._boxes.get(agent, {})))

    def is_new(self, agent: AgentId, number: int) -> bool:
        """Whether the agent has not read it yet."""
        return self._boxes.get(agent, {}).get(number, False)

    def mark_read(self, agent: AgentId, number: int) -> None:
        """The agent has read it."""
        self._boxes[agent][number] = False

    def to_json(self) -> JSONObject:
        """All mails and boxes as a JSON object; `restore` is the way back."""
        return {
            "mails": [mail.to_json() for mail in self._mails.values()],
            "boxes": {agent: [[number, new] for number, new in box.items()] for agent, box in self._boxes.items()},
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Put back what `to_json` returned."""
        mails = {stored["number"]: Mail.from_json(stored) for stored in state["mails"]}
        self._mails, self._held, self._boxes = mails, dict.fromkeys(mails, 0), {}
        for agent, box in state["boxes"].items():
            self._boxes[AgentId(agent)] = dict(box)
            for number, _ in box:
                self._held[number] += 1

    def _drop(self, box: dict[int, bool], number: int) -> None:
        del box[number]
        self._held[number] -= 1
        if not self._held[number]:
            del self._held[number], self._mails[number]
