"""Inviting many people at once: a list, a preview with a reason per line, and only then the letters (D-26)."""

from contextlib import closing
from typing import Any

from flask import Response, flash, g, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from vitaal.invitations import bulk, lists, partners, preview
from vitaal.invitations.access import InvitationPermission
from vitaal.invitations.forms import ListForm
from vitaal.invitations.inviting import MOST_PER_DAY, left_today
from vitaal.invitations.lists import Line, ListTooLong
from vitaal.invitations.preview import Judged, Verdict
from vitaal.invitations.queries import inviter_of
from vitaal.invitations.views.blueprint import blueprint
from vitaal.invitations.views.invite import letter_of, partner_of, roles_of
from vitaal.kernel import web
from vitaal.kernel.web import may, requires
from vitaal.workspaces.models import Circle, Partner, PartnerKind

_SHOWN = 500


@blueprint.get("/w/<slug>/cirkels/uitnodigen/lijst")
@requires(InvitationPermission.INVITE)
def invite_many() -> str:
    """The form for a list."""
    return _page(_form())


@blueprint.get("/w/<slug>/cirkels/uitnodigen/sjabloon.csv")
@requires(InvitationPermission.INVITE)
def list_template() -> Response:
    """An empty list with its header, as a file that Excel opens well."""
    response = Response("\ufeff" + lists.TEMPLATE, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="uitnodigen.csv"'
    return response


@blueprint.post("/w/<slug>/cirkels/uitnodigen/lijst")
@requires(InvitationPermission.INVITE)
def preview_list() -> Any:
    """What would happen with every line. Nothing is stored, nothing is sent."""
    form = _form()
    if not form.validate():
        return _page(form), 422
    try:
        lines = _lines_of(form)
    except ListTooLong:
        form.file.errors = [_("Deze lijst is te lang. Neem hoogstens 10.000 regels en 2 MB tegelijk.")]
        return _page(form), 422
    if not lines:
        form.people.errors = [_("Plak een lijst of kies een bestand.")]
        return _page(form), 422
    judged = preview.judge(lines, Circle(form.circle.data))
    new = [line for line in judged if line.verdict == Verdict.NEW]
    if form.asks_for_partner(any(not line.line.organisation for line in new)):
        return _page(form), 422
    return _preview_page(form, judged, new)


@blueprint.post("/w/<slug>/cirkels/uitnodigen/lijst/versturen")
@requires(InvitationPermission.INVITE)
def send_list() -> Any:
    """Send what the preview promised; every line is judged again first."""
    form = _form()
    lines = lists.read(form.lines.data or "")
    if not form.validate() or form.asks_for_partner(any(not line.organisation for line in lines)):
        return _page(form), 422
    judged = preview.judge(lines, Circle(form.circle.data))
    done = bulk.send_list(
        judged,
        partner_of=lambda line: _partner_of(line, form),
        circle=Circle(form.circle.data),
        roles=roles_of(form),
        inviter=inviter_of(g.member),
        message=form.message.data or "",
    )
    web.promise()
    _tell(done)
    return web.see_other("invitations.open_invitations")


def _form() -> ListForm:
    form = ListForm()
    form.offer_partners(partners.all_partners())
    return form


def _lines_of(form: ListForm) -> list[Line]:
    with closing(request.files.get("file") or FileStorage()) as uploaded:
        text = lists.decode(uploaded.read(lists.MOST_BYTES + 1))
    return lists.read(text or form.people.data or "")


def _partner_of(line: Judged, form: ListForm) -> Partner:
    if not line.line.organisation:
        return partner_of(form, decided_by=g.member.name)
    return partners.welcome(
        line.line.organisation,
        PartnerKind.ORGANISATION,
        Circle(form.circle.data),
        is_formal=bool(form.is_formal.data),
        reason=_("Uitgenodigd"),
        decided_by=g.member.name,
    )


def _tell(done: bulk.Sent) -> None:
    if done.sent:
        flash(
            ngettext("%(num)d uitnodiging is onderweg.", "%(num)d uitnodigingen zijn onderweg.", done.sent),
            "good",
        )
    if done.skipped:
        flash(
            ngettext(
                "%(num)d regel kenden we al. Daar is niets heen gestuurd.",
                "%(num)d regels kenden we al. Daar is niets heen gestuurd.",
                done.skipped,
            ),
            "sun",
        )
    if done.waiting:
        flash(
            ngettext(
                "%(num)d uitnodiging kan vandaag niet meer weg. Stuur morgen dezelfde lijst nog eens.",
                "%(num)d uitnodigingen kunnen vandaag niet meer weg. Stuur morgen dezelfde lijst nog eens.",
                done.waiting,
            ),
            "sun",
        )


def _preview_page(form: ListForm, judged: list[Judged], new: list[Judged]) -> str:
    now = new[: left_today()]
    form.lines.data = "".join(line.line.as_row() for line in now)
    first = now[0] if now else None
    return render_template(
        "invitations/preview.html",
        form=form,
        judged=sorted(judged, key=lambda line: line.verdict == Verdict.NEW)[:_SHOWN],
        total=len(judged),
        counts={verdict: sum(line.verdict == verdict for line in judged) for verdict in Verdict},
        now=len(now),
        later=len(new) - len(now),
        most=MOST_PER_DAY,
        letter=_letter(form, first) if first else None,
    )


def _letter(form: ListForm, line: Judged) -> dict[str, Any]:
    letter = letter_of(form, inviter_of(g.member), line.line.name, line.email)
    if line.line.organisation:
        letter["partner"] = Partner(name=line.line.organisation, kind=PartnerKind.ORGANISATION)
        letter["is_resident"] = False
    return letter


def _page(form: ListForm) -> str:
    return render_template(
        "invitations/many.html", form=form, may_give_roles=may(InvitationPermission.GIVE_ROLES)
    )
