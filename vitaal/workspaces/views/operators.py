"""The page for who runs this installation: who works for which municipality and programme."""

from flask import flash, g, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.kernel import web
from vitaal.kernel.db import db
from vitaal.kernel.web import requires
from vitaal.post.compose import send
from vitaal.workspaces import appointments, mails
from vitaal.workspaces.access import WorkspacePermission
from vitaal.workspaces.models import Officer, Programme, ProgrammeStaff
from vitaal.workspaces.operator_forms import OfficerForm, ProgrammeForm, StaffForm
from vitaal.workspaces.views.blueprint import blueprint

Answer = str | Response | tuple[str, int]


@blueprint.get("/beheer")
@requires(WorkspacePermission.OPERATE)
def operate() -> str:
    """Officers per municipality, and programmes with their staff."""
    return _page()


@blueprint.post("/beheer/gemeenten")
@requires(WorkspacePermission.OPERATE)
def appoint_officer() -> Answer:
    """Let someone start coalitions for a municipality; they get a letter."""
    form = OfficerForm(prefix="officer-")
    if form.validate_on_submit() and form.found:
        appointed = appointments.appoint_officer(form.found, form.email.data or "", form.name.data or "")
        if appointed.is_change:
            send(mails.appointed_officer(appointed.person, form.found, by=g.person))
        flash(
            _("%(name)s begint coalities voor %(place)s.", name=appointed.person.name, place=form.found.name)
        )
        return web.see_other("workspaces.operate")
    return _page(officer=form), 422


@blueprint.post("/beheer/gemeenten/<municipality_slug>/<uuid:person_id>/ontslag")
@requires(WorkspacePermission.OPERATE, on=appointments.officer_of)
def dismiss_officer(officer: Officer) -> Answer:
    """End an appointment for a municipality."""
    appointments.dismiss(officer)
    flash(_("Dit is gestopt. Wat er al loopt, gaat door."))
    return web.see_other("workspaces.operate")


@blueprint.post("/beheer/programmas")
@requires(WorkspacePermission.OPERATE)
def make_programme() -> Answer:
    """Make a programme."""
    form = ProgrammeForm(prefix="programme-")
    if form.validate_on_submit():
        programme = appointments.make_programme(form.title.data or "")
        flash(_("Programma %(name)s is er.", name=programme.name))
        return web.see_other("workspaces.operate")
    return _page(programme=form), 422


@blueprint.post("/beheer/programmas/mensen")
@requires(WorkspacePermission.OPERATE)
def appoint_staff() -> Answer:
    """Let someone work for a programme; they get a letter."""
    form = StaffForm(prefix="staff-").offer(appointments.programmes())
    if form.validate_on_submit():
        programme = db.session.get_one(Programme, form.programme.data)
        appointed = appointments.appoint_staff(programme, form.email.data or "", form.name.data or "")
        if appointed.is_change:
            send(mails.appointed_staff(appointed.person, programme, by=g.person))
        flash(
            _("%(name)s werkt nu voor %(programme)s.", name=appointed.person.name, programme=programme.name)
        )
        return web.see_other("workspaces.operate")
    return _page(staff=form), 422


@blueprint.post("/beheer/programmas/<programme_slug>/<uuid:person_id>/ontslag")
@requires(WorkspacePermission.OPERATE, on=appointments.staff_of)
def dismiss_staff(staff: ProgrammeStaff) -> Answer:
    """End an appointment for a programme."""
    appointments.dismiss(staff)
    flash(_("Dit is gestopt. Wat er al loopt, gaat door."))
    return web.see_other("workspaces.operate")


def _page(
    officer: OfficerForm | None = None, programme: ProgrammeForm | None = None, staff: StaffForm | None = None
) -> str:
    programmes = appointments.programmes()
    return render_template(
        "workspaces/operate.html",
        officers=appointments.officers(),
        programmes=programmes,
        staff=appointments.staff(),
        municipality_names=appointments.municipality_names(),
        officer_form=officer or OfficerForm(formdata=None, prefix="officer-"),
        programme_form=programme or ProgrammeForm(formdata=None, prefix="programme-"),
        staff_form=staff or StaffForm(formdata=None, prefix="staff-").offer(programmes),
        has_errors=bool(officer or programme or staff),
    )
