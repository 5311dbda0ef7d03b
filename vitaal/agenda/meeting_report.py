"""The minutes of a meeting as a document, for everyone who may know of that meeting."""

from collections.abc import Iterator, Sequence

from babel.lists import format_list
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _

from vitaal.agenda import meeting_words
from vitaal.agenda.meeting_queries import Guest
from vitaal.agenda.meeting_record import Item, MeetingRecord, record_of
from vitaal.agenda.models import Action, Meeting, PointKind
from vitaal.agenda.report_queries import known_to
from vitaal.decisions import words as decision_words
from vitaal.decisions.models import Decision
from vitaal.pages.document import Block, Entries, Entry, Section, Text
from vitaal.workspaces.models import Circle


def minutes(meeting: Meeting) -> tuple[Section, ...]:
    """When and where it was, who was there, and what came of each point. Five statements at most.

    What only the inner circle may know, and the names of who stands in the outer circle, are told only when the
    meeting itself is of the inner circle.
    """
    record, circle = record_of(meeting), known_to(meeting)
    sections = [Section("meeting", _("Waar en wanneer"), tuple(_setting(record, circle)))]
    for item in record.items:
        if circle is Circle.INNER or not _is_of_inner_circle(item):
            title = f"{item.point.position}. {item.point.title}"
            blocks = tuple(_came_of(item, record, circle))
            sections.append(Section(f"point-{item.point.position}", title, blocks))
    return tuple(sections)


def _is_of_inner_circle(item: Item) -> bool:
    """Whether a point was taken from an action that only the inner circle knows, or that is gone."""
    action = item.point.action
    return item.point.kind == PointKind.ACTION and (action is None or action.circle == Circle.INNER)


def _setting(record: MeetingRecord, circle: Circle) -> Iterator[Block]:
    meeting = record.meeting
    day = format_date(meeting_words.on(meeting), "EEEE d MMMM y")
    when = f"{day[:1].upper()}{day[1:]}, {meeting_words.hours(meeting)}"
    yield Text(", ".join(filter(None, (when, meeting.place))) + ".")
    if record.present:
        yield Text(_("Erbij waren: %(names)s.", names=_names(record.present, circle)))
    if record.absent:
        yield Text(_("Er niet bij waren: %(names)s.", names=_names(record.absent, circle)))
    if not record.items:
        yield Text(_("Er stonden geen punten op de agenda."))


def _names(guests: Sequence[Guest], circle: Circle) -> str:
    """The names that the readers may know, and how many others there are."""
    members = [guest.invitee.member for guest in guests]
    names = [
        f"{member.name} ({member.partner.name})"
        for member in members
        if member and (circle is Circle.INNER or member.is_inside)
    ]
    hidden = len(guests) - len(names)
    if hidden:
        others = (
            ngettext("%(num)d ander", "%(num)d anderen", hidden)
            if names
            else ngettext("%(num)d mens", "%(num)d mensen", hidden)
        )
        names.append(str(others))
    return str(format_list(names, locale=get_locale()))


def _came_of(item: Item, record: MeetingRecord, circle: Circle) -> Iterator[Block]:
    if item.point.note:
        yield Text(item.point.note)
    if item.outcome.decisions:
        yield Entries(tuple(_decided(one, record) for one in item.outcome.decisions), _("Besloten"))
    actions = [one for one in item.outcome.actions if circle is Circle.INNER or one.circle == Circle.OUTER]
    if actions:
        yield Entries(tuple(_to_do(one, circle) for one in actions), _("Dit gaan we doen"))
    if not item.point.note and not item.outcome.decisions and not actions:
        yield Text(_("Hierover is niets opgeschreven."))


def _decided(decision: Decision, record: MeetingRecord) -> Entry:
    was = record.before.get(decision.id)
    lines = (
        decision_words.decided(decision),
        f"{_('Wie het anders zag:')} {decision.minority}" if decision.minority else "",
        f"{decision_words.holds_until(decision.valid_until)}." if decision.valid_until else "",
        _("Dit komt in de plaats van: ‘%(text)s’", text=was.text) if was else "",
    )
    return Entry(decision.text, "\n\n".join(filter(None, lines)))


def _to_do(action: Action, circle: Circle) -> Entry:
    due = _("klaar op %(day)s", day=format_date(action.due_on, "d MMMM y")) if action.due_on else ""
    return Entry(action.title, remark=", ".join(filter(None, (_owner(action, circle), due))))


def _owner(action: Action, circle: Circle) -> str:
    """Who leads it, as far as the readers may know."""
    if action.owner_id is None:
        return str(_("nog niemand"))
    if action.owner and (circle is Circle.INNER or action.owner.is_inside):
        return action.owner.name
    return str(_("iemand uit de buitencirkel"))
