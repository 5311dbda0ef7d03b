"""What the agenda contributes to a digest: what became mine, what is due, ideas to answer, and a view to give."""

from collections.abc import Iterator
from datetime import datetime, time

from flask_babel import gettext as _

from vitaal.activity.contribution import ASKS, Item, Section, Weight
from vitaal.activity.models import Event
from vitaal.activity.queries import events_that_ask
from vitaal.agenda import words
from vitaal.agenda.models import Action
from vitaal.agenda.queries import newly_due
from vitaal.agenda.round_queries import to_rate
from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import LastSeen, Membership
from vitaal.workspaces.queries import this_workspace


def sections(member: Membership, since: datetime) -> list[Section]:
    """What asks something of this member since a moment. An action is told when its week begins and when its day passed."""
    slug = this_workspace().slug
    items = (*_given(member, since, slug), *_due(member, since, slug), *_views(member, since, slug))
    return [Section(ASKS, _("Wat vraagt iets van je"), items)] if items else []


def _given(member: Membership, since: datetime, slug: str) -> Iterator[Item]:
    for event in events_that_ask(member, max(since, LastSeen.of(member))):
        yield Item(_asking(event), _address(event, slug), event.happened_at, Weight.ASKS)


def _asking(event: Event) -> str:
    if event.verb == "proposed":
        return str(
            _(
                "%(name)s deelde een idee: ‘%(title)s’. Wat vinden jullie?",
                name=event.actor_name,
                title=event.object_name,
            )
        )
    if event.object_kind == "action_import":
        return str(
            _(
                "%(name)s vroeg je acties te trekken uit ‘%(title)s’",
                name=event.actor_name,
                title=event.object_name,
            )
        )
    return str(
        _("%(name)s vroeg je om ‘%(title)s’ te trekken", name=event.actor_name, title=event.object_name)
    )


def _address(event: Event, slug: str) -> str:
    number = event.detail.get("number")
    if event.object_kind == "action" and number:
        return address_of("agenda.show_action", slug=slug, number=number)
    return address_of("agenda.actions", slug=slug)


def _due(member: Membership, since: datetime, slug: str) -> Iterator[Item]:
    today = clock.today()
    for action in newly_due(member, clock.day_of(since)):
        yield Item(_when(action), address_of("agenda.show_action", slug=slug, number=action.number),
                   clock.moment_on(action.due_on or today, time(9)), Weight.ASKS)  # fmt: skip


def _when(action: Action) -> str:
    today = clock.today()
    if action.due_on and action.due_on < today:
        return str(
            _(
                "‘%(title)s’ stond voor %(day)s. Lukt het nog?",
                title=action.title,
                day=words.day(action.due_on, today),
            )
        )
    return str(
        _(
            "‘%(title)s’ is bijna aan de beurt: klaar op %(day)s",
            title=action.title,
            day=words.day(action.due_on or today, today),
        )
    )


def _views(member: Membership, since: datetime, slug: str) -> Iterator[Item]:
    for voice in to_rate(member):
        if voice.is_asked and voice.round.opened_at > since:
            yield Item(
                _("Geef je mening: wat doen we eerst? Het kan tot %(day)s", day=words.day(voice.round.closes_on, clock.today())),
                address_of("agenda.show_round", slug=slug, round_id=voice.round.id), voice.round.opened_at, Weight.ASKS,
            )  # fmt: skip
