"""What a workspace hands up to its municipalities and programme: a name, two counts and a day, nothing more."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Progress, Workspace, WorkspaceMunicipality


def hand_up(workspace: Workspace, first_session_on: date | None = None) -> None:
    """Bring what overseers see of this workspace up to date, in the same transaction as the change."""
    db.session.flush()
    progress = func.wall.progress().table_valued("invited", "accepted")
    counts = db.session.execute(select(progress)).one()
    codes = db.session.scalars(select(WorkspaceMunicipality.municipality_code))
    for code in codes.all():
        values = {
            "workspace_name": workspace.name,
            "invited": counts.invited,
            "accepted": counts.accepted,
            "handed_up_at": clock.now(),
            **({"first_session_on": first_session_on} if first_session_on else {}),
        }
        fresh = insert(Progress).values(
            workspace_id=workspace.id,
            municipality_code=code,
            programme_id=workspace.programme_id,
            founded_on=clock.day_of(workspace.founded_at or clock.now()),
            **values,
        )
        db.session.execute(
            fresh.on_conflict_do_update(index_elements=["workspace_id", "municipality_code"], set_=values)
        )
