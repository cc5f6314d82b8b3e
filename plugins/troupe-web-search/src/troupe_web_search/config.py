"""What can be set of the tool `web-search`."""

from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import field, frozen, validators

__all__ = ["Config", "ProviderName"]

ProviderName: TypeAlias = Literal["corpus", "searxng", "ddgs"]


def _within(least: float, most: float, usual: float) -> Any:
    return field(default=usual, validator=validators.and_(validators.ge(least), validators.le(most)))


@frozen(kw_only=True)
class Config:
    """Settings of the tool `web-search`. Keys of other providers may stand here too: one word changes the provider."""

    provider: ProviderName = "corpus"
    """Where a search looks: `corpus` in a folder of documents, without any network and always with the same result;
    `searxng` in a SearXNG of your own; `ddgs` in the live web, with the package ``ddgs``. The last two need
    ``grants = ["network"]``."""

    folder: Path | None = None
    """For `corpus`: the folder whose ``.txt``, ``.md`` and ``.html`` files are searched and read, and those of the
    folders in it."""

    base_url: str | None = field(default=None, validator=validators.optional(validators.min_len(1)))
    """For `searxng`: where it is, such as ``http://127.0.0.1:8888``. It may be on this machine: the study names it, no
    agent does. Its settings must allow the format ``json``."""

    language: str = field(default="all", validator=validators.matches_re(r"[A-Za-z]{2,3}(-[A-Za-z]{2,4})?|all|auto"))
    """For `searxng`: the language of what is looked for, such as ``en`` or ``de-AT``; ``all`` for any."""

    region: str = field(default="us-en", validator=validators.matches_re(r"[a-z]{2}-[a-z]{2}"))
    """For `ddgs`: country and language, such as ``uk-en`` or ``de-de``."""

    safe_search: Literal["off", "moderate", "strict"] = "moderate"
    """For `searxng` and `ddgs`: how much is left out that is not for everybody."""

    results: int = _within(1, 20, usual=5)
    """How many results a search tells at most."""

    page_characters: int = _within(200, 20_000, usual=3000)
    """How much of a page is told; the rest is left away."""

    page_bytes: int = _within(1000, 50_000_000, usual=2_000_000)
    """How large a page or a document may be, unpacked. What is larger is not read at all."""

    timeout: float = _within(0.1, 300, usual=20.0)
    """Seconds until a search or a page has to be there, whole, after all detours."""

    user_agent: str = field(
        default="troupe-web-search", validator=validators.matches_re(r"[\x21-\x7e][\x20-\x7e]{0,199}")
    )
    """How the tool names itself to the servers whose pages it reads."""
