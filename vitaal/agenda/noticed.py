"""What the agenda has to say at once: what became the reader's, what is due soon, and a view to give before its round closes."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from vitaal.activity.contribution import Item, Weight
from vitaal.activity.models import Event
from vitaal.activity.noticing import Noticed, Notices, is_soon
from vitaal.agenda import words
from vitaal.agenda.models import Action, Status
from vitaal.agenda.models.telling import DUE, GIVEN, GIVEN_MANY
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.agenda.round_queries import to_rate
from vitaal.agenda.rounds import VIEW_DUE
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import LastSeen, Membership
from vitaal.workspaces.queries import helped_by, this_workspace

_TO_DO = (*ON_THE_AGENDA, Action.status.not_in((Status.DONE, Status.STOPPED, Status.IDEA)))
_KIND = "action"


def given(member: Membership, action_ids: Sequence[UUID]) -> Mapping[UUID, Noticed]:
    """The actions that this member, or who they help, leads now; what they saw in the history is left out."""
    owners = _owners(member)
    events = _given_in(action_ids, owners)
    seen_at = LastSeen.of(member)
    found = {}
    for action in _led_by(owners, action_ids):
        event, helped = events.get(action.id), owners[action.owner_id]
        if helped or event is None or event.happened_at > seen_at:
            found[action.id] = _noticed(
                action,
                _given(action, event, helped),
                _by_when(action),
                why=_("%(name)s, die jij helpt, een actie kreeg", name=helped)
                if helped
                else _("je een actie kreeg"),
                event=event,
            )
    return found


def given_many(member: Membership, import_ids: Sequence[UUID]) -> Mapping[UUID, Noticed]:
    """Of each import how many of its actions this member, or who they help, leads now."""
    owners = _owners(member)
    events = _given_in(import_ids, owners)
    asked = select(Action.import_id, func.count().label("number")).where(
        Action.import_id.in_(import_ids), Action.owner_id.in_(owners), *_TO_DO
    )
    numbers = {row.import_id: row.number for row in db.session.execute(asked.group_by(Action.import_id))}
    seen_at = LastSeen.of(member)
    found = {}
    for import_id, event in events.items():
        helped, number = owners[UUID(event.detail["asks"])], numbers.get(import_id, 0)
        if import_id and number and (helped or event.happened_at > seen_at):
            found[import_id] = _many(event, number, helped)
    return found


def due(member: Membership, action_ids: Sequence[UUID]) -> Mapping[UUID, Noticed]:
    """The actions that this member, or who they help, leads and that are due within two days."""
    owners = _owners(member)
    return {
        action.id: _noticed(
            action,
            _due(action, owners[action.owner_id]),
            _("Lukt het niet op tijd? Kies een andere dag, of vraag hulp."),
            why=_("een actie bijna klaar moet zijn"),
        )
        for action in _led_by(owners, action_ids)
        if is_soon(action.due_on)
    }


def view_due(member: Membership, round_ids: Sequence[UUID]) -> Mapping[UUID, Noticed]:
    """The round in which a partner for whom this member speaks has still to give its view, when it closes soon."""
    slug = this_workspace().slug
    found: dict[UUID, Noticed] = {}
    for voice in to_rate(member):
        closing = voice.round
        if closing.id in round_ids and voice.is_asked and voice.partner and is_soon(closing.closes_on):
            day = words.day(closing.closes_on, clock.today())
            line = Noticed(
                Item(
                    _("Geef je mening: wat doen we eerst? Het kan tot %(day)s", day=day),
                    address_of("agenda.show_round", slug=slug, round_id=closing.id),
                    closing.opened_at,
                    Weight.ASKS,
                    detail=_("Je doet dit namens %(partner)s.", partner=voice.partner.name),
                    verb=_("Geef je mening"),
                    on=closing.closes_on,
                ),
                why=_("een ronde bijna sluit"),
            )
            found.setdefault(closing.id, line)
    return found


def _owners(member: Membership) -> Mapping[UUID | None, str]:
    """Who leads what this member has to know: they themselves, and by name who they help."""
    owners: dict[UUID | None, str] = {member.id: ""}
    owners.update(helped_by(member).items())
    return owners


def _led_by(owners: Mapping[UUID | None, str], action_ids: Sequence[UUID]) -> Sequence[Action]:
    asked = select(Action).where(Action.id.in_(action_ids), Action.owner_id.in_(owners), *_TO_DO)
    return db.session.scalars(asked).all()


def _given_in(ids: Sequence[UUID], owners: Mapping[UUID | None, str]) -> Mapping[UUID | None, Event]:
    """The last event in which each of these was given to one of these owners."""
    asked = select(Event).where(
        Event.object_id.in_(ids), Event.detail["asks"].astext.in_([str(owner) for owner in owners])
    )
    return {event.object_id: event for event in db.session.scalars(asked.order_by(Event.happened_at))}


def _noticed(action: Action, text: str, detail: str, *, why: str, event: Event | None = None) -> Noticed:
    return Noticed(
        Item(
            text,
            address_of("agenda.show_action", slug=this_workspace().slug, number=action.number),
            event.happened_at if event else action.changed_at,
            Weight.ASKS,
            topic=(_KIND, action.id),
            detail=detail,
            verb=_("Bekijk de actie"),
            on=action.due_on,
        ),
        why=why,
    )


def _many(event: Event, number: int, helped: str) -> Noticed:
    about = {"title": event.object_name}
    if helped:
        text = _("%(by)s vroeg %(name)s, die jij helpt, acties te trekken uit ‘%(title)s’", by=event.actor_name, name=helped, **about)  # fmt: skip
        why = _("%(name)s, die jij helpt, acties kreeg", name=helped)
    else:
        text = _("%(name)s vroeg je acties te trekken uit ‘%(title)s’", name=event.actor_name, **about)
        why = _("je acties kreeg")
    return Noticed(
        Item(
            text,
            address_of("agenda.actions", slug=this_workspace().slug, mijn=1),
            event.happened_at,
            Weight.ASKS,
            detail=ngettext("Het is %(num)d actie.", "Het zijn %(num)d acties.", number),
            verb=_("Bekijk de acties"),
        ),
        why=why,
    )


def _given(action: Action, event: Event | None, helped: str) -> str:
    if event is None:
        if helped:
            return str(_("%(name)s trekt nu ‘%(title)s’", name=helped, title=action.title))
        return str(_("Je trekt nu ‘%(title)s’", title=action.title))
    if helped:
        return str(
            _("%(by)s vroeg %(name)s, die jij helpt, om ‘%(title)s’ te trekken", by=event.actor_name, name=helped, title=action.title)
        )  # fmt: skip
    return str(_("%(name)s vroeg je om ‘%(title)s’ te trekken", name=event.actor_name, title=action.title))


def _by_when(action: Action) -> str:
    """By when it is to be done, where that is known."""
    if action.due_on is None:
        return ""
    day = words.day(action.due_on, clock.today())
    if action.due_on < clock.today():
        return str(_("De datum is al voorbij: %(day)s. Kies samen een nieuwe.", day=day))
    if is_soon(action.due_on):
        return str(_("Klaar op %(day)s. Dat is al snel.", day=day))
    return str(_("Klaar op %(day)s.", day=day))


def _due(action: Action, helped: str) -> str:
    about = {"title": action.title, "day": words.day(action.due_on or clock.today(), clock.today())}
    if helped:
        return str(
            _("‘%(title)s’ van %(name)s, die jij helpt, is bijna aan de beurt: klaar op %(day)s", name=helped, **about)
        )  # fmt: skip
    return str(_("‘%(title)s’ is bijna aan de beurt: klaar op %(day)s", **about))


NOTICES: dict[str, Notices] = {GIVEN: given, GIVEN_MANY: given_many, VIEW_DUE: view_due, DUE: due}
