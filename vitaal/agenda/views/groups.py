"""Working groups, and how the work is spread over the partners."""

from typing import Any
from uuid import UUID

from flask import abort, flash, g, render_template
from flask_babel import gettext as _

from vitaal.agenda import groups as rules
from vitaal.agenda import meeting_words
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.equal_voice import spread
from vitaal.agenda.group_forms import GroupForm, GroupMemberForm
from vitaal.agenda.groups import group_with
from vitaal.agenda.lines import page
from vitaal.agenda.meeting_queries import meetings_of
from vitaal.agenda.models import Action, WorkingGroup
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.agenda.views.blueprint import blueprint
from vitaal.decisions import words as decision_words
from vitaal.decisions.card import card_about
from vitaal.decisions.origins import Source
from vitaal.kernel.db import here
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import requires, see_other
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import live_members


@blueprint.get("/w/<slug>/groepen", endpoint="groups")
@requires(AgendaPermission.READ_GOALS)
def show_groups() -> str:
    """All working groups."""
    return render_template("agenda/groups.html", groups=rules.groups_in_view(), permissions=AgendaPermission)


@blueprint.get("/w/<slug>/groepen/nieuw")
@requires(AgendaPermission.ADD)
def new_group() -> str:
    """The form for a new working group."""
    return _form(GroupForm())


@blueprint.post("/w/<slug>/groepen/nieuw")
@requires(AgendaPermission.ADD)
def add_group() -> Any:
    """Begin a working group."""
    form = GroupForm().offer(live_members())
    if not form.validate():
        return _form(form), 422
    lead = here(Membership, form.chosen_lead) if form.chosen_lead else None
    group = rules.begin(form.name.data or "", purpose=form.purpose.data or "", lead=lead, by=g.member)
    return see_other("agenda.show_group", group_id=group.id)


@blueprint.get("/w/<slug>/groepen/<uuid:group_id>")
@requires(AgendaPermission.READ_GOALS, on=group_with)
def show_group(group: WorkingGroup) -> str:
    """One working group: who takes part, and its own part of the agenda."""
    return _page(group, GroupMemberForm())


@blueprint.get("/w/<slug>/groepen/<uuid:group_id>/aanpassen")
@requires(AgendaPermission.CHANGE, on=group_with)
def edit_group(group: WorkingGroup) -> str:
    """The working group as it is now, to change."""
    return _form(GroupForm(formdata=None, obj=group, lead_id=str(group.lead_id or "")), group)


@blueprint.post("/w/<slug>/groepen/<uuid:group_id>/aanpassen")
@requires(AgendaPermission.CHANGE, on=group_with)
def change_group(group: WorkingGroup) -> Any:
    """Change the working group. When someone else did so meanwhile, both texts are shown and nothing is lost."""
    form = GroupForm().offer(live_members())
    if not form.validate():
        return _form(form, group), 422
    try:
        rules.change(group, form.seen, form.wanted(), by=g.member)
    except ChangedMeanwhile:
        form.now_at(group.version)
        theirs = {
            name: getattr(group, name)
            for name in ("name", "purpose")
            if getattr(group, name) != form[name].data
        }
        return _form(form, group, theirs), 409
    return see_other("agenda.show_group", group_id=group.id)


@blueprint.post("/w/<slug>/groepen/<uuid:group_id>/leden")
@requires(AgendaPermission.CHANGE, on=group_with)
def welcome_group_member(group: WorkingGroup) -> Any:
    """Let someone take part, of any partner and circle."""
    form = GroupMemberForm().offer(live_members())
    if not form.validate():
        return _page(group, form), 422
    rules.welcome(group, here(Membership, form.chosen) or abort(404), by=g.member)
    return see_other("agenda.show_group", group_id=group.id, _anchor="leden")


@blueprint.post("/w/<slug>/groepen/<uuid:group_id>/leden/<uuid:member_id>/weg")
@requires(AgendaPermission.CHANGE, on=group_with)
def let_group_member_go(group: WorkingGroup, member_id: UUID) -> Any:
    """Someone does not take part any more."""
    rules.let_go(group, here(Membership, member_id) or abort(404), by=g.member)
    return see_other("agenda.show_group", group_id=group.id, _anchor="leden")


@blueprint.post("/w/<slug>/groepen/<uuid:group_id>/stoppen")
@requires(AgendaPermission.TAKE_PART, on=group_with)
def leave_group(group: WorkingGroup) -> Any:
    """Stop taking part yourself."""
    rules.let_go(group, g.member, by=g.member)
    flash(_("Je doet niet meer mee met deze werkgroep."), "good")
    return see_other("agenda.show_group", group_id=group.id)


@blueprint.post("/w/<slug>/groepen/<uuid:group_id>/einde")
@requires(AgendaPermission.CHANGE, on=group_with)
def end_group(group: WorkingGroup) -> Any:
    """The work is done."""
    rules.end(group, by=g.member)
    flash(_("De werkgroep is klaar. De acties staan nog op de agenda."), "good")
    return see_other("agenda.groups")


@blueprint.get("/w/<slug>/agenda/verdeling")
@requires(AgendaPermission.READ_GOALS)
def show_spread() -> str:
    """How the work is spread over formal and informal partners."""
    return render_template("agenda/spread.html", spread=spread())


def _page(group: WorkingGroup, form: GroupMemberForm) -> str:
    members = rules.members_of(group)
    taking_part = {member.id for member in members}
    others = [member for member in live_members() if member.id not in taking_part]
    return render_template(
        "agenda/group.html", group=group, members=members, form=form.offer(others),
        page=page([Action.group_id == group.id, *ON_THE_AGENDA], (Action.position, Action.id)),
        decided=card_about(Source.GROUP, group.id, is_open=group.ended_at is None), deciding=decision_words,
        meetings=meetings_of(group.id), when=meeting_words.when, permissions=AgendaPermission,
    )  # fmt: skip


def _form(form: GroupForm, group: WorkingGroup | None = None, theirs: dict[str, Any] | None = None) -> str:
    return render_template(
        "agenda/group_form.html", form=form.offer(live_members()), group=group, theirs=theirs
    )
