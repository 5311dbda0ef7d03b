"""What the tests of notices share: someone says something, the worker keeps its promises, letters are written."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from tests.agenda.story import address, an_action, found, member
from tests.cast import Cast
from vitaal.activity import noticing as telling
from vitaal.activity.models import Comment, Notice
from vitaal.agenda import rounds, soon
from vitaal.agenda.models.telling import SOON_DUE
from vitaal.decisions import agreeing
from vitaal.digests import noticing
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise, claim, settle
from vitaal.post.models import Letter
from vitaal.workspaces.memberships import welcome_helped
from vitaal.workspaces.models import Partner, Reach

THURSDAY = datetime.fromisoformat("2027-01-14T10:00+01:00")
KEEPERS = {
    telling.TELL_MENTIONED: telling.tell_the_rest,
    SOON_DUE: soon.tell_owner,
    rounds.VIEW_SOON: soon.tell_voices,
    agreeing.CHECK_SOON: agreeing.tell_owner_in_time,
}


def after(moment: datetime, **span: float) -> datetime:
    """A moment later."""
    return moment + timedelta(**span)


def action_of(
    cast: Cast, title: str = "Soep", at: datetime = THURSDAY, by: str = "Anna", **fields: Any
) -> int:
    """Someone puts an action on the agenda at a moment; its number."""
    with clock.at(at):
        return an_action(cast, title, by, **fields)


def changes(cast: Cast, who: str, number: int, at: datetime, **wanted: Any) -> None:
    """Someone changes an action at a moment."""
    with clock.at(at), cast.acting_as(who):
        found(number).change(by=member(cast, who), **wanted)
        db.session.commit()


def says(cast: Cast, who: str, number: int, words: str, at: datetime = THURSDAY) -> None:
    """Someone says something about an action, on its page."""
    with clock.at(at):
        answer = cast.client(who).post(address(cast, number, "reacties"), data={"reactie-text": words})
        assert answer.status_code == 303


def last_comment(cast: Cast) -> UUID:
    """What was said last."""
    with cast.acting_as("Anna"):
        return db.session.scalars(select(Comment.id).order_by(Comment.said_at.desc())).first() or UUID(int=0)


def edits(cast: Cast, who: str, number: int, comment_id: UUID, words: str, at: datetime) -> None:
    """Someone improves what they said."""
    where = address(cast, number, "reacties", str(comment_id), "aanpassen")
    with clock.at(at):
        sent = {f"r{comment_id.hex}-text": words}
        assert cast.client(who).post(where, data=sent).status_code == 303


def takes_away(cast: Cast, who: str, number: int, comment_id: UUID, at: datetime) -> None:
    """Someone takes what they said away."""
    where = address(cast, number, "reacties", str(comment_id), "weg")
    with clock.at(at):
        assert cast.client(who).post(where).status_code == 303


def looks_at(cast: Cast, who: str, number: int, at: datetime) -> None:
    """Someone opens the page of an action."""
    with clock.at(at):
        assert cast.client(who).get(address(cast, number)).status_code == 200


def someone_helped(cast: Cast, helper: str, name: str = "Riet") -> UUID:
    """A member without an account, whom someone helps; their id."""
    with cast.acting_as("Anna"):
        partner = db.session.get_one(Partner, (cast.amersfoort.id, cast.amersfoort.partners[helper]))
        helped = welcome_helped(
            name, partner, reach=Reach.PHONE, contact="(0123) 45 67 89", helper=member(cast, helper),
            consented_on=clock.today(), by=member(cast, "Anna"),
        )  # fmt: skip
        db.session.commit()
        return helped.id


def keeps(worker: Flask, at: datetime) -> None:
    """The worker keeps the promises about notices that are due at a moment."""
    with worker.app_context(), clock.at(at):
        for promise in claim(Promise, working="doing", where=[Promise.kind.in_(KEEPERS)]):
            KEEPERS[promise.kind](promise)
            settle(promise, "done")
            db.session.commit()


def tells(worker: Flask, at: datetime) -> Counter[str]:
    """The worker keeps its promises, and writes what is due a quarter of an hour later."""
    keeps(worker, at)
    with worker.app_context(), clock.at(after(at, minutes=15)):
        return noticing.tell()


def letters_to(worker: Flask, who: str) -> list[Letter]:
    """The letters about what someone was told at once, oldest first."""
    with worker.app_context():
        to_them = Letter.recipient == f"{who.lower()}@example.nl", Letter.kind == "notice"
        return list(db.session.scalars(select(Letter).where(*to_them).order_by(Letter.id)).all())


def subjects(worker: Flask, who: str) -> list[str]:
    """The subjects of these letters."""
    return [letter.subject for letter in letters_to(worker, who)]


def notices(worker: Flask) -> Sequence[Notice]:
    """All that someone has to be told, oldest first."""
    with worker.app_context():
        return list(db.session.scalars(select(Notice).order_by(Notice.created_at, Notice.id)).all())


def states(worker: Flask) -> Counter[str]:
    """How many notices are in which state."""
    return Counter(notice.state for notice in notices(worker))
