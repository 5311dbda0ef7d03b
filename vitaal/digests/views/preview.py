"""How someone's mail would look if it were sent now. Looking tells nothing as told, and sends nothing."""

from flask import Response, abort, g, render_template

from vitaal.digests import composing
from vitaal.digests.views.blueprint import blueprint
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import NOBODY, Context, switch
from vitaal.kernel.web import signed_in
from vitaal.post.models import Letter
from vitaal.post.showing import as_it_looks


@blueprint.get("/mijn/mail/voorbeeld")
@signed_in
def preview() -> str:
    """What my mail would say now."""
    return render_template("digests/preview.html", letter=_letter())


@blueprint.get("/mijn/mail/voorbeeld.html")
@signed_in
def preview_as_it_looks() -> Response:
    """The same mail as it looks in a mail program; 404 when there is nothing to say."""
    letter = _letter()
    return as_it_looks(letter.html) if letter else abort(404)


def _letter() -> Letter | None:
    """My mail of now, if there is anything to say. It is composed as the workers do, from outside any context."""
    switch(db.session, NOBODY)
    letter = composing.preview(g.person.id)
    switch(db.session, Context(person_id=g.person.id))
    return letter
