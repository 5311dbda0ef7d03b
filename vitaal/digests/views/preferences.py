"""The whole mail of one person: how often, about which place, and when not."""

from datetime import date

from flask import flash, g, render_template
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.digests import choosing
from vitaal.digests.forms import MailForm, PauseForm
from vitaal.digests.reckoning import places_of
from vitaal.digests.views.blueprint import blueprint
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.web import see_other, signed_in
from vitaal.people.models import Person
from vitaal.post.bounces import is_unreachable

Answer = str | Response | tuple[str, int]


@blueprint.get("/mijn/mail")
@signed_in
def preferences() -> str:
    """My mail as it is now, and on which day the next one comes."""
    return _page(db.session.get_one(Person, g.person.id))


@blueprint.post("/mijn/mail")
@signed_in
def save_preferences() -> Answer:
    """Keep how often I want mail, of all my places and of each."""
    person = _myself()
    places = places_of(person.id)
    form = MailForm.about(person, places)
    if not form.validate():
        return _page(person, form=form), 422
    choosing.choose(person, *form.wanted, places, form.wish_for)
    return _kept()


@blueprint.post("/mijn/mail/rust")
@signed_in
def pause() -> Answer:
    """No mail for a while."""
    person = _myself()
    form = PauseForm(clock.today(person.zone))
    if not form.validate():
        return _page(person, pause_form=form), 422
    choosing.pause(person, form.until.data)
    return _kept()


@blueprint.post("/mijn/mail/rust/einde")
@signed_in
def end_pause() -> Answer:
    """I am back."""
    choosing.pause(_myself(), None)
    return _kept()


def _myself() -> Person:
    person = choosing.hold(g.person.id)
    assert person
    return person


def _kept() -> Response:
    flash(_("Bewaard."), "good")
    return see_other("digests.preferences")


def _page(person: Person, form: MailForm | None = None, pause_form: PauseForm | None = None) -> str:
    today = clock.today(person.zone)
    places = places_of(person.id)
    next_on = choosing.next_mail_on(person, places)
    is_away = person.away_until is not None and person.away_until >= today
    return render_template(
        "digests/preferences.html",
        form=form or MailForm.about(person, places),
        pause_form=pause_form or PauseForm(today, formdata=None),
        places=places,
        next_on=_day(next_on) if next_on else "",
        away_until=_day(person.away_until) if person.away_until and is_away else "",
        is_unreachable=is_unreachable(person.email),
        email=person.email,
        has_errors=bool((form and form.errors) or (pause_form and pause_form.errors)),
    )


def _day(day: date) -> str:
    return str(format_date(day, "EEEE d MMMM" if day.year == clock.today().year else "EEEE d MMMM y"))
