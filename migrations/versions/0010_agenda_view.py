"""Views of the agenda that members keep under a name, for themselves or for everyone."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, INSIDE, MEMBERS, fence

revision = "0010"
down_revision = "0009"

OWN = "member_id = (SELECT wall.membership())"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE app.agenda_view (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          member_id uuid NOT NULL,
          name text NOT NULL,
          query text NOT NULL,
          is_shared boolean NOT NULL,
          created_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, member_id) REFERENCES app.membership)
    """)
    fence(
        "agenda_view",
        read=f"{MEMBERS} AND (is_shared OR {OWN})",
        insert=f"{MEMBERS} AND {OWN} AND (NOT is_shared OR {INSIDE})",
        update=None,
        delete=f"{OWN} OR (is_shared AND {ARRANGING})",
    )
