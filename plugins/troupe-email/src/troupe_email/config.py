"""What can be set of the tool `email`."""

from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen, validators

__all__ = ["Arriving", "Config", "Smtp"]

_ADDRESS = r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+"
_RECEIVERS = r"[A-Za-z0-9._+-]*@[A-Za-z0-9.-]+"
_DOMAIN = r"[a-z0-9.-]+"


def _at_least_1(default: int) -> Any:
    return field(default=default, validator=validators.ge(1))


@frozen(kw_only=True)
class Smtp:
    """The mail server that takes what goes outside."""

    host: str = field(validator=validators.min_len(1))
    """Its name."""

    sender: str = field(validator=validators.matches_re(_ADDRESS))
    """The address that mail comes from, such as ``study@example.org``; the agent's name stands beside it."""

    port: int | None = field(
        default=None, validator=validators.optional(validators.and_(validators.ge(1), validators.le(65535)))
    )
    """Its port. Default: 587 with ``starttls``, 465 with ``tls``, 25 with ``none``."""

    security: Literal["starttls", "tls", "none"] = "starttls"
    """``starttls``: encrypted before anything is said; ``tls``: encrypted from the start; ``none``: only for a server
    on this machine."""

    user: str | None = field(default=None, validator=validators.optional(validators.min_len(1)))
    """Who logs in; without it nobody does."""

    password_env: str = field(default="SMTP_PASSWORD", validator=validators.min_len(1))
    """The environment variable that holds the password. The password itself never stands in a study."""

    ca_file: Path | None = None
    """Certificates (PEM) to trust instead of this system's."""

    timeout: float = field(default=30.0, validator=validators.gt(0))
    """Seconds that one mail may take, all in all."""

    only_to: tuple[str, ...] = field(default=(), validator=validators.deep_iterable(validators.matches_re(_RECEIVERS)))
    """Addresses that may be written to, or ``@example.org`` for all of a domain. Without it, any."""

    most: int = _at_least_1(20)
    """How many mails may go outside in one run."""


@frozen(kw_only=True)
class Arriving:
    """A mail that reaches agents from outside the simulation, as the study writes it."""

    at: int = field(validator=validators.ge(0))
    """The step."""

    sender: str = field(validator=validators.matches_re(_ADDRESS))
    """Whose mail it is: an address. Agents can answer; nobody reads it."""

    to: tuple[str, ...] = field(validator=validators.min_len(1))
    """Names of agents who hold this tool."""

    subject: str = field(default="", validator=validators.max_len(120))
    """What it is about."""

    text: str = ""
    """What it says."""

    media: Path | None = None
    """A file that comes with it: a picture, a sound."""


@frozen(kw_only=True)
class Config:
    """Settings of the tool `email`."""

    domain: str = field(default="troupe.example", validator=validators.matches_re(_DOMAIN))
    """What stands behind the @ in agents' addresses."""

    preview: int = field(default=80, validator=validators.ge(0))
    """How many characters of a new mail its addressee sees at once; the rest is there to be read."""

    listed: int = _at_least_1(10)
    """How many mails the inbox or a search shows, newest first."""

    mailbox: int = field(default=200, validator=validators.ge(10))
    """How many mails an agent keeps, sent ones included; the oldest that were read make room."""

    max_text: int = _at_least_1(2000)
    """How many characters a mail can have."""

    max_recipients: int = _at_least_1(20)
    """How many people a mail can go to."""

    mails: tuple[Arriving, ...] = ()
    """Mails that arrive from outside: ``[[tools.email.mails]]``."""

    smtp: Smtp | None = None
    """The mail server for real mail. It needs ``grants = ["email.send"]`` too; without either nothing goes outside."""
