"""Stopping the digests from a mail, without signing in. Looking changes nothing; only the button does."""

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from vitaal.digests import unsubscribing
from vitaal.digests.forms import StopForm
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import Context, switch
from vitaal.kernel.web import one_click, public, see_other
from vitaal.people import rhythm
from vitaal.people.models import Cadence, Person
from vitaal.workspaces.queries import stands_inner

blueprint = Blueprint("digests", __name__, template_folder="templates")


@blueprint.get("/mail/stop/<secret>")
@public
def stop(secret: str) -> str:
    """Ask how often they want mail from now on."""
    reader = _reader(secret)
    return render_template("digests/stop.html", form=StopForm(), secret=secret, cadence=reader.digest_cadence)


@blueprint.post("/mail/stop/<secret>")
@one_click
@public
def choose(secret: str) -> str | Response | tuple[str, int]:
    """Set the rhythm. A mail program's own button (RFC 8058) means never, and gets no redirect."""
    reader = _reader(secret)
    if request.form.get("List-Unsubscribe") == "One-Click":
        _keep(reader, Cadence.NEVER)
        return render_template("digests/stopped.html", secret=secret, cadence=Cadence.NEVER)
    form = StopForm()
    if not form.validate():
        return render_template(
            "digests/stop.html", form=form, secret=secret, cadence=reader.digest_cadence
        ), 422
    _keep(reader, Cadence(form.cadence.data))
    return see_other("digests.stopped", secret=secret)


@blueprint.get("/mail/stop/<secret>/klaar")
@public
def stopped(secret: str) -> str:
    """What they chose, and how to choose again."""
    return render_template("digests/stopped.html", secret=secret, cadence=_reader(secret).digest_cadence)


def _reader(secret: str) -> Person:
    """Whose mail this is; from here on the context is theirs. 404 for a secret that is worth nothing."""
    person_id = unsubscribing.person_of(secret)
    if person_id is None:
        abort(404)
    switch(db.session, Context(person_id=person_id))
    person = db.session.get(Person, person_id)
    return person or abort(404)


def _keep(person: Person, cadence: Cadence) -> None:
    person.digest_cadence = cadence
    rhythm.plan(person, stands_inner(person.id))
