"""What activity contributes to a digest: what others did, decided and said, who joined, and what there is to celebrate."""

from collections.abc import Iterable
from datetime import datetime

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from vitaal.activity.contribution import Item, Key, Reader, Section, Weight
from vitaal.activity.models import Comment, Event
from vitaal.activity.queries import Told, said_to_helped
from vitaal.activity.sentences import sentence
from vitaal.activity.topics import Whereabouts, has_page, whereabouts
from vitaal.activity.unheard import Unheard, anchor, shortened, unheard
from vitaal.kernel.web import address_of
from vitaal.workspaces.queries import newcomers

DECIDED = {
    ("decided", "decision"),
    ("replaced", "decision"),
    ("agreed", "agreement"),
    ("settled", "priority_round"),
}
HARVEST = {("finished", "action")}
ALREADY_SAID = {
    ("adopted", "spelregel"),
    ("changed", "spelregel"),
    ("retired", "spelregel"),
}  # by the decision
NAMED = 3


def sections(reader: Reader) -> list[Section]:
    """What is new to this reader; what they did themselves or saw on screen is left out.

    What was said is seen on the page of what it is about, so of that LastSeen says nothing.
    """
    said = unheard(reader.member, reader.since)
    asks = [_to_me(reader, comment, topic.where) for topic in said for comment in topic.to_me
            if comment.id not in reader.told_at_once]  # fmt: skip
    asks += _to_who_is_helped(reader)
    talk = [_to_all(reader, topic) for topic in said if topic.to_all]
    lines: dict[Key, list[Item]] = {key: [] for key in Key}
    lines[Key.ASKS], lines[Key.NEWS] = asks, talk
    for told in reader.happened:
        if not told.asks and (told.event.verb, told.event.object_kind) not in ALREADY_SAID:
            lines[_key_of(told.event)].append(_as_item(reader, told))
    lines[Key.JOINED] = _joined(reader, reader.unseen_since)
    return [Section(key, tuple(items)) for key, items in lines.items() if items]


def _key_of(event: Event) -> Key:
    what = event.verb, event.object_kind
    return Key.DECIDED if what in DECIDED else Key.HARVEST if what in HARVEST else Key.NEWS


def _as_item(reader: Reader, told: Told) -> Item:
    event = told.event
    topic = (event.object_kind, event.object_id) if event.object_id else None
    return Item(
        sentence(event),
        _page_of(reader, event),
        event.happened_at,
        Weight.PERSONAL if told.is_followed else Weight.NEWS,
        topic,
    )


def _page_of(reader: Reader, event: Event) -> str:
    """The page of what it is about, found when it is asked for; else the history."""
    slug = reader.workspace.slug
    if event.object_id and has_page(event.object_kind):
        return address_of("activity.go_to", slug=slug, kind=event.object_kind, object_id=event.object_id)
    return address_of("activity.history", slug=slug)


def _joined(reader: Reader, since: datetime) -> list[Item]:
    """Who joined, in one line: the first by name and the rest as a number."""
    new = newcomers(reader.member, since)
    if not new:
        return []
    names = [f"{one.name} ({one.partner.name})" for one in new[:NAMED]]
    others = len(new) - len(names)
    if others:
        names.append(str(ngettext("%(num)d ander", "%(num)d anderen", others)))
    words = ngettext(
        "%(names)s doet nu mee",
        "%(names)s doen nu mee",
        len(new),
        names=format_list(names, locale=get_locale()),
    )
    people = address_of("workspaces.circles", slug=reader.workspace.slug)
    return [Item(words, people, new[0].joined_at, Weight.PERSONAL)]


def _to_me(reader: Reader, comment: Comment, where: Whereabouts) -> Item:
    return Item(
        _("%(name)s noemt je bij ‘%(topic)s’", name=comment.author_name, topic=where.name),
        _address(reader, where, comment),
        comment.edited_at or comment.said_at,
        Weight.ASKS,
        detail=f"“{shortened(comment.text)}”",
        verb=_("Lees en antwoord"),
    )


def _to_who_is_helped(reader: Reader) -> Iterable[Item]:
    said = [
        one for one in said_to_helped(reader.member, reader.since) if one[0].id not in reader.told_at_once
    ]
    places = whereabouts({(comment.object_kind, comment.object_id) for comment, _name in said})
    for comment, helped in said:
        where = places.get((comment.object_kind, comment.object_id))
        if where:
            yield Item(
                _("%(name)s noemt %(helped)s, die jij helpt, bij ‘%(topic)s’",
                  name=comment.author_name, helped=helped, topic=where.name),
                _address(reader, where, comment),
                comment.said_at,
                Weight.ASKS,
                detail=f"“{shortened(comment.text)}”",
                verb=_("Lees en antwoord"),
            )  # fmt: skip


def _to_all(reader: Reader, topic: Unheard) -> Item:
    newest = topic.to_all[0]
    words = ngettext(
        "%(num)d reactie bij ‘%(topic)s’",
        "%(num)d reacties bij ‘%(topic)s’",
        len(topic.to_all),
        topic=topic.where.name,
    )
    about = newest.object_kind, newest.object_id
    return Item(
        words, _address(reader, topic.where, topic.to_all[-1]), newest.said_at, Weight.PERSONAL, about
    )


def _address(reader: Reader, where: Whereabouts, comment: Comment) -> str:
    page = address_of(where.endpoint, slug=reader.workspace.slug, **where.values)
    return f"{page}#{anchor(comment)}"
