"""The start of the action agenda, and coalitions that an officer is still preparing."""

from alembic import op

from vitaal.kernel.fences import fence

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE app.action (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          title text NOT NULL,
          reason text NOT NULL DEFAULT '',
          position integer NOT NULL,
          created_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, id))
    """)
    op.execute("CREATE INDEX action_order ON app.action (workspace_id, position)")
    fence("action")
    op.execute("""
        CREATE TABLE app.coalition_draft (
          id uuid PRIMARY KEY,
          officer_id uuid NOT NULL REFERENCES app.person,
          municipality_code text NOT NULL REFERENCES oversight.municipality,
          answers jsonb NOT NULL DEFAULT '{}',
          created_at timestamptz NOT NULL,
          changed_at timestamptz NOT NULL,
          founded_slug text)
    """)
    op.execute("CREATE INDEX ON app.coalition_draft (officer_id)")
    op.execute("ALTER TABLE app.coalition_draft ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE app.coalition_draft FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY mine ON app.coalition_draft"
        " USING (officer_id = (SELECT wall.person())) WITH CHECK (officer_id = (SELECT wall.person()))"
    )
    op.execute("GRANT SELECT, INSERT, DELETE ON app.coalition_draft TO vitaal_app, vitaal_worker")
    op.execute(
        "GRANT UPDATE (answers, changed_at, founded_slug) ON app.coalition_draft TO vitaal_app, vitaal_worker"
    )
