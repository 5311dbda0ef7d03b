"""The letter about what someone is told at once: who asks what, in their words, with a button for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from vitaal.activity.noticing import Noticed
from vitaal.activity.unheard import shortened
from vitaal.digests.unsubscribing import secret_for
from vitaal.digests.words import in_words
from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.workspaces.models import Workspace

WORTH_SENDING = timedelta(days=2)  # after that a digest says it better


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that someone is told: of which kind, by which notice, and in which words."""

    kind: str
    notice_id: UUID
    noticed: Noticed


def notice(person: Person, workspace: Workspace, lines: Sequence[Line], *, reply_to: str) -> Letter:
    """The letter about these things in one workspace, in the language that is in force.

    With `reply_to` an answer to it becomes a comment.
    """
    rows = [_row(line.noticed) for line in lines]
    return compose(
        "notice",
        person.email,
        subject=_subject(workspace, rows),
        template="digests/mail/notice",
        language=person.language,
        assurance=Assurance.AT_MOST_ONCE,
        give_up_at=clock.now() + WORTH_SENDING,
        unsubscribe_url=address_of(
            "digests.stop", secret=secret_for(person.id, workspace_id=workspace.id, at_once=True)
        ),
        change_url=address_of("digests.preferences"),
        reply_to=reply_to,
        sender_name=workspace.name,
        preheader=rows[0]["text"],
        title=_title(rows),
        rows=rows,
        may_answer=bool(reply_to),
        why=_why(lines),
    )


def _row(noticed: Noticed) -> dict[str, Any]:
    item = noticed.item
    return {
        "title": item.text,
        "text": item.detail,
        "is_quote": noticed.is_quote,
        "verb": item.verb,
        "href": item.url,
    }


def _title(rows: Sequence[dict[str, Any]]) -> str:
    """What it is about when that is one thing, else how much there is."""
    if len(rows) == 1:
        return str(rows[0]["title"])
    return str(ngettext(
        "%(words)s ding voor jou", "%(words)s dingen voor jou", len(rows),
        words=in_words(len(rows)).capitalize(),
    ))  # fmt: skip


def _subject(workspace: Workspace, rows: Sequence[dict[str, Any]]) -> str:
    """The workspace and the first thing, then how much more there is (rule D-19)."""
    line, others = f"{workspace.name}: {shortened(rows[0]['title'])}", len(rows) - 1
    if not others:
        return line
    more = ngettext("en nog één ding", "en nog %(words)s dingen", others, words=in_words(others))
    return f"{line} ({more})"


def _why(lines: Sequence[Line]) -> str:
    reasons = list(dict.fromkeys(line.noticed.why for line in lines))
    return str(_("Je krijgt deze mail omdat %(reasons)s.", reasons=format_list(reasons, locale=get_locale())))
