"""How someone wants Vitaal to be."""

from flask import flash, g, render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.kernel import web
from vitaal.kernel.db import db
from vitaal.kernel.web import signed_in
from vitaal.people import browser, queries, rhythm
from vitaal.people.forms import AddressForm, PreferencesForm
from vitaal.people.models import Person, Purpose
from vitaal.people.views.blueprint import blueprint

Answer = str | Response | tuple[str, int]


@blueprint.route("/mijn/voorkeuren", methods=["GET", "POST"])
@signed_in
def preferences() -> Answer:
    """My name, language and colours, where I live, and my addresses."""
    person = db.session.get_one(Person, g.person.id)
    form = PreferencesForm(obj=person)
    form.keep_zone(person.time_zone)
    if form.validate_on_submit():
        _keep(person, form)
        with force_locale(person.language):
            flash(_("Bewaard."))
        return web.see_other("people.preferences")
    page = render_template(
        "people/preferences.html",
        form=form,
        address_form=AddressForm(formdata=None),
        addresses=queries.addresses_of(person.id),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/mijn/adressen")
@signed_in
def add_address() -> Answer:
    """Say that another address is mine too; a code in a letter to it proves that."""
    form = AddressForm()
    if form.validate_on_submit():
        return browser.start_asking(
            form.email.data or "", Purpose.PROVE_ADDRESS, "/mijn/voorkeuren", was_typed=True
        )
    return render_template("people/add_address.html", form=form), 422


def _keep(person: Person, form: PreferencesForm) -> None:
    person.name, person.phone = form.name.data or "", form.phone.data or ""
    person.language, person.colour_scheme = form.language.data, form.colour_scheme.data
    if person.time_zone != form.time_zone.data:
        person.time_zone = form.time_zone.data
        rhythm.reckon_anew([person.id])
