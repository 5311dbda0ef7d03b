"""What the agenda contributes to a digest: what became the reader's, and the meetings of the coming two weeks.

What is due or waits for an answer comes from `waiting.py`.
"""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import gettext as _

from vitaal.activity.contribution import Item, Key, Reader, Section, Weight
from vitaal.activity.models import Event
from vitaal.agenda import meeting_words
from vitaal.agenda.meeting_queries import coming_up
from vitaal.kernel import clock
from vitaal.kernel.web import address_of

TWO_WEEKS = timedelta(days=14)  # rule D-02


def sections(reader: Reader) -> list[Section]:
    """What others gave this reader since a moment, and the meetings that they are asked for and answered."""
    found = Section(Key.ASKS, tuple(_given(reader))), Section(Key.AHEAD, tuple(_ahead(reader)))
    return [section for section in found if section.items]


def _given(reader: Reader) -> Iterator[Item]:
    asking = [told.event for told in reader.happened if told.asks and told.event.verb != "proposed"]
    for event in asking:
        if event.object_id not in reader.told_at_once:
            yield Item(
                _asking(event), _page_of(event, reader.workspace.slug), event.happened_at, Weight.ASKS,
                verb=_("Bekijk de actie"), topic=("action", event.object_id) if event.object_id else None,
            )  # fmt: skip


def _asking(event: Event) -> str:
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


def _page_of(event: Event, slug: str) -> str:
    number = event.detail.get("number")
    if event.object_kind == "action" and number:
        return address_of("agenda.show_action", slug=slug, number=number)
    return address_of("agenda.actions", slug=slug)


def _ahead(reader: Reader) -> Iterator[Item]:
    until = clock.now() + TWO_WEEKS
    for planned in coming_up(reader.member):
        meeting = planned.meeting
        if meeting.starts_at > until or not meeting.is_on or not planned.my_answer:
            continue
        yield Item(
            meeting.title,
            address_of("agenda.show_meeting", slug=reader.workspace.slug, number=meeting.number),
            meeting.created_at,
            topic=("meeting", meeting.id),
            detail=" · ".join(filter(None, (meeting_words.when(meeting), meeting.place or _("Online")))),
            on=meeting_words.on(meeting),
        )
