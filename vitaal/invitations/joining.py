"""Asking to take part from outside, where a workspace opens that door (D-41)."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Table, select, text
from sqlalchemy.dialects.postgresql import insert

from vitaal.activity.models import record
from vitaal.invitations import mails
from vitaal.invitations.models import JoinRequest, State
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import Context, current, switch
from vitaal.people.models import Person, person_with
from vitaal.post.compose import send
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.queries import this_workspace


def open_door(slug: str) -> Workspace | None:
    """The workspace that lets people ask to join at this address, or None; goes on in its context."""
    found = db.session.scalar(
        select(Workspace.id).where(
            Workspace.slug == slug,
            Workspace.join_page_open,
            Workspace.founded_at.is_not(None),
            Workspace.archived_at.is_(None),
        )
    )
    if found is None:
        return None
    switch(db.session, Context(current().person_id, found))
    return db.session.get_one(Workspace, found)


def ask(
    workspace: Workspace, *, name: str, email: str, organisation: str, reason: str, language: str
) -> None:
    """Ask to join: both sides get a letter. Asking again while there is no answer changes nothing."""
    values = {
        "workspace_id": workspace.id,
        "id": new_id(),
        "email": email,
        "name": name,
        "organisation": organisation,
        "reason": reason,
        "state": State.OPEN,
        "created_at": clock.now(),
    }
    fresh = insert(cast(Table, JoinRequest.__table__)).values(**values).on_conflict_do_nothing()
    stored = db.session.execute(fresh, execution_options={"preserve_rowcount": True})
    if not cast(CursorResult[Any], stored).rowcount:
        return
    request = JoinRequest(**values)  # the wall lets nobody outside read it back
    send(mails.request_received(request, workspace, language))
    for reader in _arrangers():
        send(mails.request_made(reader, workspace, request))
    db.session.flush()


def decline(request: JoinRequest, answer: str, by: Membership) -> None:
    """Answer no, in a letter with the words of who decides. Answering twice changes nothing."""
    if request.state != State.OPEN:
        return
    request.state = State.DECLINED
    request.answer = answer
    request.answered_by_id = by.id
    request.answered_at = clock.now()
    person = person_with(request.email)
    language = person.language if person else "nl"
    send(mails.request_declined(request, this_workspace(), by.name, language))
    record("declined", "join_request", request.name, by=by, object_id=request.id)
    db.session.flush()


def _arrangers() -> Sequence[Person]:
    ids = db.session.scalars(text("SELECT person_id FROM wall.arrangers()")).all()
    return db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all()
