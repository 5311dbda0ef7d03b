"""Writing the reminders to sign that were promised: each as its reader, about what waits for them at that moment."""

from uuid import uuid5

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import entering
from vitaal.post.compose import send_once
from vitaal.spelregels import signing_mails
from vitaal.spelregels.rule_queries import to_sign
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import this_workspace


def remind_to_sign(promise: Promise) -> None:
    """Write what waits for someone's signature; nothing for who left or signed it all, and nothing twice. Commits."""
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        member = db.session.scalars(
            select(Membership)
            .where(Membership.person_id == promise.person_id, Membership.left_at.is_(None))
            .options(joinedload(Membership.person))
        ).one_or_none()
        waiting = to_sign(member) if member else ()
        if member and member.person and waiting:
            reader, workspace = member.person, this_workspace()
            letter_id = uuid5(promise.subject_id, str(reader.id))
            send_once(letter_id, lambda: signing_mails.reminder(waiting, reader, workspace))
        db.session.commit()
