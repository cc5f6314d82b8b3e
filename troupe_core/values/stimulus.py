"""Something that reaches an agent's senses."""

from attrs import frozen

from troupe_core.values.ids import AgentId, EventId, Stamp
from troupe_core.values.json import JSONObject

__all__ = ["Media", "Stimulus"]


@frozen(kw_only=True)
class Media:
    """A picture, a sound, a document: bytes that lie in the run's ``blobs/``."""

    ref: str
    """Its content hash: the argument of `Context.get_blob`."""
    media_type: str
    """``image/png``, ``audio/wav``, … (RFC 6838)."""
    caption: str | None = None
    """What its author says it shows."""


@frozen(kw_only=True)
class Stimulus:
    """Something that reaches an agent's senses: one utterance is one stimulus, shared by all who hear it."""

    text: str
    """What is heard, read or seen, in words; for media the author's words, possibly empty."""
    kind: str = "event"
    """``talk``, ``event``, ``result``, ``mail``, …: one word, as the environment or tool names it."""
    source: AgentId | None = None
    """Who it comes from; None for the world."""
    to: tuple[AgentId, ...] | None = None
    """Whom it is meant for; None for everybody who can sense it."""
    media: Media | None = None
    trusted: bool = True
    """False for what was brought in from outside: the prompt marks it as data."""
    id: EventId | None = None
    """The event that journalled it, once emitted."""
    stamp: Stamp | None = None
    """When it was emitted."""

    def to_json(self) -> JSONObject:
        """As a JSON object without what is default; `from_json` is the way back."""
        shown: dict[str, object] = {"text": self.text}
        if self.kind != "event":
            shown["kind"] = self.kind
        if self.source is not None:
            shown["source"] = self.source
        if self.to is not None:
            shown["to"] = list(self.to)
        if self.media is not None:
            shown["media"] = {
                "ref": self.media.ref,
                "media_type": self.media.media_type,
                "caption": self.media.caption,
            }
        if not self.trusted:
            shown["trusted"] = False
        if self.id is not None:
            shown["id"] = self.id
        if self.stamp is not None:
            shown["stamp"] = list(self.stamp)
        return shown  # type: ignore[return-value]

    @classmethod
    def from_json(cls, stored: JSONObject) -> "Stimulus":
        """The stimulus that `to_json` wrote."""
        fields: dict[str, object] = dict(stored)
        to, media, stamp = (fields.pop(name, None) for name in ("to", "media", "stamp"))
        return cls(
            to=None if to is None else tuple(to),  # type: ignore[arg-type]
            stamp=None if stamp is None else tuple(stamp),  # type: ignore[arg-type]
            media=None if media is None else Media(**media),  # type: ignore[arg-type]
            **fields,  # type: ignore[arg-type]
        )
