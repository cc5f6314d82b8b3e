"""What every provider of searches and pages does, and how it says that it cannot."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from attrs import frozen

from troupe_core.plugin import TroupeError, clipped, plain_text

__all__ = ["Found", "NotReadable", "Page", "Provider", "ProviderDown", "one_line"]


class ProviderDown(TroupeError):
    """A search could not be made: the provider is away, busy, or not what it says it is."""


class NotReadable(TroupeError):
    """What is at an address cannot be read: nothing is there, it is too large, too slow, or no page."""


@frozen
class Found:
    """One result of a search."""

    address: str
    """What `Provider.read` takes."""
    title: str
    excerpt: str


@frozen
class Page:
    """What was read."""

    address: str
    """Where it was found in the end."""
    title: str
    text: str


class Provider(ABC):
    """Searches, and reads what was found. Everybody who holds the tool shares it, at once."""

    async def open(self) -> None:  # noqa: B027
        """Get ready. Raises `ConfigError` where the settings do not allow it."""

    async def close(self) -> None:  # noqa: B027
        """Let go of everything."""

    @abstractmethod
    async def search(self, query: str, most: int) -> Sequence[Found]:
        """At most so many results, the best first; none where there are none. Raises `ProviderDown`."""

    @abstractmethod
    async def read(self, address: str, *, allow_private: bool) -> Page:
        """The page at `address`. Raises `Refusal` for what may not be read, `NotReadable` for what cannot be."""


def one_line(text: str, most: int) -> str:
    """Text from outside in one line, at most `most` characters long."""
    return clipped(" ".join(plain_text(text, 10 * most).split()), most)
