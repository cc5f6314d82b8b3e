"""Mails that the study lets arrive from outside, and who writes them."""

from collections.abc import Sequence
from mimetypes import guess_type

from troupe_core.plugin import AgentId, ConfigError, Context, Media, Refusal, in_thread
from troupe_email.address_book import AddressBook
from troupe_email.config import Arriving

__all__ = ["Arrivals"]

NOBODY = AgentId("")


class Arrivals:
    """The study's mails, earliest first. How many have arrived is all its state."""

    def __init__(self, mails: Sequence[Arriving]) -> None:
        self._mails = sorted(mails, key=lambda mail: mail.at)
        self._media: dict[int, Media] = {}
        self._strangers = {mail.sender.lower() for mail in mails}
        self._checked = False
        self.arrived = 0

    @property
    def have_media(self) -> bool:
        """Whether something is attached to any of them."""
        return any(mail.media is not None for mail in self._mails)

    async def open(self, context: Context) -> None:
        """Keep what is attached in the run. Raises `ConfigError` where it cannot be read."""
        for number, mail in enumerate(self._mails):
            if mail.media is None:
                continue
            try:
                data = await in_thread(mail.media.read_bytes)
            except OSError as fault:
                what = f"the medium cannot be read: {fault.strerror}"
                raise ConfigError(what, where=f"email, mails, media = {mail.media}") from None
            media_type = guess_type(mail.media.name)[0] or "application/octet-stream"
            self._media[number] = Media(ref=await context.put_blob(data, media_type), media_type=media_type)

    def knows(self, address: str) -> bool:
        """Whether this address is that of somebody who writes: it can be answered, though nobody reads it."""
        return address.strip().lower() in self._strangers

    def due(self, step: int, book: AddressBook) -> list[tuple[Arriving, list[AgentId], Media | None]]:
        """What arrives now: the mail, its addressees and what is attached.

        Raises `ConfigError`, once, for an addressee who is not there: it can first be known when everybody is.
        """
        self._check(book)
        found = []
        while self.arrived < len(self._mails) and self._mails[self.arrived].at <= step:
            mail = self._mails[self.arrived]
            to = [name for word in mail.to if (name := _somebody(word, book)) is not None]
            found.append((mail, list(dict.fromkeys(to)), self._media.get(self.arrived)))
            self.arrived += 1
        return found

    def _check(self, book: AddressBook) -> None:
        if self._checked:
            return
        self._checked = True
        for mail in self._mails[self.arrived :]:
            for word in mail.to:
                try:
                    book.find(word, NOBODY)
                except Refusal as refusal:
                    where = f"email, mails, from {mail.sender} at {mail.at}"
                    raise ConfigError(f'"{word}" gets no mail', where=where, remedy=str(refusal)) from None


def _somebody(word: str, book: AddressBook) -> AgentId | None:
    try:
        return book.find(word, NOBODY)
    except Refusal:
        return None
