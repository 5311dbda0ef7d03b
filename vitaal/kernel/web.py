"""From a request to a view that may run: who is there, in which workspace, and are they allowed to.

Every view carries exactly one guard (`public`, `machine`, `signed_in` or `requires`); `refuse_unguarded`
makes the application refuse to start when one does not. A view's work is one transaction: it is committed
when the answer is a success or a redirect, and rolled back otherwise.
"""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import Flask, Response, abort, current_app, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from vitaal.kernel import tokens
from vitaal.kernel.access import Asker, Permission, permits
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import NOBODY, Context, switch

SESSION_PURPOSE = "session"
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_PROMISED = "promised"

View = Callable[..., Any]
Loader = Callable[..., Any]


class Application(Flask):
    """Flask, but its log names the view that failed and never its address, which may hold a secret."""

    def log_exception(self, exc_info: Any) -> None:
        """Write down what went wrong, with where in the code."""
        self.logger.error("Exception in %s", request.endpoint, exc_info=exc_info)


@dataclass(frozen=True)
class Guard:
    """How a view is guarded; the generated route test reads it."""

    kind: str
    permission: Permission | None = None
    on: Loader | None = None


def public(view: View) -> View:
    """Anyone may see it, signed in or not."""
    return _guarded(view, Guard("public"), lambda url: view(**url))


def machine(view: View) -> View:
    """For machines (health, well-known files): nobody is looked up, no transaction is opened."""
    view.guard = Guard("machine")  # type: ignore[attr-defined]
    return view


def one_click(view: View) -> View:
    """A POST that a mail program may send from outside (RFC 8058); put it above the guard."""
    view.is_one_click = True  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any person who is signed in; others are asked to sign in first."""

    def run(url: dict[str, Any]) -> Any:
        return view(**url) if g.person else _ask_to_sign_in()

    return _guarded(view, Guard("signed_in"), run)


def requires(permission: Permission, on: Loader | None = None) -> Callable[[View], View]:
    """Only who has the permission, on the object that `on` loads.

    A URL with `<slug>` is entered as a workspace first; no membership is 404, as for an unknown slug. `on`
    takes URL variables by name and returns the object, which becomes the view's first argument, or None:
    404. Without the permission: 403.
    """
    takes = tuple(inspect.signature(on).parameters) if on else ()

    def decorate(view: View) -> View:
        def run(url: dict[str, Any]) -> Any:
            if not g.person:
                return _ask_to_sign_in()
            if "slug" in url:
                _enter_workspace(url.pop("slug"))
            if on is None:
                return view(**url) if may(permission) else abort(403)
            thing = on(**{name: url.pop(name) for name in takes})
            if thing is None:
                abort(404)
            return view(thing, **url) if may(permission, thing) else abort(403)

        return _guarded(view, Guard("requires", permission, on), run)

    return decorate


def may(permission: Permission, on: Any = None) -> bool:
    """Whether the person who is there has a permission; also offered to templates."""
    return permits(Asker(g.get("person"), g.get("member"), g.get("workspace")), permission, on)


def promise() -> None:
    """Say that this transaction holds work for the workers: they are nudged after the commit."""
    db.session.info[_PROMISED] = True


def commit() -> None:
    """Commit, and nudge the workers when something was promised."""
    promised = db.session.info.pop(_PROMISED, False)
    db.session.commit()
    if promised:
        current_app.extensions["nudger"].nudge()


def parts_of(address: str) -> SplitResult:
    """The parts of an address that someone sent; of what is no address (`http://[`) they are all empty."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def back_to(address: str | None, otherwise: str) -> str:
    """`address` when it is a path of our own (so never another site), else `otherwise`."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    if any(ord(letter) < 32 for letter in address) or "\\" in address:
        return otherwise
    parts = parts_of(address)
    return otherwise if parts.scheme or parts.netloc else address


def see_other(endpoint: str, **values: Any) -> AnyResponse:
    """The answer to a change that succeeded: go and look there (303)."""
    return redirect(url_for(endpoint, **values), code=303)


def address_of(endpoint: str, _anchor: str | None = None, **values: Any) -> str:
    """A full address for a mail: from the configuration, never from the request."""
    adapter = current_app.url_map.bind("")
    path = adapter.build(endpoint, values, force_external=False)
    base: str = current_app.config["VITAAL"].base_url
    return f"{base}{path}#{_anchor}" if _anchor else base + path


def install(
    app: Flask,
    identify: Callable[[bytes], Any],
    find_membership: Callable[[str], tuple[Any, Any] | None],
) -> None:
    """Wire an application: how a session's hash becomes a person, and a slug a (workspace, membership)."""
    app.extensions["identify"] = identify
    app.extensions["find_membership"] = find_membership
    app.before_request(_start_request)
    app.after_request(_harden)
    app.url_defaults(_stay_in_workspace)
    app.jinja_env.globals["may"] = may


def refuse_unguarded(app: Flask) -> None:
    """Raise RuntimeError naming every view without a guard."""
    bare = [name for name, view in app.view_functions.items() if guard_of(view) is None]
    if bare:
        raise RuntimeError("These views carry no guard: " + ", ".join(sorted(bare)))


def guard_of(view: View) -> Guard | None:
    """The guard that a view carries, or None."""
    guard: Guard | None = getattr(view, "guard", None)
    return guard


def session_cookie() -> str:
    """The name of the session cookie; bound to this host where https allows it."""
    return "__Host-vitaal" if current_app.config["VITAAL"].is_secure else "vitaal_session"


def _guarded(view: View, guard: Guard, run: Callable[[dict[str, Any]], Any]) -> View:
    @functools.wraps(view)
    def guarded(**url: Any) -> Response:
        response = make_response(run(url))
        if response.status_code < 400:
            commit()
        else:
            db.session.rollback()
        return response

    guarded.guard = guard  # type: ignore[attr-defined]
    return guarded


def _start_request() -> Response | None:
    g.request_id = str(new_id())
    g.context, g.person, g.member, g.workspace = NOBODY, None, None, None
    view = current_app.view_functions.get(request.endpoint or "")
    guard = guard_of(view) if view else None
    if guard is None or guard.kind == "machine":
        return None
    if not getattr(view, "is_one_click", False):
        _refuse_foreign_post()
    secret = request.cookies.get(session_cookie())
    if secret:
        switch(db.session, Context(token=tokens.hash_of(secret, SESSION_PURPOSE)))
        g.person = current_app.extensions["identify"](g.context.token)
        db.session.commit()
        switch(db.session, Context(person_id=g.person.id) if g.person else NOBODY)
    return None


def _refuse_foreign_post() -> None:
    if request.method in _SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is not None and site not in {"same-origin", "none"}:
        abort(403)
    if site is None and origin is not None and parts_of(origin).netloc != request.host:
        abort(403)


def _enter_workspace(slug: str) -> None:
    found = current_app.extensions["find_membership"](slug)
    if found is None:
        abort(404)
    workspace, member = found
    db.session.expunge_all()  # they keep what was read: entering would forget it, and ask again
    db.session.commit()  # after a rollback every statement would be planned anew
    switch(db.session, Context(g.person.id, workspace.id))
    g.workspace = db.session.merge(workspace, load=False)
    g.member = db.session.merge(member, load=False)


def _ask_to_sign_in() -> AnyResponse:
    target = request.full_path.rstrip("?") if request.method in _SAFE_METHODS else None
    return redirect(url_for(current_app.config["SIGN_IN_ENDPOINT"], next=target), code=303)


def _stay_in_workspace(endpoint: str, values: dict[str, Any]) -> None:
    workspace = g.get("workspace")
    if workspace and "slug" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values["slug"] = workspace.slug


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _CSP)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
        headers.setdefault("Vary", "HX-Request, Cookie")
    if current_app.config["VITAAL"].is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload")
    headers.setdefault("X-Request-Id", g.get("request_id", ""))
    return response


_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
