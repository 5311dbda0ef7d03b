"""Stopping exactly the mail in which someone follows the link: looking changes nothing, the button does."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from vitaal.digests import choosing
from vitaal.digests.forms import StopForm
from vitaal.digests.reckoning import Place, places_of, rhythm_of
from vitaal.digests.unsubscribing import Stops, what_of
from vitaal.digests.views.blueprint import blueprint
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import Context, switch
from vitaal.kernel.web import one_click, public, see_other
from vitaal.people.models import Cadence, Person

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Mail:
    """The mail that a link is about: whose, about which places, and whether it told something at once.

    `place` is the one place that it is about, if it is about one only.
    """

    person: Person
    places: Sequence[Place]
    place: Place | None
    at_once: bool

    @property
    def cadence(self) -> Cadence | None:
        """How often it comes; None when that follows from where someone stands."""
        if self.place:
            return rhythm_of(self.person, self.place)[0]
        return Cadence(self.person.digest_cadence) if self.person.digest_cadence else None

    @property
    def is_stopped(self) -> bool:
        """Whether nothing is told at once any more."""
        return not any(place.is_told_at_once for place in self.places)


@blueprint.get("/mail/stop/<secret>")
@public
def stop(secret: str) -> str:
    """Say what stops, and ask how often they want it from now on."""
    return _page(secret, _mail(_enter(secret)), StopForm())


@blueprint.post("/mail/stop/<secret>")
@one_click
@public
def choose(secret: str) -> Answer:
    """Stop it, or change its rhythm. A mail program's own button (RFC 8058) stops it, and gets no redirect."""
    stops = _enter(secret)
    choosing.hold(stops.person_id)
    mail, form = _mail(stops), StopForm()
    if request.form.get("List-Unsubscribe") == "One-Click":
        _keep(mail, Cadence.NEVER)
        return _done(secret, _mail(stops))
    if not form.validate():
        return _page(secret, mail, form), 422
    _keep(mail, Cadence(form.cadence.data))
    return see_other("digests.stopped", secret=secret)


@blueprint.get("/mail/stop/<secret>/klaar")
@public
def stopped(secret: str) -> Answer:
    """What they chose, and where to choose again; who chose nothing yet is asked first."""
    mail = _mail(_enter(secret))
    has_chosen = mail.is_stopped if mail.at_once else mail.cadence
    return _done(secret, mail) if has_chosen else see_other("digests.stop", secret=secret)


def _enter(secret: str) -> Stops:
    """What this secret stops; from here on the context is its reader's. 404 for a secret that is worth nothing."""
    stops = what_of(secret)
    if stops is None:
        abort(404)
    switch(db.session, Context(person_id=stops.person_id))
    return stops


def _mail(stops: Stops) -> Mail:
    """The mail as it is now; 404 for who is no longer known here, and for a place that they left."""
    person = db.session.get(Person, stops.person_id)
    if person is None:
        abort(404)
    about = stops.workspace_id
    places = [place for place in places_of(person.id) if about in (None, place.workspace.id)]
    if about and not places:
        abort(404)
    return Mail(person, places, places[0] if about else None, stops.at_once)


def _keep(mail: Mail, cadence: Cadence) -> None:
    if mail.at_once:
        choosing.hear_nothing_at_once(mail.person, mail.places)
    elif mail.place:
        choosing.hear_of(mail.person, mail.place, cadence)
    else:
        choosing.hear_of_all(mail.person, cadence)


def _page(secret: str, mail: Mail, form: StopForm) -> str:
    return render_template("digests/stop.html", form=form, secret=secret, mail=mail)


def _done(secret: str, mail: Mail) -> str:
    return render_template("digests/stopped.html", secret=secret, mail=mail)
