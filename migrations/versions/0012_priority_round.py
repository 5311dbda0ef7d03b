"""Rounds in which the partners weigh the actions: each rates alone, nobody sees it until the round closes."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, MEMBERS, SHARED_OR_INSIDE, fence

revision = "0012"
down_revision = "0011"

# A round for the inner circle only is hidden from the outer circle, with all that belongs to it.
OF_A_ROUND = "EXISTS (SELECT FROM app.priority_round r WHERE r.workspace_id = {0}.workspace_id AND r.id = {0}.round_id)"
OF_AN_ACTION = (
    "EXISTS (SELECT FROM app.round_action a WHERE a.workspace_id = {0}.workspace_id"
    " AND a.round_id = {0}.round_id AND a.action_id = {0}.action_id)"
)
CLOSED = (
    "EXISTS (SELECT FROM app.priority_round r WHERE r.workspace_id = rating.workspace_id"
    " AND r.id = rating.round_id AND r.closed_at IS NOT NULL)"
)
# The partner that the member represents, and those of members without an account whom they help.
OWN_VOICE = (
    "(partner_id = (SELECT wall.partner()) OR partner_id IN (SELECT m.partner_id FROM app.membership m"
    " WHERE m.helper_id = (SELECT wall.membership()) AND m.left_at IS NULL))"
)


def upgrade() -> None:
    _priority_round()
    _round_action()
    _voice()
    _holds_open()
    _rating()
    _raters()


def _priority_round() -> None:
    op.execute("""
        CREATE TABLE app.priority_round (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          why text NOT NULL DEFAULT '',
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          closes_on date NOT NULL,
          opened_at timestamptz NOT NULL,
          opened_by_id uuid NOT NULL,
          closed_at timestamptz,
          closed_by_id uuid,
          settled_at timestamptz,
          settled_by_id uuid,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, opened_by_id) REFERENCES app.membership,
          FOREIGN KEY (workspace_id, closed_by_id) REFERENCES app.membership,
          FOREIGN KEY (workspace_id, settled_by_id) REFERENCES app.membership,
          CHECK (closed_at IS NOT NULL OR settled_at IS NULL))
    """)
    op.execute(
        "CREATE UNIQUE INDEX priority_round_open ON app.priority_round (workspace_id) WHERE closed_at IS NULL"
    )
    fence(
        "priority_round",
        read=f"{MEMBERS} AND {SHARED_OR_INSIDE}",
        insert=ARRANGING,
        update=ARRANGING,
        update_columns="closed_at, closed_by_id, settled_at, settled_by_id",
    )


def _round_action() -> None:
    """The actions that are weighed in a round, and afterwards what was decided about each."""
    op.execute("""
        CREATE TABLE app.round_action (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          round_id uuid NOT NULL,
          action_id uuid NOT NULL,
          place integer NOT NULL,
          settled_place integer,
          quadrant text NOT NULL DEFAULT '' CHECK (quadrant IN ('', 'now', 'explore', 'hand-over', 'let-go')),
          taken_by_id uuid,
          PRIMARY KEY (workspace_id, round_id, action_id),
          FOREIGN KEY (workspace_id, round_id) REFERENCES app.priority_round,
          FOREIGN KEY (workspace_id, action_id) REFERENCES app.action ON DELETE CASCADE,
          FOREIGN KEY (workspace_id, taken_by_id) REFERENCES app.partner)
    """)
    op.execute("CREATE INDEX round_action_action ON app.round_action (workspace_id, action_id)")
    seen = (
        "EXISTS (SELECT FROM app.action a WHERE a.workspace_id = round_action.workspace_id"
        " AND a.id = round_action.action_id)"
    )
    fence(
        "round_action",
        read=f"{OF_A_ROUND.format('round_action')} AND {seen}",
        insert=ARRANGING,
        update=ARRANGING,
        update_columns="settled_place, quadrant, taken_by_id",
    )


def _voice() -> None:
    """The partners that are asked in a round; decided when it opens (rule D-52)."""
    op.execute("""
        CREATE TABLE app.voice (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          round_id uuid NOT NULL,
          partner_id uuid NOT NULL,
          PRIMARY KEY (workspace_id, round_id, partner_id),
          FOREIGN KEY (workspace_id, round_id) REFERENCES app.priority_round,
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner)
    """)
    fence("voice", read=OF_A_ROUND.format("voice"), insert=ARRANGING, update=None)


def _holds_open() -> None:
    """Whether a round of the context's workspace is open; it stays so until this transaction ends.

    Who closes it waits for who is rating, and who rates while it closes waits and is then told that it is closed.
    """
    op.execute("GRANT SELECT, UPDATE (closed_at) ON app.priority_round TO vitaal_ctx")
    _definer(
        "holds_open(the_round uuid) RETURNS boolean",
        "VOLATILE",
        """
          IF wall.standing() IS NULL THEN RETURN false; END IF;
          PERFORM FROM app.priority_round r
            WHERE r.workspace_id = wall.workspace() AND r.id = the_round AND r.closed_at IS NULL
              FOR SHARE;
          RETURN FOUND;
        """,
    )


def _rating() -> None:
    op.execute("""
        CREATE TABLE app.rating (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          round_id uuid NOT NULL,
          action_id uuid NOT NULL,
          partner_id uuid NOT NULL,
          importance smallint NOT NULL CHECK (importance BETWEEN 1 AND 5),
          urgency smallint NOT NULL CHECK (urgency BETWEEN 1 AND 5),
          remark text NOT NULL DEFAULT '',
          rated_by_id uuid NOT NULL,
          rated_by_name text NOT NULL,
          rated_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, round_id, action_id, partner_id),
          FOREIGN KEY (workspace_id, round_id, action_id) REFERENCES app.round_action ON DELETE CASCADE,
          FOREIGN KEY (workspace_id, round_id, partner_id) REFERENCES app.voice,
          FOREIGN KEY (workspace_id, rated_by_id) REFERENCES app.membership)
    """)
    seen = OF_AN_ACTION.format("rating")
    entered = (
        f"{OWN_VOICE} AND {seen} AND rated_by_id = (SELECT wall.membership())"
        " AND (SELECT wall.holds_open(round_id))"
    )
    fence("rating", read=f"{seen} AND ({OWN_VOICE} OR {CLOSED})", insert=entered, update=None)
    op.execute(
        f"CREATE POLICY may_update ON app.rating FOR UPDATE USING ({OWN_VOICE}) WITH CHECK ({entered})"
    )
    op.execute(
        "GRANT UPDATE (importance, urgency, remark, rated_by_id, rated_by_name, rated_at) ON app.rating"
        " TO vitaal_app, vitaal_worker"
    )


def _raters() -> None:
    """How many actions each partner rated in a round; never how. For who may see the round."""
    op.execute("GRANT SELECT ON app.rating TO vitaal_ctx")
    _definer(
        "raters(the_round uuid) RETURNS TABLE (partner_id uuid, rated bigint)",
        "STABLE",
        """
          IF wall.standing() IS NULL OR NOT EXISTS (
            SELECT FROM app.priority_round r WHERE r.workspace_id = wall.workspace() AND r.id = the_round
               AND (r.circle = 'outer' OR wall.standing() IN ('arranging', 'inner'))) THEN RETURN; END IF;
          RETURN QUERY SELECT g.partner_id, count(*) FROM app.rating g
            WHERE g.workspace_id = wall.workspace() AND g.round_id = the_round GROUP BY g.partner_id;
        """,
    )


def _definer(signature: str, kind: str, body: str) -> None:
    plain = f"{signature.split('(', maxsplit=1)[0]}(uuid)"
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    op.execute(
        f"CREATE FUNCTION wall.{signature} LANGUAGE plpgsql {kind} SECURITY DEFINER"
        f" SET search_path = pg_catalog, pg_temp AS $$ BEGIN {body} END $$"
    )
    op.execute(f"REVOKE ALL ON FUNCTION wall.{plain} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION wall.{plain} TO vitaal_app, vitaal_worker, vitaal_owner")
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")
