"""Being someone of the demo at a moment in the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.people.models import person_with
from vitaal.workspaces.models import Membership


@contextmanager
def being(workspace_id: UUID, email: str, days_ago: int, hour: int = 10) -> Iterator[Membership]:
    """Be this person in the workspace, at some hour so many days ago. Commits at the end."""
    person = person_with(email)
    db.session.commit()
    assert person
    with being_person(workspace_id, person.id, days_ago, hour) as member:
        yield member


@contextmanager
def being_person(workspace_id: UUID, person_id: UUID, days_ago: int, hour: int = 10) -> Iterator[Membership]:
    """The same for the person with this id."""
    moment = clock.moment_on(clock.today() - timedelta(days_ago), time(hour, 12))
    with (
        clock.at(min(moment, clock.now())),
        entering(db.session, person_id=person_id, workspace_id=workspace_id),
    ):
        yield db.session.scalars(
            select(Membership)
            .where(Membership.person_id == person_id, Membership.left_at.is_(None))
            .options(joinedload(Membership.partner))
        ).one()
        db.session.commit()
