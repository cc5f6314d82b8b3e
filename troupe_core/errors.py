"""The exceptions of Troupe.

.. code-block:: text

    TroupeError
    ├── InputError              what somebody wrote is wrong; nothing ran, or the run ended early
    │   ├── ConfigError         a study or persona file
    │   ├── PluginError         a plugin is missing, broken, or not what it says
    │   └── RunFolderError      a run folder cannot be written, or is not one
    ├── RunStopped              a limit ended the run; what is on disk can be resumed
    ├── Refusal                 an action broke a rule: an outcome for the agent, not a defect
    ├── LLMError                the only errors a model provider raises
    │   ├── RateLimited         try again after `retry_after` seconds
    │   ├── Overloaded          the provider is busy, slow or away
    │   ├── ContextTooLong      the request is longer than the model can read
    │   ├── Refused             the model declined to answer
    │   ├── AuthFailed          the key is missing or wrong
    │   └── BadRequest          the provider does not understand what it was asked
    ├── MemoryBackendError      a memory backend cannot do what it was asked
    ├── EmbedderError           an embedder cannot do what it was asked
    ├── ModalityError           something could not be perceived
    ├── EffectError             an effect outside the simulation failed
    ├── EffectUncertain         an effect outside the simulation may or may not have happened
    └── WorkerLost              an executor lost a worker: the same work may be run again

A message says what was wrong; `where` says in which file, section or package; `remedy` what to do next.
"""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = [
    "ENDS_RUN",
    "AuthFailed",
    "BadRequest",
    "ConfigError",
    "ContextTooLong",
    "EffectError",
    "EffectUncertain",
    "EmbedderError",
    "InputError",
    "LLMError",
    "MemoryBackendError",
    "ModalityError",
    "Overloaded",
    "PluginError",
    "RateLimited",
    "Refusal",
    "Refused",
    "RunFolderError",
    "RunStopped",
    "TroupeError",
    "WorkerLost",
    "headline_of",
    "is_defect",
    "is_stop",
    "nearest",
    "words_of",
]


class TroupeError(Exception):
    """Something that Troupe can name: what was wrong, where, and what to do about it."""

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        """The whole message: ``where: what``, and the remedy on a line of its own."""
        headline = f"{self.where}: {self.what}" if self.where else self.what
        return f"{headline}\n{self.remedy}" if self.remedy else headline


class InputError(TroupeError):
    """What somebody wrote is wrong: the command line answers with exit status 2."""


class ConfigError(InputError):
    """A study or persona file is missing, malformed, or holds a value that cannot be."""


class PluginError(InputError):
    """A plugin is missing, broken, made for another Troupe, or not what it says it is."""


class RunFolderError(InputError):
    """A run folder cannot be written, already holds a run, or holds none."""


class RunStopped(TroupeError):
    """A limit ended the run. Everything so far is on disk: exit status 3, resumable."""


class Refusal(TroupeError):
    """An action broke a rule of the world: the agent is told, the journal gets an event, the run goes on."""


class LLMError(TroupeError):
    """Why a model gave no answer."""


class RateLimited(LLMError):
    """Too many requests. `retry_after` is in seconds; None where the provider did not say."""

    def __init__(self, what: str, *, retry_after: float | None = None, where: str | None = None) -> None:
        super().__init__(what, where=where)
        self.retry_after = retry_after


class Overloaded(LLMError):
    """The provider is busy, slow, or cannot be reached."""


class ContextTooLong(LLMError):
    """The request is longer than the model can read."""


class Refused(LLMError):
    """The model, or its provider's filter, declined to answer."""


class AuthFailed(LLMError):
    """The key is missing, wrong, or not allowed to use this model: asking again gives the same, the run ends."""


class BadRequest(LLMError):
    """The provider does not understand what it was asked: asking again gives the same, the run ends."""


class MemoryBackendError(TroupeError):
    """A memory backend cannot do what it was asked."""


class EmbedderError(TroupeError):
    """An embedder cannot do what it was asked."""


class ModalityError(TroupeError):
    """A stimulus could not be perceived: a picture that is none, a sound too long."""


class EffectError(TroupeError):
    """An effect outside the simulation failed, and is known not to have happened."""


class EffectUncertain(TroupeError):
    """An effect outside the simulation broke off: it may or may not have happened."""


class WorkerLost(TroupeError):
    """An executor lost the worker that had this turn; running it again is safe."""


ENDS_RUN = (RunFolderError, RunStopped, AuthFailed, BadRequest)
"""What is nobody's defect, wherever it is raised: no journal, no money or no model is left to go on with."""


def is_stop(fault: BaseException) -> bool:
    """Whether somebody wants to stop: Ctrl-C, or a cancellation from outside.

    A part that ends the process (`SystemExit`), or that raises a cancellation which nobody asked for, has broken down.
    """
    if isinstance(fault, Exception):
        return False
    if isinstance(fault, KeyboardInterrupt | GeneratorExit):
        return True
    from asyncio import CancelledError, current_task

    if not isinstance(fault, CancelledError):
        return False
    try:
        task = current_task()
    except RuntimeError:  # no loop runs: who should have cancelled anything?
        return False
    return task is None or task.cancelling() > 0


def is_defect(fault: BaseException) -> bool:
    """Whether a part has broken down: it is named, and the run goes on. Everything else is passed on."""
    return not isinstance(fault, ENDS_RUN) and not is_stop(fault)


def words_of(fault: BaseException) -> str:
    """What an exception says. Those of plugins may be unable to say anything."""
    try:
        return str(fault)
    except Exception as another:  # whatever its own code raises
        return f"its words cannot be had ({type(another).__name__})"


def headline_of(fault: BaseException) -> str:
    """What it says in its first line: what to do about it stands below, where it is one of ours."""
    return words_of(fault).partition("\n")[0] or type(fault).__name__


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` was probably meant to be, or None if none is near."""
    by_lower = {choice.lower(): choice for choice in sorted(choices)}
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None
