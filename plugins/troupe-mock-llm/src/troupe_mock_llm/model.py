"""The model `mock`: one way to answer per mode, and what all modes have in common: time and cost."""

from asyncio import sleep
from typing import TypeVar

from troupe_core.plugin import LLM, ChatRequest, ChatResponse, ConfigError, Context, LLMInfo, Usage
from troupe_mock_llm.answering import Answering
from troupe_mock_llm.config import Config
from troupe_mock_llm.fixed import Fixed
from troupe_mock_llm.improv.improviser import Improviser
from troupe_mock_llm.recording import Recorder, Replayer
from troupe_mock_llm.scripted import Scripted
from troupe_mock_llm.streams import stream

__all__ = ["MockLLM"]

_BYTES_A_TOKEN = 4

T = TypeVar("T")


class MockLLM(LLM):
    """Answers without a provider, or between Troupe and one."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._waits = bool(config.latency or config.jitter)
        self._prompt_price = config.dollars_per_million_prompt_tokens / 1e6
        self._completion_price = config.dollars_per_million_completion_tokens / 1e6
        self._answering = _answering(config)
        self.info = LLMInfo(context_tokens=config.context_tokens, json_schema="strict", seed=True)

    async def open(self, context: Context) -> None:
        """Read the script or recording; make the wrapped model."""
        self.info = await self._answering.open(context) or self.info

    async def close(self) -> None:
        """Close the recording."""
        await self._answering.close()

    async def complete(self, request: ChatRequest) -> ChatResponse:
        """The answer of this mode, after its time."""
        if self._waits:
            await sleep(self._config.latency + stream(request.seed, "jitter").random() * self._config.jitter)
        answer = await self._answering.answer(request)
        return answer if isinstance(answer, ChatResponse) else self._response(request, answer)

    def _response(self, request: ChatRequest, text: str) -> ChatResponse:
        prompt = sum([len(each.text) for each in request.messages]) // _BYTES_A_TOKEN + 1
        completion = len(text) // _BYTES_A_TOKEN + 1
        dollars = prompt * self._prompt_price + completion * self._completion_price
        usage = Usage(prompt_tokens=prompt, completion_tokens=completion, dollars=dollars)
        return ChatResponse(text=text, usage=usage, model=self._config.model)


def _answering(config: Config) -> Answering:
    if config.mode == "fixed":
        return Fixed()
    if config.mode == "scripted":
        return Scripted(_needed(config, "script", config.script))
    if config.mode == "record":
        wraps = _needed(config, "wraps", config.wraps)
        return Recorder(_needed(config, "recording", config.recording), wraps)
    if config.mode == "replay":
        return Replayer(_needed(config, "recording", config.recording))
    return Improviser()


_EXAMPLES = {
    "script": 'script = "answers.toml"',
    "recording": 'recording = "answers.jsonl"',
    "wraps": 'wraps = { use = "openai" }',
}


def _needed(config: Config, key: str, value: T | None) -> T:
    if value is None:
        raise ConfigError(
            f'mode = "{config.mode}" needs the key {key}',
            where="mock",
            remedy=f"Write for example: {_EXAMPLES[key]}",
        )
    return value
