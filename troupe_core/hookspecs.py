"""Every place where a plugin can attach to Troupe.

A plugin is an installed package with an entry point in the group ``troupe`` that names a small module.
Functions of that module marked ``@hookimpl`` and named as below are found and called.

**Component hooks**, one per kind, return what the plugin offers of that kind::

    from troupe_core.plugin import Component, hookimpl

    @hookimpl
    def troupe_tools():
        return [Component(name="dice", summary="Throws dice.", factory="my_dice.tool:Dice")]

**Observer hooks** are told what happens. They are plain functions, get one frozen object each, return nothing,
and cost nothing where nobody listens. An observer that raises is named in the journal; the run goes on.

**How hooks grow.** An observer's object gets new fields. A hook gets a new argument only with a default in its
specification, behind those that it has; a plugin lists those arguments that it wants, and no others.
What ends is deprecated over two minor versions. Until then it works, Python warns (`DeprecationWarning`), and
``troupe plugins list`` and ``check`` name plugin, hook, argument, replacement and the version that ends it.
An argument is marked by `deprecated_arguments`, a hook that has another name by `deprecated`::

    @hookspec
    @deprecated_arguments(
        step=Deprecation(since="0.3", ends="0.5", instead="started.step", value=lambda started: started.step)
    )
    def troupe_step_started(started, step=None): ...

    @hookspec
    @deprecated(since="0.3", ends="0.5", instead="troupe_step_started")
    def troupe_step_begun(started): ...

A plugin that has both the old hook and the new one is called by the new one only: so it goes with several versions.
(The new one is marked ``@hookimpl(optionalhook=True)`` for those that do not know it.)

*Provisional* hooks belong to kinds of which no published component exists yet: their contract may still change
within a minor version. The five that the framework exists for come first.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pluggy import HookimplMarker, HookspecMarker

from troupe_core.component import Component
from troupe_core.deprecation import Deprecation

if TYPE_CHECKING:
    from troupe_core.values.observed import (
        EventRecorded,
        ModelCallFinished,
        RunFinished,
        RunStarted,
        StepFinished,
        StepStarted,
    )

__all__ = [
    "COMMAND_GROUP",
    "ENTRY_POINT_GROUP",
    "KIND_OF_HOOK",
    "deprecated_arguments",
    "deprecated_arguments_of",
    "hookimpl",
    "hookspec",
]

F = TypeVar("F", bound=Callable[..., Any])

ENTRY_POINT_GROUP = "troupe"
COMMAND_GROUP = "troupe.commands"
"""Entry points of this group add verbs to the command line: name → click command."""

hookspec = HookspecMarker("troupe")
hookimpl = HookimplMarker("troupe")

KIND_OF_HOOK = {
    "troupe_memory_backends": "memory_backend",
    "troupe_tools": "tool",
    "troupe_environments": "environment",
    "troupe_modalities": "modality",
    "troupe_analyzers": "analyzer",
    "troupe_llms": "llm",
    "troupe_embedders": "embedder",
    "troupe_faculties": "faculty",
    "troupe_executors": "executor",
    "troupe_persona_sources": "persona_source",
}
"""The kind of component that each component hook returns."""


def deprecated_arguments(**promises: Deprecation) -> Callable[[F], F]:
    """Mark arguments of a hook's specification as on their way out; each says how it is made from the hook's object."""

    def mark(spec: F) -> F:
        spec.__troupe_deprecated_arguments__ = promises  # type: ignore[attr-defined]
        return spec

    return mark


def deprecated_arguments_of(spec: object) -> Mapping[str, Deprecation]:
    """The arguments of a specification that are on their way out."""
    promises: Mapping[str, Deprecation] = getattr(spec, "__troupe_deprecated_arguments__", {})
    return promises


# ── Components ───────────────────────────────────────────────────────────────────────────────────────────────


@hookspec
def troupe_memory_backends() -> Sequence[Component]:
    """Where agents keep what they remember. Factories make a `troupe_core.plugin.MemoryBackend`."""
    return []


@hookspec
def troupe_tools() -> Sequence[Component]:
    """Things agents can use. Factories make a `troupe_core.plugin.Tool`."""
    return []


@hookspec
def troupe_environments() -> Sequence[Component]:
    """Worlds and their rules. Factories make a `troupe_core.plugin.Environment`."""
    return []


@hookspec
def troupe_modalities() -> Sequence[Component]:
    """How a picture or a sound becomes a percept. Factories make a `troupe_core.plugin.Modality`."""
    return []


@hookspec
def troupe_analyzers() -> Sequence[Component]:
    """Readers of finished runs. Factories make a `troupe_core.plugin.Analyzer`."""
    return []


@hookspec
def troupe_llms() -> Sequence[Component]:
    """Model providers. Factories make a `troupe_core.plugin.LLM`."""
    return []


@hookspec
def troupe_embedders() -> Sequence[Component]:
    """What turns text into vectors. Factories make a `troupe_core.plugin.Embedder`."""
    return []


@hookspec
def troupe_faculties() -> Sequence[Component]:
    """Mental abilities that take part in turns. Factories make a `troupe_core.plugin.Faculty`. Provisional."""
    return []


@hookspec
def troupe_executors() -> Sequence[Component]:
    """Where turns are decided: here, or elsewhere. Factories make a `troupe_core.plugin.Executor`. Provisional."""
    return []


@hookspec
def troupe_persona_sources() -> Sequence[Component]:
    """Where populations come from. Factories make a `troupe_core.plugin.PersonaSource`. Provisional."""
    return []


# ── Observers ────────────────────────────────────────────────────────────────────────────────────────────────


@hookspec
def troupe_run_started(started: "RunStarted") -> None:
    """A run is about to take its first step."""


@hookspec
def troupe_run_finished(finished: "RunFinished") -> None:
    """A run has ended, for whatever reason; its journal is complete."""


@hookspec
def troupe_step_started(started: "StepStarted") -> None:
    """The clock has moved on; nobody has acted yet."""


@hookspec
def troupe_step_finished(finished: "StepFinished") -> None:
    """Everybody's turn of this step is in the journal."""


@hookspec
def troupe_event_recorded(recorded: "EventRecorded") -> None:
    """One more event is in the journal. Events come in the journal's logical order."""


@hookspec
def troupe_model_call_finished(finished: "ModelCallFinished") -> None:
    """A model provider has answered, or failed to."""
