"""The mode `scripted`: answers from a file, matched by agent and step."""

from collections.abc import Sequence
from pathlib import Path

from troupe_core.plugin import BadRequest, ChatRequest, Context, nearest
from troupe_mock_llm.answering import Answering
from troupe_mock_llm.script_file import Entry, read_script

__all__ = ["Scripted"]


class Scripted(Answering):
    """The entry that says most about a request answers it: its purpose counts more than its step.

    Several entries without a step that fit equally well take turns, step by step.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: Sequence[Entry] = ()

    async def open(self, context: Context) -> None:
        """Read the script."""
        self._entries = read_script(self._path)

    async def answer(self, request: ChatRequest) -> str:
        """The text of the best entry. Raises `BadRequest` where none fits."""
        fitting = [entry for entry in self._entries if entry.fits(request)]
        if not fitting:
            raise self._missing(request)
        best = max(entry.precision for entry in fitting)
        equal = [entry for entry in fitting if entry.precision == best]
        return equal[request.step % len(equal)].text

    def _missing(self, request: ChatRequest) -> BadRequest:
        who = f'agent "{request.agent}"' if request.agent else "a request of no agent"
        return BadRequest(
            f"no entry for {who}, step {request.step}, purpose {request.purpose}; {self._nearest(request)}",
            where=str(self._path),
            remedy=f"Add one: {_example(request)}",
        )

    def _nearest(self, request: ChatRequest) -> str:
        agents = {entry.agent for entry in self._entries if entry.agent is not None}
        if request.agent in agents or None in {entry.agent for entry in self._entries}:
            own = [entry for entry in self._entries if entry.agent in (request.agent, None)]
            near = min(own, key=lambda entry: (abs((entry.step or 0) - request.step), entry.number))
            return f"the nearest is {near.described()}"
        close = nearest(request.agent or "", agents)
        if close is not None:
            first = next(entry for entry in self._entries if entry.agent == close)
            return f"the nearest is {first.described()}"
        return f"its entries are for {', '.join(sorted(agents))}" if agents else "it has no entries"


def _example(request: ChatRequest) -> str:
    agent = f'agent = "{request.agent}"\n' if request.agent else ""
    return f'[[entries]]\n{agent}step = {request.step}\nactions = [{{ action = "wait" }}]'
