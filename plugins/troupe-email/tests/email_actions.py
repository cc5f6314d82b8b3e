"""Actions of a script."""

import json

__all__ = ["forward", "inbox", "outside", "read", "reply", "search", "send"]


def _shown(action: str, **arguments: object) -> str:
    pairs = {"action": action, **arguments}
    return "{ " + ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in pairs.items()) + " }"


def send(*to: str, subject: str = "Lunch", text: str = "At one?") -> str:
    """Send a mail."""
    return _shown("send_mail", to=list(to), subject=subject, text=text)


def reply(number: int, text: str = "Yes.", *, to_all: bool = False) -> str:
    """Answer a mail."""
    return _shown("reply_mail", number=number, text=text, to_all=to_all)


def forward(number: int, *to: str, text: str = "See below.") -> str:
    """Pass a mail on."""
    return _shown("forward_mail", number=number, to=list(to), text=text)


def read(number: int) -> str:
    """Read a mail."""
    return _shown("read_mail", number=number)


def inbox() -> str:
    """See the inbox."""
    return _shown("inbox")


def search(words: str) -> str:
    """Search mails."""
    return _shown("search_mail", words=words)


def outside(*to: str, subject: str = "A question", text: str = "When do you open?") -> str:
    """Send a real mail."""
    return _shown("send_mail_outside", to=list(to), subject=subject, text=text)
