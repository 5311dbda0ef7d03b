"""What the browser keeps for us: the secret of its session, and for ten minutes the secret of what it asked."""

from datetime import timedelta

from flask import current_app, redirect, request, session
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.kernel import limits, tokens, web
from vitaal.people import sessions, signing_in
from vitaal.people.addresses import masked
from vitaal.people.device import device_of
from vitaal.people.models import Person, Purpose, SignInRequest

_TYPED = "typed"


def start_asking(
    email: str, purpose: Purpose = Purpose.SIGN_IN, return_to: str = "", *, was_typed: bool = False
) -> Response:
    """Let someone in this browser show that a (normalised) address is theirs, and come back to `return_to`.

    Sends the letter and answers with the page on which to type the code; too many letters or requests: 429.
    That page shows the address in full only when it `was_typed` here.
    """
    sentence = _("Je vroeg te vaak om een mail. Wacht een kwartier en probeer het dan opnieuw.")
    limits.count("20 per 15 minutes", "asking", request.remote_addr or "", sentence=sentence)
    limits.count("3 per 15 minutes; 10 per day", "letters", email, sentence=sentence)
    secret = signing_in.ask(email, purpose=purpose, return_to=return_to, language=_language())
    session[_TYPED] = email if was_typed else ""
    response = web.see_other("people.enter_code")
    _keep(response, _asking_cookie(), secret, signing_in.LIFETIME)
    return response


def asking_secret() -> str:
    """The secret of what this browser asked; '' when it asked nothing."""
    return request.cookies.get(_asking_cookie(), "")


def as_shown(asked: SignInRequest) -> str:
    """The address that was asked for: in full to who typed it in this browser, else masked."""
    return asked.email if session.get(_TYPED) == asked.email else masked(asked.email)


def begin_session(person: Person, return_to: str) -> Response:
    """Sign a person in here, ending the session that was; then to `return_to`, or to the start."""
    if was := request.cookies.get(web.session_cookie()):
        sessions.end_this(tokens.hash_of(was, web.SESSION_PURPOSE))
    secret = sessions.begin(person, device_of(request.user_agent.string))
    response = redirect(web.back_to(return_to, "/"), code=303)
    _keep(response, web.session_cookie(), secret, current_app.config["VITAAL"].session_absolute)
    _drop(response, _asking_cookie())
    session.pop(_TYPED, None)
    return response


def end_session(response: Response) -> Response:
    """Let this browser forget who was signed in and what was asked."""
    _drop(response, web.session_cookie())
    _drop(response, _asking_cookie())
    return response


def this_session() -> bytes:
    """The hash by which this browser's session is known; of '' when there is none."""
    return tokens.hash_of(request.cookies.get(web.session_cookie(), ""), web.SESSION_PURPOSE)


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "nl"


def _asking_cookie() -> str:
    return "__Host-vitaal-asking" if current_app.config["VITAAL"].is_secure else "vitaal_asking"


def _keep(response: Response, name: str, value: str, lifetime: timedelta) -> None:
    is_secure = current_app.config["VITAAL"].is_secure
    response.set_cookie(name, value, max_age=lifetime, httponly=True, samesite="Lax", secure=is_secure)


def _drop(response: Response, name: str) -> None:
    is_secure = current_app.config["VITAAL"].is_secure
    response.delete_cookie(name, httponly=True, samesite="Lax", secure=is_secure)
