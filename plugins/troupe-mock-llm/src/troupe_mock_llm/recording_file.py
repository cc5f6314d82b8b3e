"""The file of a recording: JSON Lines, first what the model can do, then one line an answer. No prompt is in it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from troupe_core.plugin import (
    AuthFailed,
    BadRequest,
    ChatRequest,
    ChatResponse,
    ConfigError,
    ContextTooLong,
    LLMError,
    LLMInfo,
    Overloaded,
    RateLimited,
    Refused,
    Usage,
    canonical,
    content_hash,
)

__all__ = ["RecordingWriter", "Take", "hash_of", "read_recording"]

_VERSION = 1
_ERRORS: Mapping[str, type[LLMError]] = {
    each.__name__: each for each in (RateLimited, Overloaded, ContextTooLong, Refused, AuthFailed, BadRequest, LLMError)
}
"""The errors of a model, and what the core writes down for one that broke down in another way."""


@frozen(kw_only=True)
class Take:
    """One answer, or one failure, as it stands in the file."""

    hash: str
    """The content hash of what the model got to see."""
    step: int
    purpose: str
    agent: str | None = None
    """None for what nobody in particular asked: a world, an analyzer."""
    answer: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, request: ChatRequest, key: str, given: ChatResponse | LLMError) -> "Take":
        """What is kept of a request with this hash, and what was given for it."""
        failed = isinstance(given, LLMError)
        return cls(
            hash=key,
            agent=request.agent,
            step=request.step,
            purpose=request.purpose,
            answer=None if isinstance(given, LLMError) else asdict(given),
            error=_kept(given) if isinstance(given, LLMError) and failed else None,
        )

    def given(self) -> ChatResponse:
        """The response once more. Raises the error where there was one."""
        if self.error is not None:
            raise _error(self.error)
        assert self.answer is not None
        return ChatResponse(**{**self.answer, "usage": Usage(**self.answer["usage"])})

    def described(self) -> str:
        """Such as ``agent "Lisa", step 2, purpose turn``."""
        agent = f'agent "{self.agent}"' if self.agent else "no agent"
        return f"{agent}, step {self.step}, purpose {self.purpose}"


def hash_of(request: ChatRequest) -> str:
    """What a request is known again by. Raises `BadRequest` for one that no file can hold."""
    try:
        return content_hash(request.asked())
    except TypeError as fault:
        raise BadRequest(f"the request cannot be recorded: {fault}", where="mock") from fault


class RecordingWriter:
    """Adds to the file; each line is on its way to the disk when `write` returns."""

    def __init__(self, path: Path, info: LLMInfo) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            known = path.read_bytes() if path.exists() else b""
            if known and not known.endswith(b"\n"):
                known = known[: known.rfind(b"\n") + 1]
                path.write_bytes(known)
            if known:
                read_recording(path)
            self._file = path.open("ab", buffering=0)
            if not known:
                self._file.write(canonical({"recording": _VERSION, "info": asdict(info)}) + b"\n")
        except OSError as error:
            raise ConfigError(f"cannot write the recording: {error.strerror}", where=str(path)) from error

    def write(self, take: Take) -> None:
        """Add one line."""
        self._file.write(canonical({key: value for key, value in asdict(take).items() if value is not None}) + b"\n")

    def close(self) -> None:
        """No more lines."""
        self._file.close()


def read_recording(path: Path) -> tuple[LLMInfo, list[Take]]:
    """What the recorded model can do, and all takes in the order of the file. A torn last line is left out.

    Raises `ConfigError`.
    """
    try:
        lines = path.read_bytes().split(b"\n")[:-1]
    except OSError as error:
        raise ConfigError(
            f"cannot read the recording: {error.strerror}",
            where=str(path),
            remedy='Make one with mode = "record".',
        ) from error
    if not lines:
        raise ConfigError("the recording is empty", where=str(path), remedy='Make one with mode = "record".')
    head = _object(lines[0], path, 1)
    if head.get("recording") != _VERSION:
        raise ConfigError(
            f'expected {{"recording": {_VERSION}, …}} as the first line: this is no recording of this version',
            where=f"{path}, line 1",
        )
    return _read(LLMInfo, head.get("info"), path, 1), [
        _read(Take, _object(line, path, number), path, number) for number, line in enumerate(lines[1:], start=2)
    ]


def _read(kind: Any, raw: object, path: Path, number: int) -> Any:
    try:
        return kind(**raw)  # type: ignore[arg-type]
    except TypeError as error:
        raise ConfigError(f"this line is not one of a recording: {error}", where=f"{path}, line {number}") from error


def _object(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise ConfigError(f"this line is not JSON: {error}", where=f"{path}, line {number}") from error
    if not isinstance(value, dict):
        raise ConfigError("expected an object on each line", where=f"{path}, line {number}")
    return value


def _kept(error: LLMError) -> dict[str, Any]:
    kind = next((each for each in type(error).__mro__ if each.__name__ in _ERRORS), BadRequest)
    kept = {"class": kind.__name__, "what": error.what, "where": error.where, "remedy": error.remedy}
    if isinstance(error, RateLimited):
        kept["retry_after"] = error.retry_after  # type: ignore[assignment]
    return {key: value for key, value in kept.items() if value is not None}


def _error(kept: Mapping[str, Any]) -> LLMError:
    kind = _ERRORS.get(str(kept.get("class")), BadRequest)
    if kind is RateLimited:
        return RateLimited(kept["what"], retry_after=kept.get("retry_after"), where=kept.get("where"))
    return kind(kept.get("what", ""), where=kept.get("where"), remedy=kept.get("remedy"))
