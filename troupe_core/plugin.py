"""The public names for plugin authors. Import from here, and from nowhere else in Troupe.

Names are looked up when first used, so that a plugin's entry module stays light.
"""

from typing import TYPE_CHECKING, Any

from troupe_core.component import Component
from troupe_core.hookspecs import hookimpl

if TYPE_CHECKING:
    from troupe_core.actions.answer_form import AnswerForms
    from troupe_core.agent.deciding import decide
    from troupe_core.agent.prompt_layout import PromptParts, prompt_parts
    from troupe_core.contracts.action_provider import ActionProvider
    from troupe_core.contracts.analyzer import Analyzer, RunReader
    from troupe_core.contracts.declared import action
    from troupe_core.contracts.effect import Effect
    from troupe_core.contracts.embedder import Embedder
    from troupe_core.contracts.environment import Environment, VersionedEnvironment
    from troupe_core.contracts.executor import Executor
    from troupe_core.contracts.faculty import Faculty
    from troupe_core.contracts.llm import LLM
    from troupe_core.contracts.memory_backend import MemoryBackend
    from troupe_core.contracts.modality import Modality
    from troupe_core.contracts.part import Context, Part, Stateful, in_thread
    from troupe_core.contracts.persona_source import PersonaSource
    from troupe_core.contracts.tool import Tool
    from troupe_core.contracts.turn import Turn
    from troupe_core.contracts.view import Frontier, View
    from troupe_core.errors import (
        AuthFailed,
        BadRequest,
        ConfigError,
        ContextTooLong,
        EffectError,
        EffectUncertain,
        EmbedderError,
        LLMError,
        MemoryBackendError,
        ModalityError,
        Overloaded,
        RateLimited,
        Refusal,
        Refused,
        TroupeError,
        WorkerLost,
        nearest,
    )
    from troupe_core.guard.addresses import checked_addresses
    from troupe_core.guard.untrusted import clipped, marked_untrusted, plain_markdown, plain_text
    from troupe_core.guard.web_address import WebAddress, web_address
    from troupe_core.values.action import ActionCall, ActionSpec, Outcome
    from troupe_core.values.canonical import canonical, content_hash
    from troupe_core.values.change import Arrival, Change, Delivery, Departure, Now
    from troupe_core.values.chat import ChatRequest, ChatResponse, LLMInfo, Message, Usage
    from troupe_core.values.event import Event
    from troupe_core.values.findings import Figure, Finding, Findings, Table
    from troupe_core.values.ids import AgentId, EventId
    from troupe_core.values.json import JSON, JSONObject
    from troupe_core.values.memory import Cue, Hit, Marks, Memory
    from troupe_core.values.observed import (
        EventRecorded,
        ModelCallFinished,
        RunFinished,
        RunStarted,
        StepFinished,
        StepStarted,
    )
    from troupe_core.values.opening import Opening
    from troupe_core.values.percept import Perceiver, Percept
    from troupe_core.values.persona import Persona
    from troupe_core.values.stimulus import Media, Stimulus
    from troupe_core.values.vectors import Vectors
    from troupe_core.values.work import Attempt, Decision, TurnResult, TurnWork

_HOME = {
    "ActionCall": "values.action",
    "ActionProvider": "contracts.action_provider",
    "ActionSpec": "values.action",
    "AgentId": "values.ids",
    "Analyzer": "contracts.analyzer",
    "AnswerForms": "actions.answer_form",
    "Arrival": "values.change",
    "Attempt": "values.work",
    "AuthFailed": "errors",
    "BadRequest": "errors",
    "Change": "values.change",
    "ChatRequest": "values.chat",
    "ChatResponse": "values.chat",
    "ConfigError": "errors",
    "Context": "contracts.part",
    "ContextTooLong": "errors",
    "Cue": "values.memory",
    "Decision": "values.work",
    "Delivery": "values.change",
    "Departure": "values.change",
    "Effect": "contracts.effect",
    "EffectError": "errors",
    "EffectUncertain": "errors",
    "Embedder": "contracts.embedder",
    "EmbedderError": "errors",
    "Environment": "contracts.environment",
    "Event": "values.event",
    "EventId": "values.ids",
    "EventRecorded": "values.observed",
    "Executor": "contracts.executor",
    "Faculty": "contracts.faculty",
    "Figure": "values.findings",
    "Finding": "values.findings",
    "Findings": "values.findings",
    "Frontier": "contracts.view",
    "Hit": "values.memory",
    "JSON": "values.json",
    "JSONObject": "values.json",
    "LLM": "contracts.llm",
    "LLMError": "errors",
    "LLMInfo": "values.chat",
    "Marks": "values.memory",
    "Media": "values.stimulus",
    "Memory": "values.memory",
    "MemoryBackend": "contracts.memory_backend",
    "MemoryBackendError": "errors",
    "Message": "values.chat",
    "Modality": "contracts.modality",
    "ModalityError": "errors",
    "ModelCallFinished": "values.observed",
    "Now": "values.change",
    "Opening": "values.opening",
    "Outcome": "values.action",
    "Overloaded": "errors",
    "Part": "contracts.part",
    "Perceiver": "values.percept",
    "Percept": "values.percept",
    "Persona": "values.persona",
    "PersonaSource": "contracts.persona_source",
    "PromptParts": "agent.prompt_layout",
    "RateLimited": "errors",
    "Refusal": "errors",
    "Refused": "errors",
    "RunFinished": "values.observed",
    "RunReader": "contracts.analyzer",
    "RunStarted": "values.observed",
    "Stateful": "contracts.part",
    "StepFinished": "values.observed",
    "StepStarted": "values.observed",
    "Stimulus": "values.stimulus",
    "Table": "values.findings",
    "Tool": "contracts.tool",
    "TroupeError": "errors",
    "Turn": "contracts.turn",
    "TurnResult": "values.work",
    "TurnWork": "values.work",
    "Usage": "values.chat",
    "Vectors": "values.vectors",
    "VersionedEnvironment": "contracts.environment",
    "View": "contracts.view",
    "WebAddress": "guard.web_address",
    "WorkerLost": "errors",
    "action": "contracts.declared",
    "canonical": "values.canonical",
    "checked_addresses": "guard.addresses",
    "clipped": "guard.untrusted",
    "content_hash": "values.canonical",
    "decide": "agent.deciding",
    "in_thread": "contracts.part",
    "marked_untrusted": "guard.untrusted",
    "nearest": "errors",
    "plain_markdown": "guard.untrusted",
    "plain_text": "guard.untrusted",
    "prompt_parts": "agent.prompt_layout",
    "web_address": "guard.web_address",
}
"""Where each lazily imported name lives, below `troupe_core`."""

__all__ = [
    "JSON",
    "LLM",
    "ActionCall",
    "ActionProvider",
    "ActionSpec",
    "AgentId",
    "Analyzer",
    "AnswerForms",
    "Arrival",
    "Attempt",
    "AuthFailed",
    "BadRequest",
    "Change",
    "ChatRequest",
    "ChatResponse",
    "Component",
    "ConfigError",
    "Context",
    "ContextTooLong",
    "Cue",
    "Decision",
    "Delivery",
    "Departure",
    "Effect",
    "EffectError",
    "EffectUncertain",
    "Embedder",
    "EmbedderError",
    "Environment",
    "Event",
    "EventId",
    "EventRecorded",
    "Executor",
    "Faculty",
    "Figure",
    "Finding",
    "Findings",
    "Frontier",
    "Hit",
    "JSONObject",
    "LLMError",
    "LLMInfo",
    "Marks",
    "Media",
    "Memory",
    "MemoryBackend",
    "MemoryBackendError",
    "Message",
    "Modality",
    "ModalityError",
    "ModelCallFinished",
    "Now",
    "Opening",
    "Outcome",
    "Overloaded",
    "Part",
    "Perceiver",
    "Percept",
    "Persona",
    "PersonaSource",
    "PromptParts",
    "RateLimited",
    "Refusal",
    "Refused",
    "RunFinished",
    "RunReader",
    "RunStarted",
    "Stateful",
    "StepFinished",
    "StepStarted",
    "Stimulus",
    "Table",
    "Tool",
    "TroupeError",
    "Turn",
    "TurnResult",
    "TurnWork",
    "Usage",
    "Vectors",
    "VersionedEnvironment",
    "View",
    "WebAddress",
    "WorkerLost",
    "action",
    "canonical",
    "checked_addresses",
    "clipped",
    "content_hash",
    "decide",
    "hookimpl",
    "in_thread",
    "marked_untrusted",
    "nearest",
    "plain_markdown",
    "plain_text",
    "prompt_parts",
    "web_address",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"troupe_core.plugin has no {name!r}; its names are {', '.join(__all__)}")
    from importlib import import_module

    value = getattr(import_module(f"troupe_core.{_HOME[name]}"), name)
    globals()[name] = value
    return value
