"""Mail that leaves the simulation: to whom it may go, and how its sender is told what came of it."""

import re
from collections.abc import Sequence
from os import environ

from troupe_core.plugin import JSON, AgentId, ConfigError, Context, EffectError, Outcome, Refusal, Turn
from troupe_email.config import Smtp
from troupe_email.message import ADDRESS, checked_address
from troupe_email.outbox import Outbox
from troupe_email.sending import Sending
from troupe_email.smtp import AddressRefused, check_security, trusted

__all__ = ["SEND", "Outside"]

SEND = "email.send"
"""What must be granted before anything leaves."""

_MOST_NAMED = 12


class Outside:
    """The way out. How many mails went it is state of the simulation, so that the bound holds after a resume."""

    def __init__(self, server: Smtp) -> None:
        check_security(server)
        if not re.fullmatch(ADDRESS, server.sender):
            what = f'"{server.sender}" is no mail address'
            raise ConfigError(what, where="email, smtp, sender", remedy="Give one such as study@example.org.")
        self._server = server
        self.sent = 0

    def open(self, context: Context) -> None:
        """Make ready to send. Raises `ConfigError` for what would keep every mail from being sent."""
        trusted(self._server)
        granted = context.granted(SEND, AgentId(""))
        password = _password(self._server) if granted else None
        self._sending = Sending(self._server, password, Outbox(context.folder / "outbox.jsonl"))

    def addressees(self, to: Sequence[str]) -> list[str]:
        """The addresses, each once. Raises `Refusal` for what is none, or may not be written to."""
        addresses = list(dict.fromkeys(map(checked_address, to)))
        allowed = self._server.only_to
        for address in addresses:
            if allowed and not _is_among(address, allowed):
                raise Refusal(f"You may not write to {address}, only to: {', '.join(allowed[:_MOST_NAMED])}.")
        if self.sent >= self._server.most:
            raise Refusal(f"No more than {self._server.most} mails can go outside.")
        return addresses

    async def send(self, turn: Turn, to: Sequence[str], subject: str, text: str) -> Outcome:
        """Send it once. Raises `EffectUncertain` where nobody knows whether it went out."""
        self.sent += 1
        mail: JSON = {"name": turn.agent, "to": list(to), "subject": subject, "text": text}
        try:
            await turn.perform(self._sending, mail)
        except AddressRefused as fault:
            return Outcome(status="failed", text=f"Not sent: there is no mail for {fault.address}.", problem=fault.what)
        except EffectError as fault:
            return Outcome(status="failed", text="The mail could not be sent.", problem=str(fault))
        return Outcome(remembered=f'You sent a mail to {", ".join(to)}, "{subject}": {text}')


def _password(server: Smtp) -> str | None:
    if server.user is None:
        return None
    password, name = environ.get(server.password_env, ""), server.password_env
    if not password or not password.isascii() or not password.isprintable():
        what = f"the environment variable {name} {'holds no password' if password else 'is not set'}"
        remedy = f"It holds the password of {server.user} at {server.host}: export {name}=…"
        raise ConfigError(what, where="email, smtp", remedy=remedy)
    return password


def _is_among(address: str, allowed: Sequence[str]) -> bool:
    address = address.lower()
    return any(address == each.lower() or f"@{address.rpartition('@')[2]}" == each.lower() for each in allowed)
