"""The wall: schemas, the context that a transaction carries, and who stands where in it."""

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA wall")
    op.execute("CREATE SCHEMA app")
    op.execute("CREATE SCHEMA oversight")
    op.execute("GRANT USAGE ON SCHEMA app, ops, oversight TO vitaal_app, vitaal_worker, vitaal_ctx")
    op.execute("GRANT USAGE ON SCHEMA wall TO vitaal_app, vitaal_worker, vitaal_programme, vitaal_ctx")
    op.execute("GRANT USAGE ON SCHEMA oversight TO vitaal_programme")
    _context()
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    _presented_invitation()
    _standing()
    _arrangers()
    _progress()
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")


def _context() -> None:
    """What the transaction says of itself; never cast current_setting() directly: it may be ''."""
    for name, setting in (("workspace", "workspace_id"), ("person", "person_id")):
        op.execute(
            f"CREATE FUNCTION wall.{name}() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE"
            f" RETURN nullif(current_setting('app.{setting}', true), '')::uuid"
        )
    op.execute(
        "CREATE FUNCTION wall.token() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE"
        " RETURN decode(nullif(current_setting('app.token', true), ''), 'hex')"
    )


def _presented_invitation() -> None:
    """The invitation whose secret was presented, in whatever state, and whether its inviter still may."""
    op.execute("""
        CREATE FUNCTION wall.presented_invitation()
        RETURNS TABLE (workspace_id uuid, invitation_id uuid, state text, inviter_may boolean, is_archived boolean)
        LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          RETURN QUERY
          SELECT i.workspace_id, i.id, i.state,
                 EXISTS (SELECT FROM app.membership m
                          WHERE m.workspace_id = i.workspace_id AND m.id = i.invited_by_id AND m.left_at IS NULL
                            AND (m.roles && ARRAY['lead', 'facilitator']
                                 OR (m.circle = 'inner' AND w.inviters = 'inner' AND i.roles = '{}')))
                 OR (i.invited_by_id IS NULL AND i.inviter_person_id = w.founder_id
                     AND EXISTS (SELECT FROM oversight.officer o
                                   JOIN app.workspace_municipality wm ON wm.municipality_code = o.municipality_code
                                  WHERE wm.workspace_id = w.id AND o.person_id = i.inviter_person_id)),
                 w.archived_at IS NOT NULL
            FROM ops.token t
            JOIN app.invitation i ON i.id = t.subject_id
            JOIN app.workspace w ON w.id = i.workspace_id
           WHERE t.hash = wall.token() AND t.purpose = 'invitation';
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.presented_invitation() FROM PUBLIC")
    op.execute(
        "GRANT EXECUTE ON FUNCTION wall.presented_invitation() TO vitaal_app, vitaal_worker, vitaal_owner"
    )


def _standing() -> None:
    """Where the context's person stands in the context's workspace right now; NULL means nowhere.

    arranging, inner, outer: a live member (arranging: lead or facilitator); founding: its founder, until it
    is founded; invited: the holder of an open invitation of an inviter who still may.
    """
    op.execute("""
        CREATE FUNCTION wall.invitation() RETURNS uuid
        LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          RETURN (SELECT p.invitation_id FROM wall.presented_invitation() p
                   WHERE p.workspace_id = wall.workspace() AND p.state = 'open' AND p.inviter_may
                     AND NOT p.is_archived);
        END $$
    """)
    op.execute("""
        CREATE FUNCTION wall.standing() RETURNS text
        LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE found text;
        BEGIN
          IF wall.workspace() IS NULL THEN RETURN NULL; END IF;
          SELECT CASE WHEN m.roles && ARRAY['lead', 'facilitator'] THEN 'arranging' ELSE m.circle END INTO found
            FROM app.membership m
           WHERE m.workspace_id = wall.workspace() AND m.person_id = wall.person() AND m.left_at IS NULL;
          IF found IS NOT NULL THEN RETURN found; END IF;
          IF EXISTS (SELECT FROM app.workspace w WHERE w.id = wall.workspace()
                       AND w.founder_id = wall.person() AND w.founded_at IS NULL) THEN RETURN 'founding'; END IF;
          IF wall.token() IS NOT NULL AND wall.invitation() IS NOT NULL THEN RETURN 'invited'; END IF;
          RETURN NULL;
        END $$
    """)
    for name in ("invitation", "standing"):
        op.execute(f"REVOKE ALL ON FUNCTION wall.{name}() FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION wall.{name}() TO vitaal_app, vitaal_worker, vitaal_owner")


def _arrangers() -> None:
    """Who arranges the context's workspace, for who may turn to them without standing in it.

    Those are: the holder of any of its invitations, anyone when its join page is open, and who stood in it
    or founded it.
    """
    op.execute("""
        CREATE FUNCTION wall.arrangers() RETURNS TABLE (person_id uuid)
        LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          IF EXISTS (SELECT FROM app.workspace w WHERE w.id = wall.workspace() AND w.archived_at IS NULL
                       AND ((w.join_page_open AND w.founded_at IS NOT NULL) OR w.founder_id = wall.person()))
             OR EXISTS (SELECT FROM app.membership m
                         WHERE m.workspace_id = wall.workspace() AND m.person_id = wall.person())
             OR EXISTS (SELECT FROM wall.presented_invitation() p WHERE p.workspace_id = wall.workspace())
          THEN RETURN QUERY
            SELECT m.person_id FROM app.membership m
             WHERE m.workspace_id = wall.workspace() AND m.left_at IS NULL AND m.person_id IS NOT NULL
               AND m.roles && ARRAY['lead', 'facilitator']
             ORDER BY m.joined_at, m.id;
          END IF;
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.arrangers() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION wall.arrangers() TO vitaal_app, vitaal_worker, vitaal_owner")


def _progress() -> None:
    """Two counts of the context's workspace, for who stands in it: what it hands up to its municipality."""
    op.execute("""
        CREATE FUNCTION wall.progress() RETURNS TABLE (invited bigint, accepted bigint)
        LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          IF wall.standing() IS NULL THEN RETURN; END IF;
          RETURN QUERY
          SELECT count(*), count(*) FILTER (WHERE i.state = 'accepted')
            FROM app.invitation i WHERE i.workspace_id = wall.workspace() AND i.state <> 'withdrawn';
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.progress() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION wall.progress() TO vitaal_app, vitaal_worker, vitaal_owner")
