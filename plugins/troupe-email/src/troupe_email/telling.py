"""How mails are told to those who have them: short, since every word is read by a model."""

from collections.abc import Sequence

from troupe_core.plugin import clipped
from troupe_email.address_book import AddressBook
from troupe_email.mail import Mail

__all__ = ["line", "notice", "remembered", "whole"]

_MOST_REMEMBERED = 200


def notice(mail: Mail, preview: int, *, stranger: bool) -> str:
    """What its addressees perceive when it arrives; the name of an agent stands before it already."""
    begun = clipped(" ".join(mail.text.split()), preview) if preview else ""
    sender = f"A mail from {mail.sender}: " if stranger else ""
    attached = " (with an attachment)" if mail.media is not None else ""
    return f"{sender}{_titled(mail)}{attached}{f': {begun}' if begun else ''}"


def line(mail: Mail, reader: str, *, new: bool) -> str:
    """One line of a listing."""
    who = f"to {', '.join(mail.to[:3])}" if mail.sender == reader else f"from {mail.sender}"
    return (
        f"no. {mail.number}{' (new)' if new else ''} {who}, {mail.at:%Y-%m-%d %H:%M}: {mail.subject or '(no subject)'}"
    )


def whole(mail: Mail, book: AddressBook, earlier: Sequence[Mail]) -> str:
    """The mail as it is read."""
    head = [
        f"No. {mail.number}, {mail.at:%Y-%m-%d %H:%M}",
        f"From: {_addressed(mail.sender, book)}",
        f"To: {', '.join(mail.to)}",
        f"Subject: {mail.subject or '(none)'}",
    ]
    if mail.answers is not None:
        head.append(f"Answers no. {mail.answers}")
    if earlier:
        head.append(f"Before it: {', '.join(f'no. {each.number} ({each.sender})' for each in earlier)}")
    if mail.media is not None:
        head.append(f"Attached: {mail.media.caption or mail.media.media_type}")
    return "\n".join([*head, mail.text])


def remembered(mail: Mail) -> str:
    """How its sender remembers it."""
    return f"You mailed {', '.join(mail.to)} {_titled(mail)}: {clipped(' '.join(mail.text.split()), _MOST_REMEMBERED)}"


def _titled(mail: Mail) -> str:
    return f'no. {mail.number} "{mail.subject}"' if mail.subject else f"no. {mail.number}"


def _addressed(name: str, book: AddressBook) -> str:
    address = book.address(name)
    return name if address == name else f"{name} <{address}>"
