"""Where someone is signed in, and ending that."""

from uuid import UUID

from flask import abort, current_app, flash, g, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.kernel import web
from vitaal.kernel.web import signed_in
from vitaal.pages.days import moment_in_words
from vitaal.people import browser, sessions
from vitaal.people.views.blueprint import blueprint


@blueprint.get("/mijn/sessies")
@signed_in
def my_sessions() -> str:
    """Every browser in which I am signed in, the latest used first."""
    settings = current_app.config["VITAAL"]
    return render_template(
        "people/sessions.html",
        sessions=sessions.my_sessions(settings.session_idle, settings.session_absolute),
        this=browser.this_session(),
        moment_in_words=moment_in_words,
    )


@blueprint.post("/mijn/sessies/<uuid:session_id>/einde")
@signed_in
def end_one(session_id: UUID) -> Response:
    """Sign out in one other browser."""
    if not sessions.end(session_id):
        abort(404)
    flash(_("Op dat apparaat ben je uitgelogd."))
    return web.see_other("people.my_sessions")


@blueprint.post("/mijn/sessies/einde")
@signed_in
def end_all() -> Response:
    """Sign out everywhere, here too."""
    sessions.end_everywhere(g.person.id)
    return browser.end_session(redirect("/", code=303))
