"""The open door: asking to take part, without knowing anyone inside."""

from typing import Any

from flask import abort, g, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _

from vitaal.invitations import joining, words
from vitaal.invitations.forms import JoinForm
from vitaal.invitations.views.blueprint import blueprint
from vitaal.kernel import limits
from vitaal.kernel.web import public
from vitaal.workspaces.models import Circle


@blueprint.get("/w/<slug>/meedoen")
@public
def ask_to_join(slug: str) -> str:
    """What this place is, what taking part means, and four questions."""
    workspace = joining.open_door(slug) or abort(404)
    form = JoinForm(name=g.person.name, email=g.person.email) if g.person else JoinForm()
    return _page(workspace, form)


@blueprint.post("/w/<slug>/meedoen")
@public
def send_request(slug: str) -> Any:
    """Ask. The answer is the same for an address that is known here, and for asking twice."""
    workspace = joining.open_door(slug) or abort(404)
    form = JoinForm()
    if not form.validate():
        return _page(workspace, form), 422
    sentence = _("Er kwamen hier veel aanmeldingen achter elkaar. Probeer het over een uur opnieuw.")
    limits.count("10 per hour", "joining", request.remote_addr or "", sentence=sentence)
    limits.count("5 per day", "joining", form.email.data or "", sentence=sentence)
    locale = get_locale()
    joining.ask(
        workspace,
        name=form.name.data or "",
        email=form.email.data or "",
        organisation=form.organisation.data or "",
        reason=form.reason.data or "",
        language=locale.language if locale else "nl",
    )
    return render_template("invitations/join_asked.html", workspace=workspace)


def _page(workspace: Any, form: JoinForm) -> str:
    circle = words.circle_words(Circle.OUTER)
    return render_template("invitations/join.html", workspace=workspace, form=form, circle=circle)
