"""Every environment variable, named once, typed, with its default and its reason."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

_POSTGRES = ("postgresql", "postgresql+psycopg", "postgres")
_DOMAIN = re.compile(r"(?=.{4,180}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_DOOR = re.compile(r"(lmtp|smtp)://([\w.-]+|\[[0-9a-f:]+\]):\d{1,5}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
ROOT = Path(__file__).resolve().parent.parent


class BadSetting(ValueError):
    """An environment variable holds something that can't be used; the message is one clear sentence."""


@dataclass(frozen=True)
class Settings:
    """What an installation may choose. Read it once at start with `Settings.from_environment()`."""

    port: int = 8000
    host: str = "127.0.0.1"
    instance: Path = ROOT / "instance"
    database_url: str | None = None
    database_admin_url: str | None = None
    redis_url: str | None = None
    base_url: str = "http://localhost:8000"
    secret_key: str | None = None
    local_mailbox: bool = False
    smtp_url: str = "smtp://127.0.0.1:25"
    mail_from: str = "Vitaal <post@vitaal.example>"
    mail_domain: str = ""
    mail_door: str = "lmtp://127.0.0.1:8024"
    storage_url: str | None = None
    help_phone: str = "(0123) 45 67 89"
    session_idle: timedelta = timedelta(days=14)
    session_absolute: timedelta = timedelta(days=30)
    proxy_hops: int = 0
    log_level: str = "INFO"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the VITAAL_… variables.

        VITAAL_PORT, VITAAL_HOST        where the web server listens (8000 on loopback)
        VITAAL_INSTANCE                 folder for everything that this installation keeps (./instance)
        VITAAL_DATABASE_URL             PostgreSQL of your own; without it Vitaal starts one
        VITAAL_DATABASE_ADMIN_URL       a login that may make roles, for `vitaal migrate` (the URL above)
        VITAAL_REDIS_URL                Redis of your own; without it Vitaal starts one
        VITAAL_BASE_URL                 how people reach it; every link in a mail starts with it
        VITAAL_SECRET_KEY               signs cookies; without it one is made in the instance folder
        VITAAL_LOCAL_MAILBOX            1: mail stays here, to be read on /dev/post
        VITAAL_SMTP_URL, VITAAL_MAIL_FROM   smtp://user:password@host:587?starttls=1 and the sender
        VITAAL_MAIL_DOMAIN              antwoord.vitaal.example: mail to it comes in at the door (without: none comes in)
        VITAAL_MAIL_DOOR                where the door listens: host:port for LMTP (127.0.0.1:8024), or smtp://host:port
        VITAAL_STORAGE_URL              an fsspec address for files (a folder in the instance)
        VITAAL_HELP_PHONE               the number on every page and letter
        VITAAL_SESSION_IDLE_HOURS, VITAAL_SESSION_DAYS   when a sign-in ends (336 idle, 30 in all)
        VITAAL_PROXY_HOPS               trusted proxies in front, for the client's address (0)
        VITAAL_LOG_LEVEL                INFO

        Raises BadSetting with one sentence that names the variable.
        """
        port = _number(environ, "VITAAL_PORT", 8000)
        return cls(
            port=port,
            host=environ.get("VITAAL_HOST", "127.0.0.1"),
            instance=Path(environ.get("VITAAL_INSTANCE") or ROOT / "instance").absolute(),
            database_url=_address(environ, "VITAAL_DATABASE_URL", *_POSTGRES),
            database_admin_url=_address(environ, "VITAAL_DATABASE_ADMIN_URL", *_POSTGRES),
            redis_url=_address(environ, "VITAAL_REDIS_URL", "redis", "rediss", "unix"),
            base_url=(
                _address(environ, "VITAAL_BASE_URL", "https", "http") or f"http://localhost:{port}"
            ).rstrip("/"),
            secret_key=environ.get("VITAAL_SECRET_KEY") or None,
            local_mailbox=environ.get("VITAAL_LOCAL_MAILBOX", "") in {"1", "true", "yes"},
            smtp_url=_address(environ, "VITAAL_SMTP_URL", "smtp", "smtps") or cls.smtp_url,
            mail_from=environ.get("VITAAL_MAIL_FROM") or cls.mail_from,
            mail_domain=_domain(environ, "VITAAL_MAIL_DOMAIN"),
            mail_door=_door(environ, "VITAAL_MAIL_DOOR", cls.mail_door),
            storage_url=environ.get("VITAAL_STORAGE_URL") or None,
            help_phone=environ.get("VITAAL_HELP_PHONE") or cls.help_phone,
            session_idle=timedelta(hours=_number(environ, "VITAAL_SESSION_IDLE_HOURS", 14 * 24)),
            session_absolute=timedelta(days=_number(environ, "VITAAL_SESSION_DAYS", 30)),
            proxy_hops=_number(environ, "VITAAL_PROXY_HOPS", 0),
            log_level=_level(environ, "VITAAL_LOG_LEVEL", cls.log_level),
        )

    def require_servers(self) -> None:
        """Raise BadSetting where the address of a server that only `vitaal run` brings along is missing."""
        for name, url in (("VITAAL_DATABASE_URL", self.database_url), ("VITAAL_REDIS_URL", self.redis_url)):
            if not url:
                raise BadSetting(f"{name} is not set, and only `vitaal run` brings that server along.")

    @property
    def is_secure(self) -> bool:
        """Whether people reach Vitaal over https, so that cookies can demand it."""
        return self.base_url.startswith("https://")

    def signing_key(self) -> str:
        """The configured secret, or one that is made once and kept in the instance folder."""
        if self.secret_key:
            return self.secret_key
        kept = self.instance / "secret-key"
        if not kept.exists():
            self.instance.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_suffix(f".{os.getpid()}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48))
            try:
                os.link(fresh, kept)
            except FileExistsError:
                pass  # another process of this start was first: its key counts
            fresh.unlink()
        return kept.read_text()


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    raw = environ.get(name) or str(default)
    if not raw.isdigit():
        raise BadSetting(f"{name} must be a whole number, not {raw!r}.")
    return int(raw)


def _address(environ: Mapping[str, str], name: str, *schemes: str) -> str | None:
    raw = environ.get(name)
    if raw and raw.partition("://")[0] not in schemes:
        raise BadSetting(f"{name} must be an address that starts with {schemes[0]}://.")
    return raw or None


def _domain(environ: Mapping[str, str], name: str) -> str:
    """A domain in the letters that go over the wire; its capitals mean nothing."""
    raw = environ.get(name, "").strip().lower()
    if raw and not _DOMAIN.fullmatch(raw):
        raise BadSetting(f"{name} must be a domain like antwoord.vitaal.example, not {raw!r}.")
    return raw


def _door(environ: Mapping[str, str], name: str, default: str) -> str:
    """Where to listen, always with how: lmtp://host:port or smtp://host:port."""
    raw = environ.get(name) or default
    address = raw if "://" in raw else f"lmtp://{raw}"
    if not _DOOR.fullmatch(address):
        raise BadSetting(f"{name} must be host:port, or smtp://host:port, not {raw!r}.")
    return address


def _level(environ: Mapping[str, str], name: str, default: str) -> str:
    raw = (environ.get(name) or default).upper()
    if raw not in _LEVELS:
        raise BadSetting(f"{name} must be one of {', '.join(_LEVELS)}, not {raw!r}.")
    return raw
