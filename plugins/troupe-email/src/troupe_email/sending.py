"""Real mail as an effect: each key is sent once, or it is said that nobody knows."""

from typing import Any

from troupe_core.plugin import JSON, Effect, EffectError, EffectUncertain, in_thread
from troupe_email.config import Smtp
from troupe_email.message import as_bytes, message_id
from troupe_email.outbox import Outbox
from troupe_email.smtp import transmit

__all__ = ["Sending"]


class Sending(Effect):
    """Sends mail by SMTP. The key becomes the Message-ID, by which a receiver knows a mail again."""

    def __init__(self, server: Smtp, password: str | None, outbox: Outbox) -> None:
        self._server = server
        self._password = password
        self._outbox = outbox

    async def perform(self, key: str, arguments: JSON) -> JSON:
        return await in_thread(self._send, key, arguments)

    async def find(self, key: str) -> JSON | None:
        return self._outbox.result(key)

    def _send(self, key: str, arguments: Any) -> JSON:
        outbox, server = self._outbox, self._server
        state = outbox.state(key)
        if state == "sent":
            return outbox.result(key)
        if state == "begun":
            raise EffectUncertain("this mail was begun before, and it is not known whether it went out")
        identity = message_id(key, outbox.run, server.sender)
        message = as_bytes(arguments, sender=server.sender, identity=identity)
        try:
            transmit(server, self._password, arguments["to"], message, lambda: outbox.note(key, "begun"))
        except EffectError:
            outbox.note(key, "failed")
            raise
        result: JSON = {"sent_to": list(arguments["to"])}
        outbox.note(key, "sent", result)
        return result
