"""Taking the minutes: who is there, what is said at each point, what is decided and what is going to be done."""

from datetime import datetime
from typing import Any

from flask import abort, flash, g, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.agenda import meeting_words, minutes
from vitaal.agenda.access import MeetingPermission
from vitaal.agenda.meeting_forms import AgreementForm, AttendanceForm, NoteForm
from vitaal.agenda.meeting_queries import DecisionAt, PointAt, decision_at, meeting_numbered, point_at
from vitaal.agenda.meeting_record import record_of
from vitaal.agenda.models import Meeting
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.frame import swaps
from vitaal.decisions import deciding
from vitaal.decisions import words as decision_words
from vitaal.decisions.forms import DecisionForm
from vitaal.decisions.models import How
from vitaal.decisions.origins import Gone
from vitaal.kernel import clock
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import requires, see_other
from vitaal.workspaces.models import Circle
from vitaal.workspaces.queries import live_members

_MINUTES = "/w/<slug>/bijeenkomsten/<int:number>/verslag"
_POINT = "/w/<slug>/bijeenkomsten/<int:number>/punten/<uuid:point_id>"
_DECISION = "/w/<slug>/bijeenkomsten/<int:number>/besluiten/<uuid:decision_id>/vervanging"


@blueprint.get(_MINUTES)
@requires(MeetingPermission.WRITE, on=meeting_numbered)
def take_minutes(meeting: Meeting) -> str:
    """Where taking minutes begins and ends: who is there, every point, and sending."""
    return render_template(
        "agenda/minutes.html", meeting=meeting, record=record_of(meeting), words=meeting_words,
        permissions=MeetingPermission,
    )  # fmt: skip


@blueprint.post(f"{_MINUTES}/aanwezig")
@requires(MeetingPermission.WRITE, on=meeting_numbered)
def note_attendance(meeting: Meeting) -> Any:
    """Write down who is there."""
    chosen = set(AttendanceForm().present.data or [])
    present = {
        guest.invitee.member_id
        for guest in record_of(meeting).guests
        if str(guest.invitee.member_id) in chosen
    }
    minutes.note_attendance(meeting, present, by=g.member)
    flash(ngettext("Bewaard: %(num)d mens is er.", "Bewaard: %(num)d mensen zijn er.", len(present)))
    return see_other("agenda.take_minutes", number=meeting.number)


@blueprint.post(f"{_MINUTES}/verzending")
@requires(MeetingPermission.SEND_MINUTES, on=meeting_numbered)
def send_minutes(meeting: Meeting) -> Any:
    """Send the minutes to everyone who was asked; again, when something was written since."""
    number = minutes.send(meeting)
    if meeting.minutes_sent_at is None:
        flash(_("Er staat nog niets in het verslag."), "bad")
    elif number:
        flash(
            ngettext("Het verslag gaat naar %(num)d mens.", "Het verslag gaat naar %(num)d mensen.", number)
        )
    return see_other("agenda.take_minutes", number=meeting.number)


@blueprint.get(_POINT)
@requires(MeetingPermission.WRITE, on=point_at)
def show_meeting_point(at: PointAt) -> str:
    """One point, to take notes at."""
    return _point_page(at)


@blueprint.post(f"{_POINT}/notitie")
@requires(MeetingPermission.WRITE, on=point_at)
def note_meeting_point(at: PointAt) -> Any:
    """Write down what was said. When someone else did so meanwhile, both texts are shown and nothing is lost."""
    form = NoteForm()
    if not form.validate():
        return _point_page(at, note=form), 422
    try:
        at.point.take_note(form.note.data or "", by=g.member, version=form.version.data or 0)
    except ChangedMeanwhile:
        form.version.data, form.version.raw_data = at.point.version, None
        return _point_page(at, note=form, theirs={"note": at.point.note}), 409
    if swaps("bewaard"):
        return render_template("agenda/_note_saved.html", version=at.point.version, moment=_time(clock.now()))
    flash(_("Bewaard."))
    return see_other("agenda.show_meeting_point", number=at.meeting.number, point_id=at.point.id)


@blueprint.post(f"{_POINT}/besluiten")
@requires(MeetingPermission.WRITE, on=point_at)
def decide_at_point(at: PointAt) -> Any:
    """Write down a decision."""
    form = DecisionForm(prefix="besluit-")
    if not form.validate():
        return _point_page(at, decision=form), 422
    try:
        minutes.decide(at.meeting, at.point, **form.wanted, by=g.member)
    except Gone:
        abort(404)
    return see_other(
        "agenda.show_meeting_point", number=at.meeting.number, point_id=at.point.id, _anchor="besluiten"
    )


@blueprint.post(f"{_POINT}/acties")
@requires(MeetingPermission.WRITE, on=point_at)
def agree_at_point(at: PointAt) -> Any:
    """Put an action on the agenda that was agreed on the spot."""
    form = AgreementForm(prefix="actie-").offer(live_members())
    if not form.validate():
        return _point_page(at, agreement=form), 422
    minutes.agree(
        at.meeting, at.point, form.title.data or "", by=g.member, owner_id=form.owner_id, due_on=form.due_on.data,
        circle=form.circle.data,
    )  # fmt: skip
    return see_other(
        "agenda.show_meeting_point", number=at.meeting.number, point_id=at.point.id, _anchor="acties"
    )


@blueprint.get(_DECISION)
@requires(MeetingPermission.WRITE, on=decision_at)
def reconsider_decision(at: DecisionAt) -> str:
    """The decision as it stands, and the form for the one that takes its place."""
    form = DecisionForm(
        formdata=None, prefix="besluit-", text=at.decision.text, how=at.decision.how, decided_on=clock.today(),
        decided_by=at.decision.decided_by,
    )  # fmt: skip
    return _decision_page(at, form)


@blueprint.post(_DECISION)
@requires(MeetingPermission.WRITE, on=decision_at)
def replace_decision(at: DecisionAt) -> Any:
    """Let a new decision take its place; the old one stays readable."""
    form = DecisionForm(prefix="besluit-")
    if not form.validate():
        return _decision_page(at, form), 422
    try:
        deciding.replace(at.decision, **form.wanted, by=g.member)
    except deciding.AlreadyReplaced:
        form.form_errors.append(decision_words.already_replaced())
        return _decision_page(at, form), 409
    return see_other("agenda.show_meeting", number=at.meeting.number, _anchor=f"punt-{at.decision.point_id}")


def _point_page(
    at: PointAt,
    note: NoteForm | None = None,
    decision: DecisionForm | None = None,
    agreement: AgreementForm | None = None,
    theirs: dict[str, str] | None = None,
) -> str:
    record = record_of(at.meeting)
    here = next(place for place, item in enumerate(record.items) if item.point.id == at.point.id)
    return render_template(
        "agenda/meeting_point.html",
        meeting=at.meeting,
        point=at.point,
        item=record.items[here],
        record=record,
        before=record.items[here - 1].point if here else None,
        after=record.items[here + 1].point if here + 1 < len(record.items) else None,
        note=note or NoteForm(formdata=None, obj=at.point),
        decision=decision or _new_decision(at.meeting),
        agreement=agreement or _new_agreement(at.meeting),
        theirs=theirs or {},
        has_errors=any(form and form.errors for form in (note, decision, agreement)),
        deciding=decision_words,
    )


def _decision_page(at: DecisionAt, form: DecisionForm) -> str:
    return render_template(
        "agenda/decision.html", meeting=at.meeting, decision=at.decision, form=form, deciding=decision_words
    )


def _new_decision(meeting: Meeting) -> DecisionForm:
    on = min(clock.today(), clock.day_of(meeting.starts_at))
    return DecisionForm(
        formdata=None, prefix="besluit-", how=How.CONSENT, decided_on=on, decided_by=_who_decides(meeting)
    )


def _who_decides(meeting: Meeting) -> str:
    is_of_inner_circle = meeting.asks == [Circle.INNER]
    return str(decision_words.INNER_CIRCLE if is_of_inner_circle else decision_words.AT_MEETING)


def _new_agreement(meeting: Meeting) -> AgreementForm:
    return AgreementForm(formdata=None, prefix="actie-", circle=meeting.circle).offer(live_members())


def _time(moment: datetime) -> str:
    return meeting_words.at(moment)
