"""Who takes part: the circles, and a page for each partner."""

from uuid import UUID

from flask import flash, g, render_template
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden, HTTPException, NotFound
from werkzeug.wrappers import Response

from vitaal.kernel import web
from vitaal.kernel.web import requires
from vitaal.pages.errors import explain
from vitaal.pages.pictures.circles import Kind, dots, key
from vitaal.post.compose import send
from vitaal.workspaces import mail_waiting, mails, memberships, mix, partners, words
from vitaal.workspaces.access import WorkspacePermission
from vitaal.workspaces.circles import NotHere, history_of
from vitaal.workspaces.models import Circle, Partner, PartnerKind
from vitaal.workspaces.people_forms import CircleForm, NewPartnerForm, PartnerForm, ReasonForm
from vitaal.workspaces.views.blueprint import blueprint

Answer = str | Response | tuple[str, int]
MOST_DOTS = 24


def found(partner_id: UUID) -> Partner | None:
    """The partner in the address, when it takes part."""
    return partners.live_partner(partner_id)


@blueprint.get("/w/<slug>/cirkels", endpoint="circles")
@requires(WorkspacePermission.SEE_PEOPLE)
def show_circles() -> str:
    """Everyone in their circle: the picture, the list that is the real control, and who is missing."""
    everyone = partners.everyone()
    people = partners.members_by_partner()
    absent = mix.missing(everyone)
    standing = mix.by_circle(everyone)
    return render_template(
        "workspaces/circles.html",
        standing=standing,
        people=people,
        out_of_reach=mail_waiting.out_of_reach(g.member),
        people_count=sum(len(of_one) for of_one in people.values()),
        partner_count=len(everyone),
        picture=mix.picture(standing, min(len(absent), 2), g.workspace.name),
        missing=absent,
        mix=mix.mix_of(everyone),
        kinds=Kind,
        key=key,
        dots=dots,
        most_dots=MOST_DOTS,
        words=words,
        may_invite=g.member.arranges or (g.member.is_inside and g.workspace.inviters == "inner"),
        permission=WorkspacePermission,
    )


@blueprint.get("/w/<slug>/cirkels/partners/nieuw")
@requires(WorkspacePermission.KEEP_PARTNERS)
def new_partner() -> str:
    """The form for a partner that is not there yet."""
    return render_template("workspaces/new_partner.html", form=NewPartnerForm().offer_sectors())


@blueprint.post("/w/<slug>/cirkels/partners")
@requires(WorkspacePermission.KEEP_PARTNERS)
def welcome_partner() -> Answer:
    """Give a new partner its place."""
    form = NewPartnerForm().offer_sectors()
    if form.validate_on_submit():
        try:
            partner = partners.welcome(
                **form.described,
                circle=Circle(form.circle.data),
                reason=form.reason.data or _("Nieuw erbij"),
                by=g.member,
            )
        except partners.NameTaken:
            form.name.errors = [_("Er is al een partner met deze naam.")]
        else:
            flash(_("%(partner)s staat in de cirkels.", partner=partner.name))
            return web.see_other("workspaces.show_partner", partner_id=partner.id)
    return render_template("workspaces/new_partner.html", form=form), 422


@blueprint.get("/w/<slug>/cirkels/partners/<uuid:partner_id>")
@requires(WorkspacePermission.SEE_PEOPLE, on=found)
def show_partner(partner: Partner) -> str:
    """One partner: who represents it, and in which circles it stood."""
    return _page(partner)


@blueprint.post("/w/<slug>/cirkels/partners/<uuid:partner_id>/cirkel")
@requires(WorkspacePermission.MOVE_CIRCLES, on=found)
def move_partner(partner: Partner) -> Answer:
    """Let a partner stand in another circle; its members are told what changes for them."""
    form = CircleForm().offer(*Circle)
    if form.validate_on_submit():
        try:
            moved = partners.move(partner, form.chosen, reason=form.why, by=g.member)
        except memberships.LastLead:
            form.circle.errors = [last_lead()]
        else:
            for letter in mails.moved(partner, g.workspace, moved, reason=form.why, by=g.member):
                send(letter)
            where = words.CIRCLES_IN_TEXT[form.chosen]
            flash(_("%(partner)s staat nu in %(circle)s.", partner=partner.name, circle=where))
            return after_change("workspaces.show_partner", partner_id=partner.id)
    return _page(partner, move=form), 422


@blueprint.post("/w/<slug>/cirkels/partners/<uuid:partner_id>/gegevens")
@requires(WorkspacePermission.KEEP_PARTNERS, on=found)
def describe_partner(partner: Partner) -> Answer:
    """Say better what a partner is and is called."""
    form = PartnerForm().offer_sectors(partner.sector)
    if form.validate_on_submit():
        try:
            partners.describe(partner, **form.described, by=g.member)
        except partners.NameTaken:
            form.name.errors = [_("Er is al een partner met deze naam.")]
        else:
            flash(_("Bewaard."))
            return web.see_other("workspaces.show_partner", partner_id=partner.id)
    return _page(partner, describe=form), 422


@blueprint.get("/w/<slug>/cirkels/partners/<uuid:partner_id>/vertrek")
@requires(WorkspacePermission.KEEP_PARTNERS, on=found)
def ask_whether_partner_leaves(partner: Partner) -> str:
    """What it means when this partner stops, before it is so."""
    return _leaving_page(partner, ReasonForm())


@blueprint.post("/w/<slug>/cirkels/partners/<uuid:partner_id>/vertrek")
@requires(WorkspacePermission.KEEP_PARTNERS, on=found)
def let_partner_leave(partner: Partner) -> Answer:
    """A partner stops; the memberships of who represent it end."""
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            gone = partners.leave(partner, reason=form.why, by=g.member)
        except memberships.LastLead:
            form.form_errors.append(last_lead())
        else:
            for letter in mails.ended(g.workspace, gone, reason=form.why, by=g.member):
                send(letter)
            flash(_("%(partner)s doet niet meer mee.", partner=partner.name))
            return after_change("workspaces.circles")
    return _leaving_page(partner, form), 422


@blueprint.errorhandler(NotHere)
def say_that_it_is_gone(_error: NotHere) -> Response | HTTPException:
    """The partner or the member left while this page was open."""
    return explain(NotFound())


@blueprint.errorhandler(memberships.NoLongerAllowed)
def say_that_it_is_not_allowed(_error: memberships.NoLongerAllowed) -> Response | HTTPException:
    """Who asks lost the right to it while this page was open."""
    return explain(Forbidden())


def after_change(endpoint: str, **values: object) -> Response:
    """Go and look; who just ended their own membership goes to the places that are left to them."""
    if g.member.left_at is not None:
        return web.see_other("workspaces.my_places")
    return web.see_other(endpoint, **values)


def last_lead() -> str:
    """Why the last one who leads can't go."""
    return str(_("Hier zit de enige trekker. Geef eerst iemand anders de rol van trekker."))


def _page(partner: Partner, move: CircleForm | None = None, describe: PartnerForm | None = None) -> str:
    formality = "formal" if partner.is_formal else "informal"
    return render_template(
        "workspaces/partner.html",
        partner=partner,
        people=partners.members_of(partner.id),
        history=history_of(partner),
        move=move or CircleForm(formdata=None, data={"circle": partner.circle}).offer(*Circle),
        describe=describe
        or PartnerForm(formdata=None, obj=partner, data={"formality": formality}).offer_sectors(
            partner.sector
        ),
        has_errors=bool(move or describe),
        resident=PartnerKind.RESIDENT,
        circle=Circle,
        words=words,
        permission=WorkspacePermission,
    )


def _leaving_page(partner: Partner, form: ReasonForm) -> str:
    people = partners.members_of(partner.id)
    return render_template("workspaces/partner_leaves.html", partner=partner, people=people, form=form)
