"""One mail to one server (RFC 5321): it is known of every failure whether the mail may have gone out."""

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from threading import Timer
from typing import Any

from troupe_core.plugin import ConfigError, EffectError, EffectUncertain, clipped, plain_text
from troupe_email.config import Smtp

__all__ = ["AddressRefused", "check_security", "transmit", "trusted"]

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_MOST_SAID = 200


class AddressRefused(EffectError):
    """The server takes no mail for an address; nobody got the mail."""

    def __init__(self, what: str, address: str) -> None:
        super().__init__(what)
        self.address = address


def check_security(server: Smtp) -> None:
    """Without encryption only this machine is spoken to. Raises `ConfigError`."""
    if server.security == "none" and not _is_this_machine(server.host):
        raise ConfigError(
            f'security = "none" would send mail and password readable to {server.host}',
            where="email, smtp",
            remedy='Use "starttls" or "tls"; "none" is only for a server on this machine (localhost, 127.0.0.1, ::1).',
        )


def transmit(
    server: Smtp, password: str | None, to: Sequence[str], message: bytes, committing: Callable[[], None]
) -> None:
    """Hand the message over, to all of `to` or to nobody; `committing` is called before it could go out.

    Raises `EffectError` where it is known not to have gone out, `EffectUncertain` where it is not.
    """
    where = f"{server.host}:{_port(server)}"
    try:
        with _line(server) as line:
            _greet(server, line)
            if server.user is not None:
                line.login(server.user, password or "")
            _address(server, line, to, where)
            committing()
            _hand_over(line, message, where)
    except ConfigError as fault:
        raise EffectError(f"{where}: nothing was sent: {fault.what}") from None
    except smtplib.SMTPAuthenticationError as fault:
        said = _said(fault.smtp_error, _secrets(server, password))
        what = f"{where} does not accept user and password ({fault.smtp_code} {said})"
        raise EffectError(what, remedy=f"Look at the environment variable {server.password_env}.") from None
    except (OSError, smtplib.SMTPException) as fault:
        raise EffectError(f"{where}: nothing was sent: {_reason(fault, _secrets(server, password))}") from None


def _port(server: Smtp) -> int:
    return server.port or _PORTS[server.security]


def _is_this_machine(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return False


def trusted(server: Smtp) -> ssl.SSLContext:
    """Whose certificates are believed. Raises `ConfigError`."""
    try:
        return ssl.create_default_context(cafile=None if server.ca_file is None else str(server.ca_file))
    except OSError as fault:
        what = f"the certificates cannot be read: {fault.strerror or fault}"
        raise ConfigError(what, where=f"email, smtp, ca_file = {server.ca_file}") from None


class _Line(smtplib.SMTP):
    """A connection that is cut when the time for the whole mail is over, however slowly the other side speaks."""

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        self._clock = Timer(self.timeout, _cut, [self])
        self._clock.daemon = True
        self._clock.start()
        try:
            return super().connect(host, port, source_address)
        except BaseException:
            self._clock.cancel()
            raise

    def close(self) -> None:
        self._clock.cancel()
        super().close()


class _EncryptedLine(_Line, smtplib.SMTP_SSL):
    """One that is encrypted from the start."""


def _cut(line: smtplib.SMTP) -> None:
    sock = line.sock
    if sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)


@contextmanager
def _line(server: Smtp) -> Iterator[smtplib.SMTP]:
    host, port, name = server.host, _port(server), server.sender.rpartition("@")[2]
    if server.security == "tls":
        line: _Line = _EncryptedLine(host, port, name, timeout=server.timeout, context=trusted(server))
    else:
        line = _Line(host, port, name, timeout=server.timeout)
    try:
        yield line
        with suppress(OSError, smtplib.SMTPException):
            line.quit()
    finally:
        line.close()


def _greet(server: Smtp, line: smtplib.SMTP) -> None:
    assert line.sock is not None
    if server.security == "none" and not ip_address(line.sock.getpeername()[0].partition("%")[0]).is_loopback:
        raise smtplib.SMTPException("it is not on this machine, and the mail would not be encrypted")
    line.ehlo_or_helo_if_needed()
    if server.security == "starttls":
        line.starttls(context=trusted(server))
        line.ehlo_or_helo_if_needed()


def _address(server: Smtp, line: smtplib.SMTP, to: Sequence[str], where: str) -> None:
    code, said = line.mail(server.sender)
    if code != 250:
        raise smtplib.SMTPResponseException(code, said)
    for address in to:
        code, said = line.rcpt(address)
        if code not in (250, 251):
            what = f"{where} takes no mail for {address} ({code} {_said(said)}): nobody got it"
            raise AddressRefused(what, address)
    code, said = line.docmd("DATA")
    if code != 354:
        raise smtplib.SMTPResponseException(code, said)


def _hand_over(line: smtplib.SMTP, message: bytes, where: str) -> None:
    """From the first byte on it is not known what becomes of the mail, until the server says so."""
    try:
        line.send(re.sub(rb"(?m)^\.", b"..", message) + b".\r\n")
        code, said = line.getreply()
    except (OSError, smtplib.SMTPException) as fault:
        raise EffectUncertain(f"{where} broke off while it took the mail: {_reason(fault)}") from None
    if code != 250:
        raise EffectError(f"{where} did not take the mail: {code} {_said(said)}")


def _reason(fault: Exception, secrets: Sequence[str] = ()) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"{fault.smtp_code} {_said(fault.smtp_error, secrets)}"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {fault.verify_message}"
    if isinstance(fault, TimeoutError):
        return "it did not answer in time"
    return _said(str(fault) or type(fault).__name__, secrets)


def _said(said: bytes | str, secrets: Sequence[str] = ()) -> str:
    """What the server said, plain, short, and without the password."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    for secret in secrets:
        text = text.replace(secret, "(password)")
    return clipped(" ".join(plain_text(text).split()), _MOST_SAID)


def _secrets(server: Smtp, password: str | None) -> list[str]:
    """The password, as it is and as it goes over the wire."""
    if not password:
        return []
    shown = [password, f"\0{server.user}\0{password}"]
    return [*(b64encode(each.encode()).decode() for each in shown), password]
