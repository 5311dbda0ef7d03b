"""In whose name a worker arranges something for which nobody is there at that moment."""

from uuid import UUID

from sqlalchemy import text

from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import entering


def who_arranges(promise: Promise) -> UUID | None:
    """Who promised it when they still arrange, else the first who does; None when nobody does."""
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        if db.session.scalar(text("SELECT wall.standing()")) == "arranging":
            return promise.person_id
        found: UUID | None = db.session.scalar(text("SELECT person_id FROM wall.arrangers() LIMIT 1"))
        return found
