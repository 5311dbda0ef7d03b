"""What the agenda lets wait: actions that are due, ideas, a view to give, a round to talk about, whether you come."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, and_, func, literal, or_, select

from vitaal.agenda import meeting_words, words
from vitaal.agenda.models import (
    Action,
    ActionHelper,
    Invitee,
    Meeting,
    PriorityRound,
    Rating,
    RoundAction,
    Status,
    Voice,
)
from vitaal.agenda.queries import A_WEEK, IS_OPEN, ON_THE_AGENDA
from vitaal.kernel import clock
from vitaal.workspaces.models import Membership, Partner, Workspace
from vitaal.workspaces.today import Ask
from vitaal.workspaces.waiting import Url, Waits, line

MOST_IDEAS = 2


class Wants(StrEnum):
    """What is asked."""

    DUE = "due"
    HELP = "help"
    IDEAS = "ideas"
    VIEW = "view"
    DISCUSS = "discuss"
    COME = "come"


def lines(member: Membership, _workspace: Workspace) -> Iterable[Select[Any]]:
    """What actions, rounds and meetings ask of a member: actions that are late or due within a week."""
    yield _due(Wants.DUE).where(Action.owner_id == member.id)
    helped = and_(ActionHelper.workspace_id == Action.workspace_id, ActionHelper.action_id == Action.id)
    yield (
        _due(Wants.HELP)
        .join(ActionHelper, helped)
        .where(ActionHelper.member_id == member.id, Action.owner_id.is_distinct_from(member.id))
    )
    yield _views(member)
    yield _meetings(member)
    if member.arranges:
        yield _ideas()
        yield _to_discuss()


def ask(waits: Waits, url: Url) -> Ask:
    """One of them, as Vandaag says it."""
    match waits.kind:
        case Wants.DUE | Wants.HELP:
            return _about_action(waits, url)
        case Wants.IDEAS:
            return Ask(
                "lightbulb",
                ngettext(
                    "%(num)d idee wacht op antwoord", "%(num)d ideeën wachten op antwoord", waits.number or 0
                ),
                waits.title,
                _("Bekijk de ideeën"),
                url("agenda.actions", status="idee"),
            )
        case Wants.VIEW:
            return _about_view(waits, url)
        case Wants.DISCUSS:
            return Ask(
                "scales", _("Bespreek samen wat eerst komt"), _("De ronde is gesloten. Begin waar jullie verschillen."),
                _("Bekijk de ronde"), url("agenda.show_round", round_id=waits.thing),
            )  # fmt: skip
    return _about_meeting(waits, url)


def _about_action(waits: Waits, url: Url) -> Ask:
    today, on = clock.today(), clock.day_of(waits.until or waits.since)
    late = (today - on).days
    when = words.lateness(late) if late > 0 else words.due(on, today)
    text = when if waits.kind == Wants.DUE else _("Je helpt mee. %(when)s", when=when)
    page = url("agenda.show_action", number=waits.number)
    return Ask("clock", waits.title, text, _("Bekijk de actie"), page)


def _about_view(waits: Waits, url: Url) -> Ask:
    day = words.day(clock.day_of(waits.until or waits.since), clock.today())
    text = _("Geef namens %(partner)s je mening, vóór %(day)s.", partner=waits.name, day=day)
    page = url("agenda.show_round", round_id=waits.thing)
    return Ask("scales", _("Wat doen we eerst?"), text, _("Geef je mening"), page)


def _about_meeting(waits: Waits, url: Url) -> Ask:
    question = _("Kom je? Bijeenkomst %(when)s", when=meeting_words.begins_at(waits.until or waits.since))
    where = " · ".join(filter(None, (waits.title, waits.name)))
    return Ask(
        "calendar-blank", question, where, _("Geef antwoord"), url("agenda.show_meeting", number=waits.number)
    )


def _due(wants: Wants) -> Select[Any]:
    return line(
        wants,
        since=Action.created_at,
        thing=Action.id,
        number=Action.number,
        title=Action.title,
        until=Action.due_on,
    ).where(*ON_THE_AGENDA, IS_OPEN, Action.due_on <= clock.today() + A_WEEK)


def _ideas() -> Select[Any]:
    """How many ideas wait, and the first few by name, in one line."""
    quoted = func.array_agg(func.concat("‘", Action.title, "’").op("ORDER BY")(Action.position))
    names = func.array_to_string(quoted[1:MOST_IDEAS], ", ")
    return (
        line(Wants.IDEAS, since=func.min(Action.created_at), number=func.count(), title=names)
        .select_from(Action)
        .where(*ON_THE_AGENDA, Action.status == Status.IDEA)
        .having(func.count() > 0)
    )


def _views(member: Membership) -> Select[Any]:
    """The newest round, for each voice of this member that has not said something about every action in it."""
    helped = select(Membership.partner_id).where(
        Membership.helper_id == member.id, Membership.left_at.is_(None)
    )
    still_asked = and_(Action.workspace_id == RoundAction.workspace_id, Action.id == RoundAction.action_id)
    rated = select(literal(1)).where(
        Rating.workspace_id == RoundAction.workspace_id,
        Rating.round_id == RoundAction.round_id,
        Rating.action_id == RoundAction.action_id,
        Rating.partner_id == Voice.partner_id,
    )
    unsaid = (
        select(literal(1))
        .select_from(RoundAction)
        .join(Action, still_asked)
        .where(RoundAction.round_id == PriorityRound.id, *ON_THE_AGENDA, ~rated.exists())
    )
    return (
        line(Wants.VIEW, since=PriorityRound.opened_at, thing=PriorityRound.id, name=Partner.name, until=PriorityRound.closes_on)
        .join(Voice, and_(Voice.workspace_id == PriorityRound.workspace_id, Voice.round_id == PriorityRound.id))
        .join(Partner, and_(Partner.workspace_id == Voice.workspace_id, Partner.id == Voice.partner_id))
        .where(
            PriorityRound.closed_at.is_(None),
            PriorityRound.id == _newest(),
            or_(Voice.partner_id == member.partner_id, Voice.partner_id.in_(helped)),
            unsaid.exists(),
        )
    )  # fmt: skip


def _to_discuss() -> Select[Any]:
    return line(Wants.DISCUSS, since=PriorityRound.closed_at, thing=PriorityRound.id).where(
        PriorityRound.closed_at.is_not(None),
        PriorityRound.settled_at.is_(None),
        PriorityRound.id == _newest(),
    )


def _newest() -> Any:
    newest_first = PriorityRound.opened_at.desc(), PriorityRound.id.desc()
    return select(PriorityRound.id).order_by(*newest_first).limit(1).scalar_subquery()


def _meetings(member: Membership) -> Select[Any]:
    """Meetings for which this member is asked and said nothing yet, or nothing about the time as it is now."""
    silent = or_(Invitee.answered_at.is_(None), Invitee.answer == "", Invitee.answered_at < Meeting.moved_at)
    return (
        line(
            Wants.COME, since=func.greatest(Invitee.invited_at, Meeting.moved_at), thing=Meeting.id,
            number=Meeting.number, title=Meeting.title, name=Meeting.place, until=Meeting.starts_at,
        )
        .join(Invitee, and_(Invitee.workspace_id == Meeting.workspace_id, Invitee.meeting_id == Meeting.id))
        .where(
            Invitee.member_id == member.id,
            Meeting.ends_at > clock.now(),
            Meeting.cancelled_at.is_(None),
            silent,
        )
    )  # fmt: skip
