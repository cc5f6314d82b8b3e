# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Real mail servers on loopback: one that works (aiosmtpd), and one that breaks where it is told to."""

import socket
import ssl
import time
from email import message_from_bytes, policy
from threading import Event, Thread
from typing import Any
from warnings import catch_warnings, simplefilter

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

PASSWORD = "correct horse battery"

_AUTHORITY = trustme.CA()


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class _Kept:
    """What aiosmtpd hands its mail to."""

    def __init__(self):
        self.mails = []
        self.senders = []
        self.encrypted = []
        self.users = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if b"refuse me" in envelope.content:
            return "554 5.7.1 looks like spam"
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        self.senders.append(envelope.mail_from)
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        self.users.append(session.auth_data)
        return "250 OK queued as 4XQ"


class MailServer:
    """A server that works, with or without encryption and login."""

    def __init__(self, folder, *, security="none", login=False):
        self.kept, self.port, self.security = _Kept(), free_port(), security
        self.ca_file = folder / "ca.pem"
        _AUTHORITY.cert_pem.write_to_path(str(self.ca_file))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        _AUTHORITY.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        more: dict[str, Any] = {}
        if login:
            more = {"auth_required": True, "auth_require_tls": security == "starttls", "authenticator": self._knows}
        kept = self.kept

        class Working(Controller):
            def factory(self):
                tls: dict[str, Any] = (
                    {"tls_context": context, "require_starttls": True} if security == "starttls" else {}
                )
                with catch_warnings():
                    simplefilter("ignore")  # that a password goes over loopback readable
                    return SMTP(kept, hostname="localhost", **(tls if security == "starttls" else {}), **more)

        ways: dict[str, Any] = {"ssl_context": context} if security == "tls" else {}
        self._controller = Working(kept, hostname="127.0.0.1", port=self.port, **ways)

    @staticmethod
    def _knows(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (b"study", PASSWORD.encode())
        return AuthResult(success=right, handled=right, auth_data=data.login)

    def settings(self, **more):
        """The keys of ``smtp`` that fit."""
        keys = {"host": "localhost", "port": self.port, "security": self.security, "sender": "study@world.test"}
        if self.security != "none":
            keys["ca_file"] = str(self.ca_file)
        return {**keys, **more}

    def __enter__(self):
        self._controller.start()
        return self

    def __exit__(self, *_):
        self._controller.stop()


class BreakingServer:
    """A server that says these lines one after the other, and then does something.

    Before each but the first it reads a command, or after a 354 the mail; then it hangs up, or with ``silent`` waits.
    """

    def __init__(self, *lines, silent=False, slow=0.0):
        self._lines, self._silent, self._slow = lines, silent, slow
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.connections = 0
        self.mails = 0
        self.taken = Event()
        self._over = Event()

    def settings(self, **more):
        """The keys of ``smtp`` that fit."""
        return {"host": "127.0.0.1", "port": self.port, "security": "none", "sender": "study@world.test", **more}

    def __enter__(self):
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._listening.close()

    def _serve(self):
        while not self._over.is_set():
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            with line, line.makefile("rb") as read:
                self._speak(line, read)
                if self._silent:
                    self._over.wait(30)

    def _speak(self, line, read):
        before = ""
        for number, said in enumerate(self._lines):
            if number:
                self._hear(read, mail=before.startswith("354"))
            for piece in said if self._slow else [said]:
                try:
                    line.sendall(piece.encode())
                except OSError:
                    return
                time.sleep(self._slow)
            line.sendall(b"\r\n")
            before = said
        if before.startswith("354"):
            self._hear(read, mail=True)

    def _hear(self, read, *, mail):
        while (heard := read.readline()) and mail:
            if heard == b".\r\n":
                self.mails += 1
                self.taken.set()
                return
