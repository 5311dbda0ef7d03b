"""The carrier of the real world: one SMTP connection for a batch of letters."""

import contextlib
import smtplib
import ssl
from collections.abc import Sequence
from urllib.parse import parse_qs, unquote, urlsplit

from vitaal.post.addresses import For, OurAddresses
from vitaal.post.carriers import NoSuchAddress, Postponed, Refused, Unreachable, Unsure
from vitaal.post.delivery_reports import is_gone_over_smtp
from vitaal.post.mime import address_in, message_of
from vitaal.post.models import Letter

_PATIENCE = 30.0


class Smtp:
    """A connection that is made with the first letter, and made anew when the server ended it meanwhile."""

    def __init__(self, url: str, sender: str, returns: OurAddresses | None = None) -> None:
        """`url` is smtp://user:password@host:port?starttls=1, or smtps://…; `sender` is "Name <address>".

        With `returns` each letter that can't be delivered comes back to an address of its own.
        """
        self._url = url
        self._sender = sender
        self._returns = returns
        self._line: smtplib.SMTP | None = None
        self._message = b""

    def greet(self) -> None:
        """Connect and sign in, unless that was done; see Carrier."""
        self._line = self._line or self._connect()

    def offer(self, letter: Letter) -> None:
        """Name sender and reader to the server, once more when it had hung up meanwhile; see Carrier."""
        self._message = message_of(letter, self._sender)
        try:
            self._envelope(letter)
        except (smtplib.SMTPException, OSError):
            self.close()
            self._once_more(letter)

    def withdraw(self) -> None:
        """Forget the envelope."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if self._line:
                self._line.rset()

    def hand_over(self, letter: Letter) -> None:
        """Send the content; see Carrier."""
        assert self._line
        try:
            code, reply = self._line.data(self._message)
        except smtplib.SMTPDataError as error:
            self.withdraw()
            raise _meaning(int(error.smtp_code), error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unsure(f"No answer after {letter.message_id} was handed over: {error}") from error
        if code != 250:
            raise _meaning(code, reply)

    def close(self) -> None:
        """Say goodbye, or hang up when the other side is gone."""
        if self._line:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._line.quit()
            self._line.close()
            self._line = None

    def _once_more(self, letter: Letter) -> None:
        try:
            self.greet()
            self._envelope(letter)
        except (smtplib.SMTPException, OSError, Unreachable) as error:
            self.close()
            raise Postponed(f"The mail server broke off: {error}") from error

    def _envelope(self, letter: Letter) -> None:
        assert self._line
        line = self._line
        options: Sequence[str] = () if letter.recipient.isascii() else ("SMTPUTF8", "BODY=8BITMIME")
        try:
            code, reply = line.mail(self._comes_back_to(letter), options)
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(
                "The mail server can't write to addresses with other letters than a to z."
            ) from error
        is_welcome = code == 250
        if is_welcome:
            code, reply = line.rcpt(letter.recipient)
        if code not in {250, 251}:
            self.withdraw()
            meaning = _meaning(code, reply)
            if is_welcome and is_gone_over_smtp(code, str(meaning)):
                raise NoSuchAddress(str(meaning))
            raise meaning

    def _comes_back_to(self, letter: Letter) -> str:
        """The sender on the envelope."""
        return self._returns.address(For.RETURNS, letter.id) if self._returns else address_in(self._sender)

    def _connect(self) -> smtplib.SMTP:
        where = urlsplit(self._url)
        is_secret = where.scheme == "smtps"
        host, port = where.hostname or "127.0.0.1", where.port or (465 if is_secret else 25)
        try:
            line: smtplib.SMTP = (
                smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=ssl.create_default_context())
                if is_secret
                else smtplib.SMTP(host, port, timeout=_PATIENCE)
            )
            if parse_qs(where.query).get("starttls") == ["1"]:
                line.starttls(context=ssl.create_default_context())
            line.ehlo_or_helo_if_needed()
            if where.username:
                line.login(unquote(where.username), unquote(where.password or ""))
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(f"The mail server at {host}:{port} can't be reached: {error}") from error
        return line


def _meaning(code: int, reply: bytes | str) -> Refused | Postponed:
    said = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    kind = Refused if code >= 500 else Postponed
    return kind(f"The mail server answered {code}: {said}")
