"""The modes `record` and `replay`: a real model's answers, kept in a file and given again."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from troupe_core.plugin import (
    LLM,
    BadRequest,
    ChatRequest,
    ChatResponse,
    Context,
    LLMError,
    LLMInfo,
    nearest,
)
from troupe_mock_llm.answering import Answering
from troupe_mock_llm.recording_file import RecordingWriter, Take, hash_of, read_recording

__all__ = ["Recorder", "Replayer"]

_AGAIN = (
    'The study has changed since, or the recording is of another: record it again with mode = "record", '
    "or for the cassette of a test with pytest --troupe-record=all."
)


class Recorder(Answering):
    """Asks the wrapped model, and keeps what it answers and how it fails. The file grows; nothing in it is replaced."""

    def __init__(self, path: Path, wraps: Mapping[str, Any]) -> None:
        self._path = path
        self._wraps = wraps
        self._wrapped: LLM
        self._writer: RecordingWriter | None = None

    async def open(self, context: Context) -> LLMInfo:
        """Make the wrapped model; start or go on with the file."""
        self._wrapped = cast(LLM, await context.build("llm", self._wraps))
        self._writer = RecordingWriter(self._path, self._wrapped.info)
        return self._wrapped.info

    async def close(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()

    async def answer(self, request: ChatRequest) -> ChatResponse:
        """The wrapped model's answer. Raises what it raises."""
        assert self._writer is not None, "open() comes first"
        key = hash_of(request)
        try:
            answer: ChatResponse | LLMError = await self._wrapped.complete(request)
        except LLMError as error:
            answer = error
        self._writer.write(Take.of(request, key, answer))
        if isinstance(answer, LLMError):
            raise answer
        return answer


class Replayer(Answering):
    """Gives each request the answers that it got when it was recorded: first, second, …, the last one again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._takes: dict[str, list[Take]] = {}
        self._asked: Counter[str] = Counter()

    async def open(self, context: Context) -> LLMInfo:
        """Read the recording."""
        info, takes = read_recording(self._path)
        for take in takes:
            self._takes.setdefault(take.hash, []).append(take)
        return info

    async def answer(self, request: ChatRequest) -> ChatResponse:
        """The recorded answer. Raises what was recorded, or `BadRequest` where nothing was."""
        key = hash_of(request)
        takes = self._takes.get(key)
        if takes is None:
            raise self._missing(request)
        take = takes[min(self._asked[key], len(takes) - 1)]
        self._asked[key] += 1
        return take.given()

    def _missing(self, request: ChatRequest) -> BadRequest:
        who = f'agent "{request.agent}"' if request.agent else "a request of no agent"
        return BadRequest(
            f"nothing was recorded for {who}, step {request.step}, purpose {request.purpose}, with this prompt; "
            + self._nearest(request),
            where=str(self._path),
            remedy=_AGAIN,
        )

    def _nearest(self, request: ChatRequest) -> str:
        takes = [take for each in self._takes.values() for take in each]
        agents = {take.agent for take in takes if take.agent is not None}
        agent = request.agent if request.agent in agents else nearest(request.agent or "", agents)
        near = [take for take in takes if take.agent == agent]
        if not near:
            return f"it holds answers for {', '.join(sorted(agents))}" if agents else "it holds no answers"
        best = min(near, key=lambda take: (take.purpose != request.purpose, abs(take.step - request.step), take.step))
        return f"the nearest is {best.described()}"
