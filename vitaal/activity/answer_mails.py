"""The letters that say what could not be done with an answer by mail."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from vitaal.activity.models import Comment
from vitaal.activity.topics import Topic, Whereabouts
from vitaal.activity.unheard import anchor
from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.workspaces.models import Workspace


def not_said(
    reader: Person, workspace: Workspace | None, topic: Topic | None, where: Whereabouts | None, why: str
) -> Letter:
    """To who answered: that their words were not added, and `why` (how a sentence goes on after "want").

    Without a workspace they do not take part in it any more, and nothing of it is told. In the reader's language.
    """
    return _compose(
        "answer_not_said", reader, workspace, subject=_("Je antwoord kon er niet bij"), why=why,
        topic=topic.name if topic else "", left_out=(), href=_page(workspace, where),
        verb=_("Bekijk het gesprek") if where else _("Ga naar Vitaal"),
    )  # fmt: skip


def said_in_part(
    reader: Person,
    workspace: Workspace,
    topic: Topic,
    where: Whereabouts | None,
    comment: Comment,
    left_out: Sequence[str],
) -> Letter:
    """To who answered: that their words were added, and what was not, in sentences. In the reader's language."""
    return _compose(
        "answer_in_part", reader, workspace, subject=_("Je antwoord staat erbij, maar niet alles kon mee"),
        why="", topic=topic.name, left_out=left_out, href=_page(workspace, where, anchor(comment)),
        verb=_("Bekijk je reactie"),
    )  # fmt: skip


def _page(workspace: Workspace | None, where: Whereabouts | None, at: str | None = None) -> str:
    if workspace is None:
        return address_of("workspaces.my_places")
    if where is None:
        return address_of("workspaces.today", slug=workspace.slug)
    return address_of(where.endpoint, slug=workspace.slug, _anchor=at, **where.values)


def _compose(kind: str, reader: Person, workspace: Workspace | None, **said: Any) -> Letter:
    return compose(
        kind, reader.email, template="activity/mail/answer", language=reader.language,
        assurance=Assurance.AT_MOST_ONCE, sender_name=workspace.name if workspace else "Vitaal", **said,
    )  # fmt: skip
