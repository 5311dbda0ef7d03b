"""Who helps with an action: any member who sees it may say so, and stop again."""

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from vitaal.activity.models import record
from vitaal.agenda.models import Action, ActionHelper
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership


def help_with(action: Action, helper: Membership, *, by: Membership) -> None:
    """Let a member help from now on; does nothing for who helps already."""
    fresh = insert(ActionHelper).values(
        workspace_id=action.workspace_id, action_id=action.id, member_id=helper.id, since_at=clock.now()
    )
    if db.session.scalars(fresh.on_conflict_do_nothing().returning(ActionHelper.member_id)).first():
        record("helps", "action", action.title, by=by, helper=helper.open_name, **action.known_by)


def stop_helping(action: Action, helper: Membership, *, by: Membership) -> None:
    """Let a member stop; does nothing for who does not help."""
    gone = delete(ActionHelper).where(
        ActionHelper.action_id == action.id, ActionHelper.member_id == helper.id
    )
    if db.session.scalars(gone.returning(ActionHelper.member_id)).first():
        record("stopped_helping", "action", action.title, by=by, helper=helper.open_name, **action.known_by)
