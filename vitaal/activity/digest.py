"""What activity contributes to a digest: what others did and said, and who joined."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.activity.contribution import ASKS, JOINED, NEWS, Item, Section, Weight
from vitaal.activity.models import Comment
from vitaal.activity.queries import events_by_others, said_to_helped
from vitaal.activity.sentences import sentence
from vitaal.activity.topics import Whereabouts, whereabouts
from vitaal.activity.unheard import Unheard, anchor, shortened, unheard
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import LastSeen, Membership
from vitaal.workspaces.queries import newcomers, this_workspace


def sections(member: Membership, since: datetime) -> list[Section]:
    """What is new to this member since a moment; what they did themselves or saw on screen is left out.

    Runs in the member's own context. Empty sections are left out too. What was said is seen on the page of what
    it is about, so of that LastSeen says nothing.
    """
    said = unheard(member, since)
    asks = [_to_me(comment, topic.where) for topic in said for comment in topic.to_me]
    asks += _to_who_is_helped(member, since)
    talk = [_to_all(topic) for topic in said if topic.to_all]
    since = max(since, LastSeen.of(member))
    slug = this_workspace().slug
    history, people = address_of("activity.history", slug=slug), address_of("workspaces.circles", slug=slug)
    news = [Item(sentence(event), history, event.happened_at) for event in events_by_others(member, since)]
    joined = [
        Item(
            _("%(name)s doet nu mee namens %(partner)s", name=new.name, partner=new.partner.name),
            people,
            new.joined_at,
            Weight.PERSONAL,
        )
        for new in newcomers(member, since)
    ]
    found = (
        Section(ASKS, _("Wat vraagt iets van je"), tuple(asks)),
        Section(NEWS, _("Nieuw"), tuple(talk + news)),
        Section(JOINED, _("Wie erbij kwam"), tuple(joined)),
    )
    return [section for section in found if section.items]


def _to_me(comment: Comment, where: Whereabouts) -> Item:
    words = _(
        "%(name)s noemt je bij ‘%(topic)s’: “%(text)s”",
        name=comment.author_name,
        topic=where.name,
        text=shortened(comment.text),
    )
    return Item(words, _address(where, comment), comment.edited_at or comment.said_at, Weight.ASKS)


def _to_who_is_helped(helper: Membership, since: datetime) -> list[Item]:
    said = said_to_helped(helper, since)
    places = whereabouts({(comment.object_kind, comment.object_id) for comment, _name in said})
    items = []
    for comment, helped in said:
        where = places.get((comment.object_kind, comment.object_id))
        if where:
            words = _(
                "%(name)s noemt %(helped)s, die jij helpt, bij ‘%(topic)s’: “%(text)s”",
                name=comment.author_name,
                helped=helped,
                topic=where.name,
                text=shortened(comment.text),
            )
            items.append(Item(words, _address(where, comment), comment.said_at, Weight.ASKS))
    return items


def _to_all(topic: Unheard) -> Item:
    newest = topic.to_all[0]
    words = ngettext(
        "%(num)d reactie bij ‘%(topic)s’",
        "%(num)d reacties bij ‘%(topic)s’",
        len(topic.to_all),
        topic=topic.where.name,
    )
    return Item(words, _address(topic.where, topic.to_all[-1]), newest.said_at, Weight.PERSONAL)


def _address(where: Whereabouts, comment: Comment) -> str:
    page = address_of(where.endpoint, slug=this_workspace().slug, **where.values)
    return f"{page}#{anchor(comment)}"
