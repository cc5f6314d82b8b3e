"""One mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from troupe_core.plugin import JSONObject, Media

__all__ = ["Mail"]


@frozen(kw_only=True)
class Mail:
    """A mail inside the simulation: the same for all who have it."""

    number: int
    sender: str
    """An agent's name, or an address outside."""
    to: tuple[str, ...]
    subject: str
    text: str
    at: datetime
    """When it was sent, in simulated time."""
    thread: int
    """The number of the mail that the conversation began with."""
    answers: int | None = None
    """The number of the mail that this one answers."""
    media: Media | None = None
    """What comes with it."""

    def to_json(self) -> JSONObject:
        """As a JSON object; `from_json` is the way back."""
        shown: dict[str, Any] = {
            "number": self.number,
            "sender": self.sender,
            "to": list(self.to),
            "subject": self.subject,
            "text": self.text,
            "at": self.at.isoformat(),
            "thread": self.thread,
            "answers": self.answers,
        }
        if self.media is not None:
            media = self.media
            shown["media"] = {"ref": media.ref, "media_type": media.media_type, "caption": media.caption}
        return shown

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Mail":
        """The mail that `to_json` wrote."""
        media = stored.get("media")
        return cls(
            **{
                **stored,
                "to": tuple(stored["to"]),
                "at": datetime.fromisoformat(stored["at"]),
                "media": None if media is None else Media(**media),
            }
        )
