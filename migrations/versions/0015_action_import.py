"""Actions that came from a file: what was in it, how far it is, and what became of each line."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, fence, refer

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE app.action_import (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          file_name text NOT NULL,
          state text NOT NULL DEFAULT 'previewed'
            CHECK (state IN ('previewed', 'waiting', 'running', 'done', 'failed', 'undone')),
          lines jsonb NOT NULL,
          unknown_columns text[] NOT NULL DEFAULT '{}',
          makes_goals boolean NOT NULL DEFAULT false,
          total integer NOT NULL,
          progress integer NOT NULL DEFAULT 0,
          made integer NOT NULL DEFAULT 0,
          left_out jsonb NOT NULL DEFAULT '[]',
          stayed jsonb NOT NULL DEFAULT '[]',
          goal_ids uuid[] NOT NULL DEFAULT '{}',
          by_id uuid NOT NULL,
          uploaded_at timestamptz NOT NULL,
          confirmed_at timestamptz,
          moved_at timestamptz NOT NULL,
          ended_at timestamptz,
          undone_by_id uuid,
          undone_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, by_id) REFERENCES app.membership,
          FOREIGN KEY (workspace_id, undone_by_id) REFERENCES app.membership)
    """)
    fence("action_import", read=ARRANGING, insert=ARRANGING, update=ARRANGING, delete=ARRANGING)
    refer("action", "workspace_id, import_id", to="action_import")
    op.execute(
        "CREATE INDEX action_import_id ON app.action (workspace_id, import_id) WHERE import_id IS NOT NULL"
    )
