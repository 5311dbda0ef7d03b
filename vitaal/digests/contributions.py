"""Which features have something to say, and what they say to one reader about one workspace."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import current_app
from flask_babel import ngettext

from vitaal.activity import digest as activity
from vitaal.activity.contribution import Item, Key, Reader, Section
from vitaal.agenda import digest as agenda
from vitaal.digests.chapter import Chapter, Request
from vitaal.digests.words import in_words
from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.workspaces.waiting import WAITING, Waits, waiting_for

FEATURES: tuple[Callable[[Reader], Sequence[Section]], ...] = (agenda.sections, activity.sections)
MOST_TIMES = 3  # a request is repeated so often, and then only on screen (rule D-07)
_NO_MAXIMUM = 1000


def chapter_of(reader: Reader, said_before: Mapping[UUID, int]) -> Chapter:
    """What is worth telling about the workspace we are in. Whose context it is decides what is found.

    `said_before` says of each request how often a digest asked it already.
    """
    found: dict[Key, list[Item]] = {key: [] for key in Key}
    for contribute in FEATURES:
        for section in contribute(reader):
            found[section.key] += section.items
    requests = [*_waiting(reader), *(Request(_id_of(item), item) for item in found[Key.ASKS])]
    again = [request for request in requests if said_before.get(request.id, 0) < MOST_TIMES]
    by_day = {request.id: request for request in sorted(again, key=lambda one: _soonest_first(one.item))}
    grouped = {key: by_topic(sorted(items, key=_nearest_first)) for key, items in found.items()}
    workspace = reader.workspace
    return Chapter(
        workspace_id=workspace.id,
        name=workspace.name,
        slug=workspace.slug,
        is_inside=reader.member.is_inside,
        requests=tuple(by_day.values()),
        ahead=tuple(sorted(found[Key.AHEAD], key=_soonest_first)),
        decided=grouped[Key.DECIDED],
        news=grouped[Key.NEWS],
        joined=tuple(found[Key.JOINED]),
        harvest=grouped[Key.HARVEST],
    )


def by_topic(items: Iterable[Item]) -> tuple[Item, ...]:
    """Lines about one thing as one line: the first of them, and how often something else happened with it."""
    first: dict[Any, Item] = {}
    others: dict[Any, int] = {}
    for item in items:
        key = item.topic or (item.text, item.url)
        if key in first:
            others[key] += item.text != first[key].text
        else:
            first[key], others[key] = item, 0
    return tuple(
        replace(item, detail=_and_more(others[key])) if others[key] else item for key, item in first.items()
    )


def _and_more(number: int) -> str:
    return str(ngettext("En er gebeurde nog iets mee.", "En er gebeurden nog %(words)s dingen mee.", number,
                        words=in_words(number)))  # fmt: skip


def _waiting(reader: Reader) -> Iterable[Request]:
    """What waits for the reader, in the words of Vandaag."""
    url = partial(address_of, slug=reader.workspace.slug)
    features = current_app.extensions[WAITING]
    for feature, waits in waiting_for(reader.member, reader.workspace, features, _NO_MAXIMUM):
        ask = feature.ask(waits, url)
        on = clock.day_of(waits.until) if waits.until else None
        detail = "" if ask.is_private else ask.text
        item = Item(ask.title, ask.href, waits.since, detail=detail, verb=ask.verb, on=on, mark=ask.mark)
        yield Request(_id_of_waiting(reader, waits), item)


def _id_of_waiting(reader: Reader, waits: Waits) -> UUID:
    """The same as long as the same is asked: something that is due on another day is asked anew."""
    what = waits.thing or waits.number or waits.title
    return uuid5(NAMESPACE_URL, f"{reader.workspace.id}/{waits.kind}/{what}/{waits.name}/{waits.until}")


def _id_of(item: Item) -> UUID:
    return uuid5(NAMESPACE_URL, f"{item.url}#{item.text}")


def _soonest_first(item: Item) -> tuple[bool, Any, float]:
    return item.on is None, item.on, item.happened_at.timestamp()


def _nearest_first(item: Item) -> tuple[int, float]:
    return -item.weight, -item.happened_at.timestamp()
