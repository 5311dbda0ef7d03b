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
    """The strains that the context's member is in; with `only_raised` those that they brought up themselves."""
    op.execute("GRANT SELECT ON app.strain_person TO vitaal_ctx")
    define(
        "my_strains(only_raised boolean) RETURNS SETOF uuid",
        """
          RETURN QUERY SELECT s.strain_id FROM app.strain_person s WHERE s.workspace_id = wall.workspace()
             AND s.member_id = wall.membership() AND (s.part = 'raised' OR NOT only_raised);
        """,
    )


def _walls() -> None:
    """Nobody is added to a strain but by who brought it up, and to one for all nobody at all."""
    mine, raised = "(SELECT wall.my_strains(false))", "(SELECT wall.my_strains(true))"
    fence(
        "strain",
        read=f"{MEMBERS} AND (id IN {mine} OR (is_for_all AND {INSIDE}))",
        insert=MEMBERS,
        update=f"{MEMBERS} AND (id IN {mine} OR (is_for_all AND {ARRANGING}))",
        update_columns="stage, agreed, check_on, lesson, version",
        delete=f"id IN {raised}",
    )
    is_private = (
        "EXISTS (SELECT FROM app.strain t WHERE (t.workspace_id, t.id)"
        " = (strain_person.workspace_id, strain_person.strain_id) AND NOT t.is_for_all)"
    )
    fence(
        "strain_person",
        read=f"strain_id IN {mine}",
        insert=f"(part = 'raised' AND member_id = {_ME})"
        f" OR (part <> 'raised' AND strain_id IN {raised} AND {is_private})",
        update=None,
    )
