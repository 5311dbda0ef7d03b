"""What comes back when it is done, what depends on what, and a trash that is emptied after thirty days."""

from alembic import op

from vitaal.kernel.fences import INSIDE, MEMBERS, permit

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    _references()
    _ideas()
    _history()
    _trash()


def _references() -> None:
    """Which action came back after which; who points at an action that is gone for good, points at nothing."""
    op.execute("ALTER TABLE app.action NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "ALTER TABLE app.action ADD again_after_id uuid, DROP CONSTRAINT action_workspace_id_depends_on_id_fkey"
    )
    for column in ("depends_on_id", "again_after_id"):
        op.execute(
            f"ALTER TABLE app.action ADD FOREIGN KEY (workspace_id, {column}) REFERENCES app.action"
            f" ON DELETE SET NULL ({column})"
        )
    op.execute("ALTER TABLE app.action FORCE ROW LEVEL SECURITY")
    op.execute("CREATE INDEX action_depends_on ON app.action (workspace_id, depends_on_id)")
    op.execute("CREATE UNIQUE INDEX action_comes_back_once ON app.action (workspace_id, again_after_id)")


def _ideas() -> None:
    """Who proposes an idea does so in their own name."""
    op.execute("DROP POLICY may_insert ON app.action")
    ideas = (
        f"({MEMBERS} AND circle = 'outer' AND status = 'idea' AND owner_id IS NULL"
        " AND added_by_id = (SELECT wall.membership()))"
    )
    permit("action", insert=f"{INSIDE} OR {ideas}")


def _history() -> None:
    """What happened to one thing is found without reading everything that happened."""
    op.execute(
        "CREATE INDEX event_object ON app.event (workspace_id, object_id, happened_at DESC, id DESC)"
        " WHERE object_id IS NOT NULL"
    )


def _trash() -> None:
    """The worker empties the trash of every workspace: only what lies there for more than thirty days."""
    op.execute("CREATE INDEX action_trash ON app.action (deleted_at) WHERE deleted_at IS NOT NULL")
    op.execute("GRANT DELETE, UPDATE (deleted_at) ON app.action TO vitaal_ctx")
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    op.execute("""
        CREATE FUNCTION wall.empty_trash() RETURNS bigint
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE emptied bigint;
        BEGIN
          DELETE FROM app.action WHERE (workspace_id, id) IN (
            SELECT a.workspace_id, a.id FROM app.action a WHERE a.deleted_at < now() - interval '30 days'
             ORDER BY a.deleted_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
          GET DIAGNOSTICS emptied = ROW_COUNT;
          RETURN emptied;
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.empty_trash() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION wall.empty_trash() TO vitaal_worker")
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")
