"""The door where mail comes in: an LMTP (or SMTP) server on a local port, behind the mail server of the installation.

It takes answers to notices and reports about letters, at addresses that carry a signed id; anything else is refused
before its content is sent. What can't be dealt with now (the database is away) is offered again by the mail server.
"""

import asyncio
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self
from urllib.parse import urlsplit

import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from vitaal.activity import answering
from vitaal.activity.answering import Outcome
from vitaal.post import bounces, incoming
from vitaal.post.addresses import For, OurAddresses
from vitaal.settings import BadSetting, Settings

LARGEST = 5 * 1024 * 1024
_AT_ONCE = 3  # less than the connections that one process has with the database
_TAKEN = "250 2.0.0 OK"
_LATER = "451 4.3.0 Nu lukt het niet, probeer het straks weer / Not now, please try again later"
_NO_SUCH = "550 5.1.1 Dit adres bestaat niet / This address does not exist"
_STRANGER = (
    "550 5.7.1 Dit antwoordadres hoort bij iemand anders: antwoord vanaf het adres waarop je de mail kreeg / "
    "This reply address is someone else's: please answer from the address that got the mail"
)
_ONE_AT_A_TIME = "452 4.5.3 Stuur dit per adres / One address at a time, please"
_REFUSALS = {Outcome.STRANGER: _STRANGER, Outcome.UNKNOWN: _NO_SUCH}
logger = structlog.get_logger()


class Door:
    """Listens from `with` until its end; what is being dealt with then is finished first."""

    def __init__(self, app: Flask) -> None:
        """`app` is the application as the workers have it. Raises BadSetting where there is no domain for mail."""
        settings: Settings = app.config["VITAAL"]
        addresses = OurAddresses.of(settings)
        if addresses is None:
            raise BadSetting("VITAAL_MAIL_DOMAIN is not set, so no mail can come in.")
        where = urlsplit(settings.mail_door)
        self._app = app
        self._addresses = addresses
        self._hands = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="door")
        self._controller = _Listening(
            self,
            talks_lmtp=where.scheme == "lmtp",
            hostname=where.hostname,
            port=where.port,
            data_size_limit=LARGEST,
            server_hostname=settings.mail_domain,
            ident="Vitaal",
        )

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._hands.shutdown(wait=True)
        self._controller.stop()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Only addresses of ours; one per mail, because LMTP wants an answer for each."""
        if self._addresses.read(address) is None:
            return _NO_SUCH
        if envelope.rcpt_tos:
            return _ONE_AT_A_TIME
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's own name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Deal with a mail in another thread, a few at once; the answer is given when it is done."""
        loop = asyncio.get_running_loop()
        content = bytes(envelope.original_content or b"")
        sender = (envelope.mail_from or "").strip("<>")  # <> is that of mail which may never be answered
        return await loop.run_in_executor(self._hands, self._take_in, sender, envelope.rcpt_tos[0], content)

    async def handle_exception(self, mistake: Exception) -> str:
        """What goes wrong here is no fault of the mail."""
        logger.error("door.failed", exc_info=mistake)
        return _LATER

    def _take_in(self, sender: str, recipient: str, content: bytes) -> str:
        try:
            with self._app.app_context():
                return self._answer(sender, recipient, content)
        except Exception:
            logger.exception("door.postponed")
            return _LATER

    def _answer(self, sender: str, recipient: str, content: bytes) -> str:
        address = self._addresses.read(recipient)
        assert address
        mail = incoming.read(content, sender)
        if address.use is For.RETURNS:
            bounces.take_in(address.id, mail)
            return _TAKEN
        if mail.is_automatic:
            return _TAKEN
        outcome = answering.answer(address.id, mail)
        logger.info("door.answer", outcome=outcome, notice=str(address.id))
        return _REFUSALS.get(outcome, _TAKEN)


class _Listening(Controller):
    """One port, and the language that is spoken there."""

    def __init__(self, door: Door, *, talks_lmtp: bool, **settings: Any) -> None:
        super().__init__(door, **settings)
        self._speaks = LMTP if talks_lmtp else SMTP

    def factory(self) -> SMTP:
        """Who talks with one caller."""
        return self._speaks(self.handler, **self.SMTP_kwargs)


def stand_open(app: Flask) -> None:
    """Let mail come in until told to stop (SIGTERM, Ctrl-C). Raises BadSetting, or OSError when the port is taken."""
    told_to_stop = threading.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda *_: told_to_stop.set())
    with Door(app):
        logger.info("door.open", at=app.config["VITAAL"].mail_door)
        told_to_stop.wait()
