"""What an agent wants to send, checked: every refusal says what would do."""

from collections.abc import Sequence

from troupe_core.plugin import Refusal, plain_text

__all__ = ["MOST_SUBJECT", "check_recipients", "drafted"]

MOST_SUBJECT = 120
"""In characters."""


def drafted(subject: str, text: str, most: int) -> tuple[str, str]:
    """Subject and text in a form that can be kept. Raises `Refusal`."""
    subject, text = " ".join(plain_text(subject).split()), plain_text(text, most=len(text)).strip()
    if not text and not subject:
        raise Refusal("There is nothing in that mail: it was not sent.")
    if len(subject) > MOST_SUBJECT:
        raise Refusal(f"The subject has {len(subject)} characters, it can have {MOST_SUBJECT}: it was not sent.")
    if len(text) > most:
        raise Refusal(f"The text has {len(text)} characters, a mail can have {most}: it was not sent.")
    return subject, text


def check_recipients(to: Sequence[str], most: int) -> None:
    """At least one, and not too many. Raises `Refusal`."""
    if not to:
        raise Refusal("Send it to whom?")
    if len(to) > most:
        raise Refusal(f"A mail can go to {most} people, not to {len(to)}.")
