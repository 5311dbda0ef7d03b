"""What activity has to say at once: who mentions the reader, or who they help."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import and_, func, or_, select

from vitaal.activity.contribution import Item, Weight
from vitaal.activity.models import Comment, Following
from vitaal.activity.noticing import MENTIONED, Noticed, Notices
from vitaal.activity.topics import Whereabouts, whereabouts
from vitaal.activity.unheard import anchor
from vitaal.kernel.db import db
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import helped_by, this_workspace

_LONGEST = 1200


def mentioned(member: Membership, comment_ids: Sequence[UUID]) -> Mapping[UUID, Noticed]:
    """The comments that mention this member, or a member whom they help, and that they have not seen on screen.

    What was taken away is left out. Three statements, and one more per further kind of thing that is talked about.
    """
    comments = _unseen(member, comment_ids)
    helped = helped_by(member)
    places = whereabouts({(comment.object_kind, comment.object_id) for comment in comments})
    found = {}
    for comment in comments:
        where = places.get((comment.object_kind, comment.object_id))
        names = [name for helped_id, name in helped.items() if str(helped_id) in comment.mentions]
        is_me = str(member.id) in comment.mentions
        if where and (is_me or names):
            found[comment.id] = _noticed(comment, where, "" if is_me else names[0])
    return found


def _unseen(member: Membership, comment_ids: Sequence[UUID]) -> Sequence[Comment]:
    """Who was mentioned when it was changed has seen it when they looked after that."""
    seen = and_(
        Following.workspace_id == Comment.workspace_id,
        Following.object_kind == Comment.object_kind,
        Following.object_id == Comment.object_id,
        Following.member_id == member.id,
    )
    to_me = Comment.mentions.has_key(str(member.id))
    is_new = or_(
        ~to_me,
        Following.seen_at.is_(None),
        func.coalesce(Comment.edited_at, Comment.said_at) > Following.seen_at,
    )
    return db.session.scalars(
        select(Comment)
        .outerjoin(Following, seen)
        .where(Comment.id.in_(comment_ids), Comment.withdrawn_at.is_(None), is_new)
    ).all()


def _noticed(comment: Comment, where: Whereabouts, helped: str) -> Noticed:
    about = {"name": comment.author_name, "topic": where.name}
    words = (
        _("%(name)s noemt %(helped)s, die jij helpt, bij ‘%(topic)s’", helped=helped, **about)
        if helped
        else _("%(name)s noemt je bij ‘%(topic)s’", **about)
    )
    page = address_of(where.endpoint, slug=this_workspace().slug, **where.values)
    return Noticed(
        Item(
            words,
            f"{page}#{anchor(comment)}",
            comment.edited_at or comment.said_at,
            Weight.ASKS,
            topic=(comment.object_kind, comment.object_id),
            detail=_quoted(comment.text),
            verb=_("Lees en antwoord"),
        ),
        why=_("iemand %(helped)s noemde, die jij helpt", helped=helped) if helped else _("iemand je noemde"),
        is_quote=True,
    )


def _quoted(text: str) -> str:
    """What was said, as far as a letter has room for it."""
    text = text.strip()
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(maxsplit=1)[0].rstrip(",;:") + "…"


NOTICES: dict[str, Notices] = {MENTIONED: mentioned}
