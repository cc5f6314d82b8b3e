"""What can be set of the model `openai`: keys are named as the SDK names them."""

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen, validators

__all__ = ["Config", "Prices"]


def _between(least: float, most: float) -> Any:
    limits = validators.and_(validators.ge(least), validators.le(most))
    return field(default=None, validator=validators.optional(limits))


def _at_least_1() -> Any:
    return field(default=None, validator=validators.optional(validators.ge(1)))


@frozen(kw_only=True)
class Prices:
    """Dollars per million tokens."""

    prompt: float = field(default=0.0, validator=validators.ge(0))
    """Of what is sent."""

    completion: float = field(default=0.0, validator=validators.ge(0))
    """Of what is answered."""

    cached_prompt: float | None = field(default=None, validator=validators.optional(validators.ge(0)))
    """Of the part of what is sent that the provider had in its cache; without it as `prompt`."""


@frozen(kw_only=True)
class Config:
    """Settings of the model `openai`."""

    model: str = field(validator=validators.min_len(1))
    """The model's name as the provider writes it; at Azure the name of the deployment."""

    base_url: str | None = None
    """Where the provider is: what stands before ``/chat/completions``, mostly ending in ``/v1``. Without it the
    environment variable OPENAI_BASE_URL, and without that OpenAI."""

    key_env: str = field(default="OPENAI_API_KEY", validator=validators.min_len(1))
    """The environment variable that holds the key. The key itself never stands in a study. A server on this machine
    needs none."""

    organization: str | None = None
    """The organization at OpenAI that pays."""

    project: str | None = None
    """The project at OpenAI that pays."""

    azure_endpoint: str | None = None
    """The resource at Azure, instead of `base_url`: ``https://NAME.openai.azure.com``; `api_version` belongs to it."""

    api_version: str | None = field(default=None, validator=validators.optional(validators.min_len(1)))
    """The version of Azure's interface, such as ``2024-10-21``."""

    temperature: float | None = _between(0, 2)
    """How freely words are chosen. Here and below: without it, what the provider thinks best."""

    top_p: float | None = _between(0, 1)
    """Only the likeliest words that together have this probability are chosen from."""

    max_tokens: int | None = _at_least_1()
    """How long an answer may be. Known to nearly every provider; OpenAI's newer models want `max_completion_tokens`."""

    max_completion_tokens: int | None = _at_least_1()
    """How long an answer may be, with what the model thinks before it. One of the two, not both."""

    frequency_penalty: float | None = _between(-2, 2)
    """Above 0, words are the less likely the more often they stand there."""

    presence_penalty: float | None = _between(-2, 2)
    """Above 0, words that stand there are less likely."""

    reasoning_effort: str | None = field(default=None, validator=validators.optional(validators.min_len(1)))
    """How long a thinking model thinks: ``minimal``, ``low``, ``medium``, ``high``, …, as the model knows them."""

    timeout: float = field(default=300.0, validator=validators.gt(0))
    """Seconds until an answer has to be there, whole."""

    extra_body: Mapping[str, Any] = field(factory=dict)
    """Further fields of each request, for what a provider knows beside these keys: ``{ top_k = 40 }``. No secrets:
    studies are kept with their runs."""

    extra_headers: Mapping[str, str] = field(factory=dict)
    """Further headers of each request. No secrets here either; a header that carries a key is refused."""

    context_tokens: int | None = _at_least_1()
    """How much the model can read. Without it the provider is asked once, where it tells."""

    json_schema: Literal["strict", "json", "none"] | None = None
    """What the provider holds answers to: ``strict`` to a JSON Schema, ``json`` to being JSON, ``none`` to nothing.
    Without it, found out with the first answers."""

    images: bool | None = None
    """Whether the model takes pictures. Without it, what the provider says of the model; where it says nothing, no."""

    prices: Prices | None = None
    """What an answer costs, in dollars per million tokens, for budgets and bills. What a provider says itself counts
    more."""
