"""Meetings: which there are, when and where each is, who is asked, and moving or calling it off."""

from typing import Any
from uuid import UUID

from flask import Response, flash, g, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.agenda import calendar, meeting_words, meetings
from vitaal.agenda.access import MeetingPermission
from vitaal.agenda.meeting_forms import AnswerForm, AskForm, CancelForm, MeetingForm, PointForm
from vitaal.agenda.meeting_queries import (
    been,
    coming_up,
    live_groups,
    meeting_numbered,
    others_to_ask,
)
from vitaal.agenda.meeting_record import record_of
from vitaal.agenda.models import Answer, Meeting
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.frame import number_at, sent_from
from vitaal.decisions import words as decision_words
from vitaal.decisions.card import card_about
from vitaal.decisions.origins import Source
from vitaal.kernel.db import here
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.kernel.web import address_of, may, requires, see_other
from vitaal.workspaces.models import Circle, Membership

_ROOT = "/w/<slug>/bijeenkomsten"
_ONE = f"{_ROOT}/<int:number>"


@blueprint.get(_ROOT, endpoint="meetings")
@requires(MeetingPermission.SEE)
def show_meetings() -> str:
    """What is coming, and what has been, a page at a time."""
    before = number_at("voor")
    past, earlier = been(g.member, before)
    return render_template(
        "agenda/meetings.html", coming=coming_up(g.member) if before is None else [], past=past,
        earlier=earlier, words=meeting_words, permissions=MeetingPermission,
    )  # fmt: skip


@blueprint.get(f"{_ROOT}/nieuw")
@requires(MeetingPermission.MAKE)
def new_meeting() -> str:
    """The form for a new meeting; for a working group when the address says so (`werkgroep`)."""
    asks = [request.args.get("werkgroep", Circle.INNER)]
    return _form_page(MeetingForm(formdata=None, asks=asks).offer(live_groups()))


@blueprint.post(_ROOT)
@requires(MeetingPermission.MAKE)
def make_meeting() -> Any:
    """Plan a meeting; nobody is told yet."""
    form = MeetingForm().offer(live_groups())
    if not form.validate():
        return _form_page(form), 422
    meeting = Meeting.plan(by=g.member, **form.wanted)
    flash(_("De bijeenkomst staat er. Zet punten op de agenda, en nodig dan iedereen uit."))
    _ask_about_the_day(meeting)
    return see_other("agenda.show_meeting", number=meeting.number)


@blueprint.get(_ONE)
@requires(MeetingPermission.SEE, on=meeting_numbered)
def show_meeting(meeting: Meeting) -> str:
    """One meeting: when, where, who comes, the agenda, and afterwards what was said."""
    return meeting_page(meeting)


@blueprint.get(f"{_ONE}/aanpassen")
@requires(MeetingPermission.CHANGE, on=meeting_numbered)
def edit_meeting(meeting: Meeting) -> str:
    """The meeting as it is now, to change."""
    return _form_page(MeetingForm.of(meeting, live_groups()), meeting)


@blueprint.post(f"{_ONE}/aanpassen")
@requires(MeetingPermission.CHANGE, on=meeting_numbered)
def change_meeting(meeting: Meeting) -> Any:
    """Change it, and tell who was asked. When someone else did so meanwhile, both are shown and nothing is lost."""
    form = MeetingForm().offer(live_groups())
    if not form.validate():
        return _form_page(form, meeting), 422
    try:
        changed = meetings.change(meeting, by=g.member, version=form.version.data or 0, **form.wanted)
    except ChangedMeanwhile:
        form.version.data, form.version.raw_data = meeting.version, None
        return _form_page(form, meeting, theirs=_in_words(meeting, form)), 409
    if changed and meeting.is_on:
        flash(_("Bewaard. Is de tijd, de plek of de titel anders, dan krijgt iedereen een nieuwe mail."))
    if "starts_at" in changed:
        _ask_about_the_day(meeting)
    return see_other("agenda.show_meeting", number=meeting.number)


@blueprint.post(f"{_ONE}/uitnodiging")
@requires(MeetingPermission.CHANGE, on=meeting_numbered)
def send_meeting(meeting: Meeting) -> Any:
    """Ask everyone who is meant and was not asked yet."""
    if not meeting.cancelled_at:
        new = meetings.send(meeting, by=g.member)
        flash(ngettext("%(num)d mens is uitgenodigd.", "%(num)d mensen zijn uitgenodigd.", len(new)))
    return see_other("agenda.show_meeting", number=meeting.number, _anchor="wie")


@blueprint.post(f"{_ONE}/genodigden")
@requires(MeetingPermission.CHANGE, on=meeting_numbered)
def ask_for_meeting(meeting: Meeting) -> Any:
    """Ask one more member."""
    form = AskForm().offer(others_to_ask(meeting))
    if not form.validate():
        return meeting_page(meeting, ask=form), 422
    member = here(Membership, UUID(form.member.data))
    assert member
    meetings.ask(meeting, member, by=g.member)
    flash(_("%(name)s is uitgenodigd.", name=member.name))
    return see_other("agenda.show_meeting", number=meeting.number, _anchor="wie")


@blueprint.post(f"{_ONE}/antwoord")
@requires(MeetingPermission.ANSWER, on=meeting_numbered)
def answer_meeting(meeting: Meeting) -> Any:
    """Say whether one comes, or whether someone comes whom one helps."""
    form = AnswerForm()
    who = _answers_for(form.member.data)
    if not form.validate() or who is None:
        flash(_("Kies of je komt."), "bad")
    elif not meeting.is_on:
        flash(_("Antwoorden kan niet meer: deze bijeenkomst is geweest of gaat niet door."), "bad")
    else:
        meetings.answer(meeting, who, Answer(form.answer.data), actor=g.member)
        flash(
            _("Fijn dat je komt.")
            if form.answer.data == Answer.YES
            else _("Jammer. Bedankt dat je het laat weten.")
        )
    return see_other("agenda.show_meeting", number=meeting.number)


@blueprint.get(f"{_ONE}/afzeggen")
@requires(MeetingPermission.CHANGE, on=meeting_numbered)
def ask_whether_to_cancel_meeting(meeting: Meeting) -> str:
    """What calling it off means, before it is so."""
    return render_template(
        "agenda/meeting_cancel.html", meeting=meeting, form=CancelForm(formdata=None), words=meeting_words
    )


@blueprint.post(f"{_ONE}/afzeggen")
@requires(MeetingPermission.CHANGE, on=meeting_numbered)
def cancel_meeting(meeting: Meeting) -> Any:
    """Call it off, and tell who was asked."""
    form = CancelForm()
    if not form.validate():
        return render_template(
            "agenda/meeting_cancel.html", meeting=meeting, form=form, words=meeting_words
        ), 422
    meetings.call_off(meeting, form.reason.data or "", by=g.member)
    flash(_("De bijeenkomst gaat niet door. Wie was uitgenodigd, krijgt een mail."))
    return see_other("agenda.show_meeting", number=meeting.number)


@blueprint.post(f"{_ONE}/doorgang")
@requires(MeetingPermission.CHANGE, on=meeting_numbered)
def revive_meeting(meeting: Meeting) -> Any:
    """Let it take place after all, and tell who was asked."""
    meetings.revive(meeting, by=g.member)
    flash(_("De bijeenkomst gaat toch door."))
    return see_other("agenda.show_meeting", number=meeting.number)


@blueprint.post(f"{_ONE}/weg")
@requires(MeetingPermission.CHANGE, on=meeting_numbered)
def throw_meeting_away(meeting: Meeting) -> Any:
    """Let a plan that nobody was told of be gone for good."""
    try:
        meetings.throw_away(meeting)
    except meetings.InUse:
        flash(
            _("Deze bijeenkomst blijft staan: er zijn al mensen uitgenodigd, of er is al iets opgeschreven."),
            "sun",
        )
        return see_other("agenda.show_meeting", number=meeting.number)
    flash(_("De bijeenkomst is weg."))
    return see_other("agenda.meetings")


@blueprint.get(f"{_ONE}/bijeenkomst.ics")
@requires(MeetingPermission.SEE, on=meeting_numbered)
def download_meeting(meeting: Meeting) -> Response:
    """The meeting as a file for one's own calendar."""
    url = address_of("agenda.show_meeting", slug=g.workspace.slug, number=meeting.number)
    return Response(
        calendar.file_of(meeting, url),
        mimetype="text/calendar",
        headers={"Content-Disposition": f'attachment; filename="bijeenkomst-{meeting.number}.ics"'},
    )


def meeting_page(meeting: Meeting, ask: AskForm | None = None, point: PointForm | None = None) -> str:
    """The page of a meeting, with the forms that the reader may use."""
    may_change = may(MeetingPermission.CHANGE, meeting)
    asks_more = may_change and not meeting.cancelled_at
    others = others_to_ask(meeting) if asks_more else []
    return render_template(
        "agenda/meeting.html",
        meeting=meeting,
        record=record_of(meeting),
        decided=card_about(Source.MEETING, meeting.id),
        deciding=decision_words,
        newcomers=meetings.newcomers(meeting) if asks_more else [],
        ask=(ask or AskForm(formdata=None).offer(others)) if others else None,
        point=point or PointForm(formdata=None),
        adds_point=sent_from("nieuw-punt") and not (point and point.errors),
        is_only_a_plan=may_change and meetings.is_only_a_plan(meeting),
        has_errors=bool((ask and ask.errors) or (point and point.errors)),
        words=meeting_words,
        answers=Answer,
        permissions=MeetingPermission,
    )


def _ask_about_the_day(meeting: Meeting) -> None:
    if meeting.was_before_today:
        flash(_("Deze dag is al geweest. Klopt dat?"), "sun")


def _answers_for(member_id: str | None) -> Membership | None:
    """For whom an answer is: the reader, or someone whom they help."""
    if not member_id or member_id == str(g.member.id):
        member: Membership = g.member
        return member
    try:
        helped = here(Membership, UUID(member_id))
    except ValueError:
        return None
    return helped if helped and helped.helper_id == g.member.id else None


def _form_page(
    form: MeetingForm, meeting: Meeting | None = None, theirs: dict[str, str] | None = None
) -> str:
    return render_template("agenda/meeting_form.html", form=form, meeting=meeting, theirs=theirs or {})


def _in_words(meeting: Meeting, form: MeetingForm) -> dict[str, str]:
    """How it is now, of what this reader would make different: by the name of the field."""
    texts = {
        "title": meeting.title, "day": meeting_words.day(meeting), "starts": meeting_words.at(meeting.starts_at),
        "ends": meeting_words.at(meeting.ends_at), "place": meeting.place, "link": meeting.link,
    }  # fmt: skip
    theirs = MeetingForm.of(meeting, [])
    return {name: text for name, text in texts.items() if form[name].data != theirs[name].data}
