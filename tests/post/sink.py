"""A mail server that remembers what it accepted, and can misbehave at a chosen moment."""

import socket
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE = 60.0


class Sink:
    """Accepts every letter, unless told otherwise. `caller_port` is where the last content came from."""

    def __init__(self) -> None:
        self.accepted: list[EmailMessage] = []
        self.senders: list[str] = []
        self.connections = 0
        self.caller_port = 0
        self.on_recipient: Callable[[str], str | None] = lambda address: None
        self.on_content: Callable[[str], str | None] = lambda address: None
        self._changed = threading.Condition()
        self._controller = Controller(
            self, hostname="127.0.0.1", port=_free_port(), enable_SMTPUTF8=False, ident="sink"
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"smtp://127.0.0.1:{self._controller.port}"

    @property
    def readers(self) -> Counter[str]:
        """How many letters each address got."""
        return Counter(str(message["To"]) for message in self.accepted)

    def wait_for(self, count: int) -> None:
        """Wait until so many letters were accepted. Fails when that takes too long."""
        with self._changed:
            came = self._changed.wait_for(lambda: len(self.accepted) >= count, PATIENCE)
        assert came, f"{len(self.accepted)} letters came, {count} were expected."

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.on_recipient(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.caller_port = session.peer[1]
        answer = self.on_content(envelope.rcpt_tos[0])
        if answer == "accept and hang up":
            self._accept(envelope)
        if answer in {"hang up", "accept and hang up"}:
            assert server.transport
            server.transport.abort()
            return "421 never heard"
        if answer is None:
            self._accept(envelope)
        return answer or "250 OK"

    def _accept(self, envelope: Envelope) -> None:
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        with self._changed:
            self.accepted.append(message)
            self.senders.append(envelope.mail_from or "")
            self._changed.notify_all()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
