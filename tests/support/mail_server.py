"""A real SMTP server for tests: TLS, authentication, and every bad mood that servers have."""

import json
import socket
import ssl
from asyncio import Transport
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Lock
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "dcs@example.gov.cn", "authcode-16chars"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message in a mailbox."""

    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def attachments(self) -> dict[str, bytes]:
        parts = self.message.iter_attachments()
        return {str(part.get_filename()): part.get_payload(decode=True) for part in parts}  # type: ignore[misc]


@dataclass
class Mailboxes:
    """What the server has taken, and how it treats whom.

    Attributes:
        delivered: Every message in the order of its coming, one for each recipient.
        at_recipient: By address, answers to RCPT TO; each is given once, the last for ever; `drop` cuts the line.
        at_end: Likewise to the end of DATA; by address of the first recipient.
        connections: How often somebody connected and said EHLO.
        before_storing: Called when a message has come in whole, before it is stored.
        after_storing: Called after that, before the sender is told.
    """

    delivered: list[Delivered] = field(default_factory=list)
    at_recipient: dict[str, list[str]] = field(default_factory=dict)
    at_end: dict[str, list[str]] = field(default_factory=dict)
    connections: int = 0
    before_storing: Callable[[], None] = lambda: None
    after_storing: Callable[[], None] = lambda: None
    _lock: Lock = field(default_factory=Lock)

    def of(self, recipient: str) -> list[Delivered]:
        """Return what lies in one mailbox."""
        with self._lock:
            return [one for one in self.delivered if one.recipient == recipient]

    def counts(self) -> Mapping[str, int]:
        """Return how many messages lie in each mailbox."""
        with self._lock:
            return Counter(one.recipient for one in self.delivered)

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = _next(self.at_recipient, address)
        if answer == "drop":
            _cut(server)
            return "421 bye"
        if answer is None or answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = _next(self.at_end, envelope.rcpt_tos[0])
        if answer == "drop":
            _cut(server)
            return "421 bye"
        if answer and not answer.startswith("2"):
            return answer
        self.before_storing()
        assert isinstance(envelope.content, bytes)
        with self._lock:
            self.delivered += [Delivered(recipient, envelope.content) for recipient in envelope.rcpt_tos]
        self.after_storing()
        return "250 OK queued"


def _cut(server: SMTP) -> None:
    assert isinstance(server.transport, Transport)
    server.transport.abort()


def _next(answers: dict[str, list[str]], address: str) -> str | None:
    of_address = answers.get(address, [])
    return of_address.pop(0) if len(of_address) > 1 else of_address[0] if of_address else None


@dataclass(frozen=True, slots=True)
class MailServer:
    """A running server."""

    port: int
    mailboxes: Mailboxes
    ca_file: Path

    def settings(self, **more: object) -> str:
        """Return the settings that lead to it."""
        values: dict[str, object] = {
            "address": USER,
            "smtp_host": "localhost",
            "smtp_port": self.port,
            "smtp_security": "starttls",
            "ca_file": str(self.ca_file),
            "per_minute": 0,
            "retry_seconds": [0, 0],
            **more,
        }
        return "".join(f"{name} = {_toml(value)}\n" for name, value in values.items())


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_mail_server(
    folder: Path, mailboxes: Mailboxes | None = None, *, is_expired: bool = False, offers_tls: bool = True
) -> Iterator[MailServer]:
    """Run a server that demands STARTTLS and a login for as long as the block runs."""
    ca = trustme.CA()
    expiry = datetime.now(UTC) - timedelta(days=2) if is_expired else None
    certificate = ca.issue_cert("localhost", not_after=expiry)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    ca_file = folder / "ca.pem"
    ca.cert_pem.write_to_path(str(ca_file))
    boxes = mailboxes or Mailboxes()

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, login: Any) -> AuthResult:
        assert isinstance(login, LoginPassword)
        is_right = (login.login, login.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False, message=None if is_right else "535 5.7.8 Error: auth failed")

    controller = Controller(
        boxes,
        hostname="127.0.0.1",
        port=_free_port(),
        tls_context=context if offers_tls else None,
        require_starttls=offers_tls,
        authenticator=authenticate,
        auth_required=True,
        auth_require_tls=offers_tls,
        decode_data=False,
        data_size_limit=40 * 1024 * 1024,
    )
    controller.start()
    try:
        yield MailServer(controller.port, boxes, ca_file)
    finally:
        controller.stop()
