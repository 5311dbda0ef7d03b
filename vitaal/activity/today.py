"""What activity contributes to Vandaag: who speaks to the reader, and the latest that others did and said."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from vitaal.activity.models import Comment
from vitaal.activity.queries import latest_by_others
from vitaal.activity.sentences import sentence_html
from vitaal.activity.unheard import Unheard, anchor, shortened, unheard
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask, Contribution, News

SHOWN = 5
_ASKED = 3


def contribution(member: Membership, _workspace: Workspace) -> Contribution:
    """Who mentions the reader, and the latest news; `has_more_news` when more of it is new than fits.

    Three statements, and one more per further kind of thing that is talked about.
    """
    said = unheard(member)
    latest = latest_by_others(member, SHOWN + 1)
    news = [
        News(event.actor_name, sentence_html(event), event.happened_at, is_new) for event, is_new in latest
    ]
    talk = [_as_news(topic) for topic in said if topic.to_all]
    return Contribution(
        asks=tuple(_asks(said))[:_ASKED],
        news=(*talk[:SHOWN], *news[:SHOWN]),
        has_more_news=any(item.is_new for item in news[SHOWN:]),
    )


def _asks(said: list[Unheard]) -> Iterator[Ask]:
    for topic in said:
        for comment in topic.to_me:
            yield Ask(
                "chat-text",
                _("%(name)s noemt je bij ‘%(topic)s’", name=comment.author_name, topic=topic.where.name),
                shortened(comment.text),
                _("Lees en antwoord"),
                _address(topic, comment),
            )


def _as_news(topic: Unheard) -> News:
    newest, oldest = topic.to_all[0], topic.to_all[-1]
    others = len({comment.author_id for comment in topic.to_all}) - 1
    words = (
        ngettext(
            "%(name)s en %(num)d ander reageerden bij ‘%(topic)s’",
            "%(name)s en %(num)d anderen reageerden bij ‘%(topic)s’",
            others,
            name=newest.author_name,
            topic=topic.where.name,
        )
        if others
        else _("%(name)s reageerde bij ‘%(topic)s’", name=newest.author_name, topic=topic.where.name)
    )
    return News(newest.author_name, Markup('<a href="{}">{}</a>').format(_address(topic, oldest), words),
                newest.said_at, is_new=True)  # fmt: skip


def _address(topic: Unheard, comment: Comment) -> str:
    return url_for(topic.where.endpoint, **topic.where.values, _anchor=anchor(comment))
