"""The action agenda: challenges, goals, working groups, and actions with all that belongs to them."""

from alembic import op

from vitaal.kernel.fences import INSIDE, MEMBERS, SHARED_OR_INSIDE, fence, permit, refer

revision = "0009"
down_revision = "0008"

REFERENCES = {
    "goal_id": "goal",
    "owner_id": "membership",
    "partner_id": "partner",
    "group_id": "working_group",
    "depends_on_id": "action",
    "added_by_id": "membership",
}
# What belongs to an action is seen by who sees the action.
OF_AN_ACTION = (
    "EXISTS (SELECT FROM app.action a WHERE a.workspace_id = {0}.workspace_id AND a.id = {0}.action_id)"
)


def upgrade() -> None:
    _own_partner()
    _challenge()
    _goal()
    _working_group()
    _action()
    _end_of_agenda()
    _action_parts()
    _action_change()


def _own_partner() -> None:
    """The partner that the context's member represents, so that a policy can speak of its one voice."""
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    op.execute("""
        CREATE FUNCTION wall.partner() RETURNS uuid
        LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          RETURN (SELECT m.partner_id FROM app.membership m
                   WHERE m.workspace_id = wall.workspace() AND m.person_id = wall.person() AND m.left_at IS NULL);
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.partner() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION wall.partner() TO vitaal_app, vitaal_worker, vitaal_owner")
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")


def _end_of_agenda() -> None:
    """The last number and position on the agenda, those of hidden actions included; who asks has to stand in it.

    Who adds at the same moment waits, so that no number is given twice.
    """
    op.execute("GRANT SELECT ON app.action TO vitaal_ctx")
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    op.execute("""
        CREATE FUNCTION wall.end_of_agenda() RETURNS TABLE (number integer, place integer)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          IF wall.standing() IS NULL THEN RETURN; END IF;
          PERFORM pg_advisory_xact_lock(hashtextextended(wall.workspace()::text, 9));
          RETURN QUERY SELECT coalesce(max(a.number), 0), coalesce(max(a.position), 0)
                         FROM app.action a WHERE a.workspace_id = wall.workspace();
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.end_of_agenda() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION wall.end_of_agenda() TO vitaal_app, vitaal_worker, vitaal_owner")
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")


def _challenge() -> None:
    op.execute("""
        CREATE TABLE app.challenge (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          title text NOT NULL,
          promise text NOT NULL DEFAULT '',
          commitment text NOT NULL DEFAULT '',
          doing text NOT NULL DEFAULT '',
          position integer NOT NULL,
          version integer NOT NULL DEFAULT 1,
          created_at timestamptz NOT NULL,
          archived_at timestamptz,
          PRIMARY KEY (workspace_id, id))
    """)
    fence("challenge")


def _goal() -> None:
    op.execute("""
        CREATE TABLE app.goal (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          challenge_id uuid,
          title text NOT NULL,
          why text NOT NULL DEFAULT '',
          from_on date,
          to_on date,
          position integer NOT NULL,
          version integer NOT NULL DEFAULT 1,
          created_at timestamptz NOT NULL,
          archived_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, challenge_id) REFERENCES app.challenge,
          CHECK (to_on >= from_on))
    """)
    fence("goal")
    op.execute("""
        CREATE TABLE app.indicator (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          goal_id uuid NOT NULL,
          name text NOT NULL,
          now text NOT NULL DEFAULT '',
          target text NOT NULL DEFAULT '',
          position integer NOT NULL,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, goal_id) REFERENCES app.goal)
    """)
    fence("indicator", delete=INSIDE)
    op.execute("""
        CREATE TABLE app.backing (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          goal_id uuid NOT NULL,
          partner_id uuid NOT NULL,
          stands_behind boolean NOT NULL,
          brings text NOT NULL DEFAULT '',
          said_by_id uuid NOT NULL,
          said_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, goal_id, partner_id),
          FOREIGN KEY (workspace_id, goal_id) REFERENCES app.goal,
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner,
          FOREIGN KEY (workspace_id, said_by_id) REFERENCES app.membership)
    """)
    own = f"{MEMBERS} AND partner_id = (SELECT wall.partner()) AND said_by_id = (SELECT wall.membership())"
    fence("backing", insert=own, update=None)
    op.execute(
        "CREATE POLICY may_update ON app.backing FOR UPDATE USING (partner_id = (SELECT wall.partner()))"
        f" WITH CHECK ({own})"
    )
    op.execute("GRANT UPDATE ON app.backing TO vitaal_app, vitaal_worker")


def _working_group() -> None:
    op.execute("""
        CREATE TABLE app.working_group (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          name text NOT NULL,
          purpose text NOT NULL DEFAULT '',
          lead_id uuid,
          version integer NOT NULL DEFAULT 1,
          created_at timestamptz NOT NULL,
          ended_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, lead_id) REFERENCES app.membership)
    """)
    fence("working_group")
    op.execute("""
        CREATE TABLE app.group_member (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          group_id uuid NOT NULL,
          member_id uuid NOT NULL,
          joined_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, group_id, member_id),
          FOREIGN KEY (workspace_id, group_id) REFERENCES app.working_group,
          FOREIGN KEY (workspace_id, member_id) REFERENCES app.membership)
    """)
    fence(
        "group_member",
        update=None,
        delete=f"{INSIDE} OR member_id = (SELECT wall.membership())",
    )


def _action() -> None:
    _action_columns()
    for column, table in REFERENCES.items():
        refer("action", f"workspace_id, {column}", to=table)
    op.execute("DROP INDEX app.action_order")
    op.execute("CREATE INDEX action_order ON app.action (workspace_id, position, id)")
    op.execute("CREATE INDEX action_due ON app.action (workspace_id, due_on, id)")
    op.execute("CREATE INDEX action_owner ON app.action (workspace_id, owner_id)")
    op.execute("CREATE INDEX action_goal ON app.action (workspace_id, goal_id)")
    op.execute("CREATE INDEX action_search ON app.action USING gin (search)")
    for policy in ("may_read", "may_insert"):
        op.execute(f"DROP POLICY {policy} ON app.action")
    ideas = f"({MEMBERS} AND circle = 'outer' AND status = 'idea' AND owner_id IS NULL)"
    permit("action", read=f"{MEMBERS} AND {SHARED_OR_INSIDE}", insert=f"{INSIDE} OR {ideas}")


def _action_columns() -> None:
    op.execute("ALTER TABLE app.action NO FORCE ROW LEVEL SECURITY")
    op.execute("""
        ALTER TABLE app.action
          ADD number integer,
          ADD goal_id uuid, ADD owner_id uuid, ADD partner_id uuid, ADD group_id uuid, ADD depends_on_id uuid,
          ADD starts_on date, ADD due_on date,
          ADD status text NOT NULL DEFAULT 'to_do'
            CHECK (status IN ('idea', 'to_do', 'doing', 'waiting', 'done', 'stopped')),
          ADD stop_reason text NOT NULL DEFAULT '',
          ADD status_at timestamptz,
          ADD repeats text NOT NULL DEFAULT '' CHECK (repeats IN ('', 'week', 'month', 'quarter', 'year')),
          ADD labels text[] NOT NULL DEFAULT '{}',
          ADD serves text NOT NULL DEFAULT '',
          ADD circle text NOT NULL DEFAULT 'outer' CHECK (circle IN ('inner', 'outer')),
          ADD origin_kind text NOT NULL DEFAULT '', ADD origin_key text NOT NULL DEFAULT '',
          ADD origin_name text NOT NULL DEFAULT '',
          ADD quadrant text NOT NULL DEFAULT '',
          ADD added_by_id uuid,
          ADD import_id uuid,
          ADD version integer NOT NULL DEFAULT 1,
          ADD changed_at timestamptz, ADD archived_at timestamptz, ADD deleted_at timestamptz,
          ADD search tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('dutch', title), 'A') || to_tsvector('dutch', reason || ' ' || serves)) STORED,
          ADD CHECK (due_on >= starts_on),
          ADD CHECK (depends_on_id <> id),
          ADD CHECK (status <> 'stopped' OR stop_reason <> '')
    """)
    op.execute("""
        UPDATE app.action a SET changed_at = a.created_at, status_at = a.created_at, number = numbered.number
          FROM (SELECT workspace_id, id, row_number() OVER (PARTITION BY workspace_id ORDER BY position, id) AS number
                  FROM app.action) numbered
         WHERE (numbered.workspace_id, numbered.id) = (a.workspace_id, a.id)
    """)
    op.execute(
        "ALTER TABLE app.action ALTER number SET NOT NULL, ALTER changed_at SET NOT NULL,"
        " ALTER status_at SET NOT NULL, ADD CONSTRAINT action_number UNIQUE (workspace_id, number)"
    )
    op.execute("ALTER TABLE app.action FORCE ROW LEVEL SECURITY")


def _action_parts() -> None:
    op.execute("""
        CREATE TABLE app.action_helper (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          action_id uuid NOT NULL,
          member_id uuid NOT NULL,
          since_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, action_id, member_id),
          FOREIGN KEY (workspace_id, action_id) REFERENCES app.action ON DELETE CASCADE,
          FOREIGN KEY (workspace_id, member_id) REFERENCES app.membership)
    """)
    seen = OF_AN_ACTION.format("action_helper")
    who = f"({INSIDE} OR member_id = (SELECT wall.membership()))"
    fence("action_helper", read=seen, insert=f"{who} AND {seen}", update=None, delete=who)
    op.execute("CREATE INDEX action_helper_member ON app.action_helper (workspace_id, member_id)")
    op.execute("""
        CREATE TABLE app.step (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          action_id uuid NOT NULL,
          text text NOT NULL,
          position integer NOT NULL,
          done_at timestamptz,
          done_by_id uuid,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, action_id) REFERENCES app.action ON DELETE CASCADE,
          FOREIGN KEY (workspace_id, done_by_id) REFERENCES app.membership)
    """)
    op.execute("CREATE INDEX step_action ON app.step (workspace_id, action_id, position)")
    fence("step", read=OF_AN_ACTION.format("step"), delete=INSIDE)


def _action_change() -> None:
    op.execute("""
        CREATE TABLE app.action_change (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          action_id uuid NOT NULL,
          changed_at timestamptz NOT NULL,
          by_id uuid NOT NULL,
          by_name text NOT NULL,
          version integer NOT NULL,
          before jsonb NOT NULL,
          after jsonb NOT NULL,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, action_id) REFERENCES app.action ON DELETE CASCADE,
          FOREIGN KEY (workspace_id, by_id) REFERENCES app.membership)
    """)
    op.execute("CREATE INDEX action_change_action ON app.action_change (workspace_id, action_id, version)")
    fence("action_change", read=OF_AN_ACTION.format("action_change"), update=None)
