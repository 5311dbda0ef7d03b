"""Who may no longer see a thing, no longer reads about it in the history either."""

from alembic import op

from vitaal.kernel.fences import INSIDE, MEMBERS, SHARED_OR_INSIDE

revision = "0016"
down_revision = "0015"

_SEES = "EXISTS (SELECT FROM app.{0} t WHERE (t.workspace_id, t.id) = (event.workspace_id, event.object_id))"
_STILL_SEES = f"""
    CASE object_kind
      WHEN 'action' THEN {_SEES.format("action")}
      WHEN 'attachment' THEN {_SEES.format("action")}
      WHEN 'meeting' THEN {_SEES.format("meeting")}
      WHEN 'decision' THEN {_SEES.format("meeting_decision")}
      ELSE true
    END"""


def upgrade() -> None:
    op.execute("DROP POLICY may_read ON app.event")
    op.execute(
        "CREATE POLICY may_read ON app.event FOR SELECT"
        f" USING ({SHARED_OR_INSIDE} AND {MEMBERS} AND ({INSIDE} OR object_id IS NULL OR {_STILL_SEES}))"
    )
