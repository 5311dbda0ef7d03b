"""Showing that an address is yours, without a password: a letter with a link and a code, good for ten minutes.

Link and code only work in the browser that asked (it keeps a secret in a cookie), so a mail scanner, a
forwarded mail or someone who asks in your name gains nothing. Each is used up by one atomic statement.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Update, and_, case, delete, select, update

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tokens import fresh_secret, hash_of
from vitaal.people import mails
from vitaal.people.models import Purpose, SignInRequest, person_with
from vitaal.post import bounces
from vitaal.post.compose import send

LIFETIME = timedelta(minutes=10)
TRIES = 5
_BROWSER, _LINK, _CODE = "sign-in browser", "sign-in link", "sign-in code"


@dataclass(frozen=True)
class Proven:
    """What someone has just shown: this address is theirs. `return_to` is where they came from, or ''."""

    email: str
    purpose: Purpose
    return_to: str


def ask(email: str, *, purpose: Purpose, return_to: str = "", language: str = "nl") -> str:
    """Send a letter with a link and a code to this (normalised) address; earlier ones of it die.

    Does the same work for an address that nobody has: that gets a letter too, which says so. Returns the
    secret for the cookie of the browser that asks. Commits with the caller's transaction.
    """
    browser, link = fresh_secret(_BROWSER), fresh_secret(_LINK)
    code = f"{secrets.randbelow(10**6):06}"
    db.session.execute(delete(SignInRequest).where(SignInRequest.email == email))
    request = SignInRequest(
        email=email,
        purpose=purpose,
        return_to=return_to,
        browser_hash=browser.hash,
        link_hash=link.hash,
        code_hash=_hash_of_code(code, browser.plain),
        expires_at=clock.now() + LIFETIME,
    )
    db.session.add(request)
    person = person_with(email)
    if purpose is Purpose.PROVE_ADDRESS:
        letter = mails.is_this_yours(email, link.plain, code, language, request.expires_at)
    elif person:
        letter = mails.sign_in(email, link.plain, code, person.language, request.expires_at)
    else:
        letter = mails.unknown_address(email, language, request.expires_at)
    send(letter)
    db.session.flush()
    return browser.plain


def asked_with(link: str) -> SignInRequest | None:
    """The living request behind a link, whichever browser asked; changes nothing."""
    return db.session.scalar(
        select(SignInRequest).where(SignInRequest.link_hash == hash_of(link, _LINK), _alive())
    )


def asked_in(browser: str) -> SignInRequest | None:
    """The living request of this browser; changes nothing."""
    return db.session.scalar(select(SignInRequest).where(_of(browser), _alive()))


def use_link(link: str, browser: str) -> Proven | None:
    """Use a link up, in the browser that asked. None when it is worth nothing (here)."""
    used = (
        update(SignInRequest)
        .where(SignInRequest.link_hash == hash_of(link, _LINK), _of(browser), _alive())
        .values(used_at=clock.now())
    )
    return _spend(used)


def use_code(code: str, browser: str) -> Proven | None:
    """Use a code up, in the browser that asked. None when it is wrong, which costs one of five tries."""
    is_right = SignInRequest.code_hash == _hash_of_code(code, browser)
    tried = (
        update(SignInRequest)
        .where(_of(browser), _alive())
        .values(
            used_at=case((is_right, clock.now())),
            wrong_codes=SignInRequest.wrong_codes + case((is_right, 0), else_=1),
        )
    )
    return _spend(tried)


def forget_old() -> None:
    """Delete requests that ended more than a day ago (upkeep)."""
    db.session.execute(
        delete(SignInRequest).where(SignInRequest.expires_at < clock.now() - timedelta(days=1))
    )


def _spend(statement: Update) -> Proven | None:
    row = db.session.execute(
        statement.returning(
            SignInRequest.email, SignInRequest.purpose, SignInRequest.return_to, SignInRequest.used_at
        ).execution_options(synchronize_session=False)
    ).first()
    if row is None or row.used_at is None:
        return None
    bounces.forget(row.email)  # mail to it arrives after all
    return Proven(row.email, Purpose(row.purpose), row.return_to)


def _of(browser: str) -> ColumnElement[bool]:
    return SignInRequest.browser_hash == hash_of(browser, _BROWSER)


def _alive() -> ColumnElement[bool]:
    return and_(
        SignInRequest.used_at.is_(None),
        SignInRequest.expires_at > clock.now(),
        SignInRequest.wrong_codes < TRIES,
    )


def _hash_of_code(code: str, browser: str) -> bytes:
    """Six digits are few, so their hash holds the browser's secret: the database alone can't give the code."""
    return hash_of(f"{browser}:{code}", _CODE)
