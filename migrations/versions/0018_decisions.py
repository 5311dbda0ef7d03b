"""A register of decisions and agreements: of meetings, actions and working groups, or of the coalition itself."""

from alembic import op

from vitaal.kernel.fences import INSIDE, MEMBERS, fence, refer

revision = "0018"
down_revision = "0017"

_ME = "(SELECT wall.membership())"
_SEES = "EXISTS (SELECT FROM app.{0} o WHERE (o.workspace_id, o.id) = ({1}.workspace_id, {1}.{2}))"
_ORIGINS = """
  meeting_id uuid, point_id uuid, action_id uuid, group_id uuid,
  FOREIGN KEY (workspace_id, meeting_id) REFERENCES app.meeting,
  FOREIGN KEY (workspace_id, meeting_id, point_id) REFERENCES app.meeting_point (workspace_id, meeting_id, id),
  FOREIGN KEY (workspace_id, action_id) REFERENCES app.action ON DELETE SET NULL (action_id),
  FOREIGN KEY (workspace_id, group_id) REFERENCES app.working_group"""


def upgrade() -> None:
    _decision()
    _agreement()
    _check()
    _outlive_an_action()


def _decision() -> None:
    """What meetings decided becomes what anyone decided; no decision is rewritten on the way."""
    op.execute("DROP POLICY workspace ON app.meeting_decision")
    op.execute("DROP POLICY may_read ON app.meeting_decision")
    op.execute("DROP POLICY may_insert ON app.meeting_decision")
    op.execute("ALTER TABLE app.meeting_decision NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE app.meeting_decision RENAME TO decision")
    op.execute("ALTER INDEX app.meeting_decision_meeting RENAME TO decision_meeting")
    op.execute("""
        ALTER TABLE app.decision
          ALTER meeting_id DROP NOT NULL,
          ALTER point_id DROP NOT NULL,
          ADD action_id uuid,
          ADD group_id uuid,
          ADD circle text NOT NULL DEFAULT 'outer' CHECK (circle IN ('inner', 'outer')),
          ADD decided_by text NOT NULL DEFAULT '',
          ADD minority text NOT NULL DEFAULT '',
          ADD valid_until date,
          ADD CHECK (num_nonnulls(meeting_id, action_id, group_id) <= 1),
          ADD CHECK (point_id IS NULL OR meeting_id IS NOT NULL)
    """)
    op.execute("ALTER TABLE app.decision ALTER circle DROP DEFAULT")
    op.execute("""
        ALTER TABLE app.decision
          ADD search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('dutch', text || ' ' || minority)) STORED
    """)
    refer("decision", "workspace_id, action_id", "action", "ON DELETE SET NULL (action_id)")
    refer("decision", "workspace_id, group_id", "working_group")
    refer("decision", "workspace_id, replaces_id", "decision")
    for column in ("action_id", "group_id"):
        op.execute(f"CREATE INDEX decision_{column[:-3]} ON app.decision (workspace_id, {column})")
    op.execute("CREATE INDEX decision_day ON app.decision (workspace_id, decided_on, id)")
    fence("decision", read=_read("decision"), insert=f"{INSIDE} AND by_id = {_ME}", update=None)


def _agreement() -> None:
    """What we will do from now on: who looks after it, and on which day we check whether it works."""
    op.execute(f"""
        CREATE TABLE app.agreement (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          text text NOT NULL CHECK (text <> ''),
          owner_id uuid NOT NULL,
          check_on date NOT NULL,
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          decision_id uuid,
          agreed_on date NOT NULL,
          by_id uuid NOT NULL,
          by_name text NOT NULL,
          written_at timestamptz NOT NULL,
          ended_at timestamptz,
          version integer NOT NULL DEFAULT 1,
          search tsvector NOT NULL GENERATED ALWAYS AS (to_tsvector('dutch', text)) STORED,
          {_ORIGINS},
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, owner_id) REFERENCES app.membership,
          FOREIGN KEY (workspace_id, decision_id) REFERENCES app.decision,
          FOREIGN KEY (workspace_id, by_id) REFERENCES app.membership,
          CHECK (num_nonnulls(meeting_id, action_id, group_id) <= 1),
          CHECK (point_id IS NULL OR meeting_id IS NOT NULL))
    """)
    for column in ("owner_id", "decision_id", "meeting_id", "action_id", "group_id"):
        op.execute(f"CREATE INDEX agreement_{column[:-3]} ON app.agreement (workspace_id, {column})")
    op.execute("CREATE INDEX agreement_due ON app.agreement (workspace_id, check_on) WHERE ended_at IS NULL")
    fence(
        "agreement", read=_read("agreement"), insert=f"{INSIDE} AND by_id = {_ME}",
        update=f"({INSIDE} OR owner_id = {_ME})", update_columns="owner_id, check_on, ended_at, version",
    )  # fmt: skip


def _check() -> None:
    """What came of looking whether an agreement works, by who looks after it or the inner circle; never rewritten."""
    op.execute("""
        CREATE TABLE app.agreement_check (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          agreement_id uuid NOT NULL,
          outcome text NOT NULL CHECK (outcome IN ('keep', 'done', 'stop')),
          lesson text NOT NULL DEFAULT '',
          next_on date,
          by_id uuid NOT NULL,
          by_name text NOT NULL,
          checked_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, agreement_id) REFERENCES app.agreement,
          FOREIGN KEY (workspace_id, by_id) REFERENCES app.membership,
          CHECK ((outcome = 'keep') = (next_on IS NOT NULL)))
    """)
    op.execute("CREATE INDEX agreement_check_of ON app.agreement_check (workspace_id, agreement_id)")
    sees = _SEES.format("agreement", "agreement_check", "agreement_id")
    looks_after = f"{sees[:-1]} AND ({INSIDE} OR o.owner_id = {_ME}))"
    fence("agreement_check", read=sees, insert=f"{MEMBERS} AND by_id = {_ME} AND {looks_after}", update=None)


def _outlive_an_action() -> None:
    """When an action of the inner circle is gone for good, what was decided about it stays for the inner circle."""
    op.execute(
        "GRANT SELECT (workspace_id, action_id), UPDATE (circle) ON app.decision, app.agreement TO vitaal_ctx"
    )
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    op.execute("""
        CREATE FUNCTION wall.keep_inside() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          IF OLD.circle = 'inner' THEN
            UPDATE app.decision SET circle = 'inner' WHERE (workspace_id, action_id) = (OLD.workspace_id, OLD.id);
            UPDATE app.agreement SET circle = 'inner' WHERE (workspace_id, action_id) = (OLD.workspace_id, OLD.id);
          END IF;
          RETURN OLD;
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.keep_inside() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION wall.keep_inside() TO vitaal_owner")
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")
    op.execute(
        "CREATE TRIGGER keep_inside BEFORE DELETE ON app.action FOR EACH ROW EXECUTE FUNCTION wall.keep_inside()"
    )


def _read(table: str) -> str:
    """The circle it was written for sees it, as far as they see where it came from.

    What was written at a point of a meeting is part of its minutes: who sees the meeting and the point sees it.
    """
    origins = " AND ".join(
        f"({column} IS NULL OR {_SEES.format(of, table, column)})"
        for column, of in (("meeting_id", "meeting"), ("point_id", "meeting_point"), ("action_id", "action"))
    )
    return f"{MEMBERS} AND (circle = 'outer' OR point_id IS NOT NULL OR {INSIDE}) AND {origins}"
