"""A page for each member: their place and roles, and the members who take part without an account."""

from collections.abc import Iterable
from uuid import UUID

from flask import flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.kernel import clock, web
from vitaal.kernel.web import requires
from vitaal.post.compose import send
from vitaal.workspaces import circles, mail_waiting, mails, memberships, partners, words
from vitaal.workspaces.access import WorkspacePermission
from vitaal.workspaces.models import Circle, Membership, Partner, Reach
from vitaal.workspaces.people_forms import (
    ChangePartnerForm,
    CircleForm,
    HelpedMemberForm,
    HelperForm,
    ReasonForm,
    RolesForm,
)
from vitaal.workspaces.views.blueprint import blueprint
from vitaal.workspaces.views.circles import after_change, last_lead

Answer = str | Response | tuple[str, int]


def found(member_id: UUID) -> Membership | None:
    """The member in the address, when they take part and this reader may see them."""
    return memberships.live_member(member_id)


@blueprint.get("/w/<slug>/cirkels/mensen/nieuw")
@requires(WorkspacePermission.WELCOME_HELPED)
def new_helped_member() -> str:
    """The form for a member who takes part by post or phone."""
    chosen = {"helper": g.member.id, "consented_on": clock.today(), "partner": request.args.get("partner")}
    form = _offered(HelpedMemberForm(data=chosen))
    return render_template("workspaces/new_helped_member.html", form=form)


@blueprint.post("/w/<slug>/cirkels/mensen")
@requires(WorkspacePermission.WELCOME_HELPED)
def welcome_helped_member() -> Answer:
    """Welcome a member without an account, with a named helper."""
    form = _offered(HelpedMemberForm())
    if not form.validate_on_submit():
        return render_template("workspaces/new_helped_member.html", form=form), 422
    helper = memberships.still_here(form.helper.data)
    member = memberships.welcome_helped(
        form.name.data or "",
        circles.hold_partner(form.partner.data),
        reach=Reach(form.reach.data),
        contact=form.contact.data or "",
        helper=helper,
        consented_on=form.consented_on.data or clock.today(),
        circle=Circle(form.circle.data),
        by=g.member,
    )
    flash(_("%(name)s doet mee. %(helper)s helpt.", name=member.name, helper=helper.name))
    return web.see_other("workspaces.show_member", member_id=member.id)


@blueprint.get("/w/<slug>/cirkels/mensen/<uuid:member_id>")
@requires(WorkspacePermission.SEE_PEOPLE, on=found)
def show_member(member: Membership) -> str:
    """One member: for whom, in which circle, with which roles, since when."""
    return _page(member)


@blueprint.post("/w/<slug>/cirkels/mensen/<uuid:member_id>/rollen")
@requires(WorkspacePermission.GIVE_ROLES, on=found)
def give_roles(member: Membership) -> Answer:
    """Let a member have exactly the roles that were ticked."""
    form = RolesForm().offer_to(member)
    if form.validate_on_submit():
        try:
            memberships.give_roles(member, form.chosen, by=g.member)
        except memberships.LastLead:
            form.roles.errors = [last_lead()]
        else:
            flash(_("De rollen van %(name)s zijn bewaard.", name=member.name))
            return web.see_other("workspaces.show_member", member_id=member.id)
    return _page(member, roles=form), 422


@blueprint.post("/w/<slug>/cirkels/mensen/<uuid:member_id>/cirkel")
@requires(WorkspacePermission.CHANGE_MEMBER, on=found)
def move_member(member: Membership) -> Answer:
    """Let a member stand further out than the partner, or with the partner again."""
    form = CircleForm().offer(*within_reach(member.partner))
    if form.validate_on_submit():
        circles.put(member, form.chosen, reason=form.why, by=g.member)
        where = words.CIRCLES_IN_TEXT[form.chosen]
        flash(_("%(name)s staat nu in %(circle)s.", name=member.name, circle=where))
        return web.see_other("workspaces.show_member", member_id=member.id)
    return _page(member, circle=form), 422


@blueprint.post("/w/<slug>/cirkels/mensen/<uuid:member_id>/partner")
@requires(WorkspacePermission.CHANGE_MEMBER, on=found)
def change_partner(member: Membership) -> Answer:
    """Let a member represent another partner."""
    form = ChangePartnerForm(prefix="partner-").offer(_to_represent())
    if form.validate_on_submit():
        partner = circles.hold_partner(form.partner.data)
        memberships.change_partner(member, partner, reason=form.why, by=g.member)
        flash(_("%(name)s doet nu mee namens %(partner)s.", name=member.name, partner=partner.name))
        return web.see_other("workspaces.show_member", member_id=member.id)
    return _page(member, partner=form), 422


@blueprint.post("/w/<slug>/cirkels/mensen/<uuid:member_id>/helper")
@requires(WorkspacePermission.CHANGE_MEMBER, on=found)
def change_helper(member: Membership) -> Answer:
    """Let someone else help a member without an account."""
    form = HelperForm()
    form.offer_helpers(_helpers())
    if member.helper_id is not None and form.validate_on_submit():
        helper = memberships.still_here(form.helper.data)
        memberships.change_helper(member, helper, by=g.member)
        flash(_("%(helper)s helpt nu.", helper=helper.name))
        return web.see_other("workspaces.show_member", member_id=member.id)
    return _page(member, helper=form), 422


@blueprint.get("/w/<slug>/cirkels/mensen/<uuid:member_id>/vertrek")
@requires(WorkspacePermission.LEAVE, on=found)
def ask_whether_to_leave(member: Membership) -> str:
    """What leaving means, before it is so: for oneself, or for whom one helps."""
    return render_template("workspaces/leave.html", member=member, is_last_lead=False)


@blueprint.post("/w/<slug>/cirkels/mensen/<uuid:member_id>/vertrek")
@requires(WorkspacePermission.LEAVE, on=found)
def leave(member: Membership) -> Answer:
    """Stop as a member, oneself or through the helper."""
    try:
        memberships.leave(member, actor=g.member)
    except memberships.LastLead:
        return render_template("workspaces/leave.html", member=member, is_last_lead=True), 422
    flash(_("%(name)s doet niet meer mee. Bedankt voor alles.", name=member.name))
    return after_change("workspaces.circles")


@blueprint.get("/w/<slug>/cirkels/mensen/<uuid:member_id>/einde")
@requires(WorkspacePermission.END_MEMBERSHIP, on=found)
def ask_whether_to_end(member: Membership) -> str:
    """What it means to end someone's membership, before it is so."""
    return render_template("workspaces/end_membership.html", member=member, form=ReasonForm())


@blueprint.post("/w/<slug>/cirkels/mensen/<uuid:member_id>/einde")
@requires(WorkspacePermission.END_MEMBERSHIP, on=found)
def end_membership(member: Membership) -> Answer:
    """End someone's membership, with a reason that they get to read."""
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            memberships.end(member, reason=form.why, by=g.member)
        except memberships.LastLead:
            form.form_errors.append(last_lead())
        else:
            for letter in mails.ended(g.workspace, [member], reason=form.why, by=g.member):
                send(letter)
            flash(_("%(name)s doet niet meer mee.", name=member.name))
            return web.see_other("workspaces.circles")
    return render_template("workspaces/end_membership.html", member=member, form=form), 422


def within_reach(partner: Partner) -> list[Circle]:
    """Where a member of this partner may stand: with it, or further out."""
    near = Circle(partner.circle)
    return [circle for circle in (Circle.INNER, Circle.OUTER) if circle.distance >= near.distance]


def _page(
    member: Membership,
    roles: RolesForm | None = None,
    circle: CircleForm | None = None,
    partner: ChangePartnerForm | None = None,
    helper: HelperForm | None = None,
) -> str:
    is_arranging = web.may(WorkspacePermission.CHANGE_MEMBER, member)
    forms = _forms(member) if is_arranging else {}
    wrong = {"roles": roles, "circle": circle, "partner": partner, "helper": helper}
    return render_template(
        "workspaces/member.html",
        member=member,
        helper=memberships.live_member(member.helper_id) if member.helper_id else None,
        history=circles.own_history_of(member),
        is_out_of_reach=member.id in mail_waiting.out_of_reach(g.member),
        reach=within_reach(member.partner),
        forms=forms | {name: form for name, form in wrong.items() if form},
        has_errors=any(wrong.values()),
        is_me=member.id == g.member.id,
        words=words,
        permission=WorkspacePermission,
    )


def _forms(member: Membership) -> dict[str, RolesForm | CircleForm | ChangePartnerForm | HelperForm]:
    helper = HelperForm(formdata=None, data={"helper": member.helper_id})
    helper.offer_helpers(_helpers() if member.helper_id else [])
    return {
        "roles": RolesForm(formdata=None, data={"roles": member.roles}).offer_to(member),
        "circle": CircleForm(formdata=None, data={"circle": member.circle}).offer(
            *within_reach(member.partner)
        ),
        "partner": ChangePartnerForm(
            formdata=None, prefix="partner-", data={"partner": member.partner_id}
        ).offer(_to_represent()),
        "helper": helper,
    }


def _offered(form: HelpedMemberForm) -> HelpedMemberForm:
    return form.offer(_to_represent(), _helpers())


def _to_represent() -> list[Partner]:
    return [partner for partner in partners.everyone() if partner.circle != Circle.FREE]


def _helpers() -> list[Membership]:
    return [member for member in _live(partners.members_by_partner().values()) if member.person_id]


def _live(groups: Iterable[list[Membership]]) -> list[Membership]:
    return sorted((member for group in groups for member in group), key=lambda member: member.name.lower())
