"""A rule that is strained: seen by those it was shared with. Who brought it up is never seen by anyone else."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, INSIDE, MEMBERS, define, fence

revision = "0020"
down_revision = "0019"

_ME = "(SELECT wall.membership())"


def upgrade() -> None:
    _tables()
    _who_shares()
    _walls()


def _tables() -> None:
    op.execute("""
        CREATE TABLE app.strain (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          spelregel_id uuid,
          happened text NOT NULL CHECK (happened <> ''),
          needed text NOT NULL DEFAULT '',
          is_for_all boolean NOT NULL,
          stage text NOT NULL DEFAULT 'raised' CHECK (stage IN ('raised', 'talked', 'agreed', 'closed')),
          agreed text NOT NULL DEFAULT '',
          check_on date,
          lesson text NOT NULL DEFAULT '',
          raised_on date NOT NULL,
          changed_at timestamptz NOT NULL,
          version integer NOT NULL DEFAULT 1,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, spelregel_id) REFERENCES app.spelregel,
          CHECK (stage NOT IN ('agreed') OR (agreed <> '' AND check_on IS NOT NULL)))
    """)
    op.execute("""
        CREATE TABLE app.strain_person (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          strain_id uuid NOT NULL,
          member_id uuid NOT NULL,
          part text NOT NULL CHECK (part IN ('raised', 'other', 'guide')),
          PRIMARY KEY (workspace_id, strain_id, member_id),
          FOREIGN KEY (workspace_id, strain_id) REFERENCES app.strain ON DELETE CASCADE,
          FOREIGN KEY (workspace_id, member_id) REFERENCES app.membership)
    """)
    op.execute(
        "CREATE UNIQUE INDEX strain_raised_by ON app.strain_person (workspace_id, strain_id) WHERE part = 'raised'"
    )
    op.execute("CREATE INDEX strain_person_member ON app.strain_person (workspace_id, member_id)")


def _who_shares() -> None:
    """Which part the context's member has in a strain: `raised`, `other`, `guide`, or none."""
    op.execute("GRANT SELECT ON app.strain_person TO vitaal_ctx")
    define(
        "part_in_strain(which uuid) RETURNS text",
        """
          RETURN (SELECT s.part FROM app.strain_person s WHERE s.workspace_id = wall.workspace()
                     AND s.strain_id = which AND s.member_id = wall.membership());
        """,
    )


def _walls() -> None:
    mine = "(SELECT wall.part_in_strain(id)) IS NOT NULL"
    fence(
        "strain",
        read=f"{MEMBERS} AND ({mine} OR (is_for_all AND {INSIDE}))",
        insert=MEMBERS,
        update=f"{MEMBERS} AND ({mine} OR (is_for_all AND {ARRANGING}))",
        update_columns="stage, agreed, check_on, lesson, changed_at, version",
        delete="(SELECT wall.part_in_strain(id)) = 'raised'",
    )
    fence(
        "strain_person",
        read=f"member_id = {_ME} OR (SELECT wall.part_in_strain(strain_id)) IS NOT NULL",
        insert=f"(part = 'raised' AND member_id = {_ME})"
        " OR (part <> 'raised' AND (SELECT wall.part_in_strain(strain_id)) = 'raised')",
        update=None,
    )
