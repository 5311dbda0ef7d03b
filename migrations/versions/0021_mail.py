"""Mail that fits who reads it: a rhythm per workspace, what is told at once, and addresses that no longer work."""

from alembic import op

from vitaal.kernel.fences import STANDING, define

revision = "0021"
down_revision = "0020"

_CLAIM = """
          due_at timestamptz NOT NULL,
          lease_until timestamptz,
          lease_token uuid,
          attempts integer NOT NULL DEFAULT 0,
          last_error text NOT NULL DEFAULT '',
          created_at timestamptz NOT NULL"""


def upgrade() -> None:
    _person()
    _choice()
    _digest()
    _notice()
    _letter()
    _door()
    _looking()


def _person() -> None:
    """A pause, when we asked whether they still want mail, and whether their next day must be reckoned anew.

    `digest_place` is the workspace among whose people they wait for their turn on a busy morning.
    """
    op.execute("""
        ALTER TABLE app.person
          ADD away_until date,
          ADD asked_whether_on date,
          ADD heard_on date,
          ADD digest_is_unplanned boolean NOT NULL DEFAULT true,
          ADD digest_place uuid
    """)
    op.execute("CREATE INDEX person_unplanned ON app.person (id) WHERE digest_is_unplanned")
    columns = "away_until, asked_whether_on, heard_on, digest_is_unplanned, digest_place"
    op.execute(f"GRANT INSERT ({columns}), UPDATE ({columns}) ON app.person TO vitaal_app, vitaal_worker")
    op.execute("ALTER TABLE app.workspace ADD quiet_weekends boolean NOT NULL DEFAULT true")
    op.execute("GRANT UPDATE (quiet_weekends) ON app.workspace TO vitaal_app, vitaal_worker")


def _choice() -> None:
    """What someone chose for the mail about one workspace: theirs alone, in it and outside any."""
    op.execute("""
        CREATE TABLE app.mail_choice (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          person_id uuid NOT NULL REFERENCES app.person,
          cadence text CHECK (cadence IN ('daily', 'weekly', 'monthly', 'never')),
          weekday integer CHECK (weekday BETWEEN 1 AND 7),
          is_told_at_once boolean NOT NULL DEFAULT true,
          PRIMARY KEY (workspace_id, person_id))
    """)
    op.execute("CREATE INDEX ON app.mail_choice (person_id)")
    op.execute("ALTER TABLE app.mail_choice ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE app.mail_choice FORCE ROW LEVEL SECURITY")
    mine = "person_id = (SELECT wall.person())"
    proof = (
        f"{mine} AND ((workspace_id = (SELECT wall.workspace()) AND {STANDING} IS NOT NULL)"
        " OR (SELECT wall.workspace()) IS NULL)"
    )
    op.execute(
        f"CREATE POLICY workspace ON app.mail_choice AS RESTRICTIVE USING ({proof}) WITH CHECK ({proof})"
    )
    op.execute(f"CREATE POLICY mine ON app.mail_choice USING ({mine}) WITH CHECK ({mine})")
    op.execute("GRANT SELECT, INSERT, UPDATE ON app.mail_choice TO vitaal_app, vitaal_worker")


def _digest() -> None:
    """One digest per person and local day; what it said of each workspace, and which requests it repeated."""
    op.execute("ALTER TABLE ops.digest DROP CONSTRAINT digest_person_id_cadence_period_key")
    op.execute("ALTER TABLE ops.digest DROP CONSTRAINT digest_state_check")
    op.execute("ALTER TABLE ops.digest DROP COLUMN cadence, ADD turn integer NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE ops.digest ADD UNIQUE (person_id, period)")
    op.execute(
        "ALTER TABLE ops.digest ADD CHECK (state IN ('waiting', 'composing', 'composed', 'empty', 'parked'))"
    )
    op.execute("DROP INDEX ops.digest_due")
    op.execute(
        "CREATE INDEX digest_due ON ops.digest (due_at, turn, id) WHERE state IN ('waiting', 'composing')"
    )
    op.execute("""
        CREATE TABLE ops.digest_part (
          digest_id uuid NOT NULL REFERENCES ops.digest ON DELETE CASCADE,
          workspace_id uuid NOT NULL,
          asks uuid[] NOT NULL DEFAULT '{}',
          is_told boolean NOT NULL DEFAULT true,
          PRIMARY KEY (digest_id, workspace_id))
    """)
    op.execute("GRANT SELECT, INSERT ON ops.digest_part TO vitaal_worker")


def _notice() -> None:
    """What someone is told at once: of which kind, about which thing; the words are found when it is written."""
    op.execute(f"""
        CREATE TABLE ops.notice (
          id uuid PRIMARY KEY,
          workspace_id uuid NOT NULL,
          person_id uuid NOT NULL REFERENCES app.person,
          kind text NOT NULL,
          subject_id uuid NOT NULL,
          state text NOT NULL DEFAULT 'waiting'
            CHECK (state IN ('waiting', 'composing', 'composed', 'dropped', 'parked')),
          letter_id uuid REFERENCES ops.letter,{_CLAIM})
    """)
    op.execute("CREATE INDEX notice_due ON ops.notice (due_at, id) WHERE state IN ('waiting', 'composing')")
    op.execute("CREATE INDEX notice_reader ON ops.notice (person_id, workspace_id)")
    op.execute("CREATE INDEX notice_letter ON ops.notice (letter_id)")
    op.execute("GRANT INSERT ON ops.notice TO vitaal_app, vitaal_worker")
    op.execute("GRANT SELECT (id) ON ops.notice TO vitaal_app")
    op.execute("GRANT SELECT, UPDATE, DELETE ON ops.notice TO vitaal_worker")


def _letter() -> None:
    """Where an answer goes, and whether a letter is one of many: those never stand before one that someone waits for."""
    op.execute(
        "ALTER TABLE ops.letter ADD reply_to text NOT NULL DEFAULT '', ADD is_bulk boolean NOT NULL DEFAULT false"
    )
    op.execute("DROP INDEX ops.letter_due")
    op.execute(
        "CREATE INDEX letter_due ON ops.letter (is_bulk, due_at, id)"
        " WHERE state IN ('waiting', 'sending', 'handing_over')"
    )


def _door() -> None:
    """Mail that comes in: which was received already, and which addresses turned out not to exist."""
    op.execute("""
        CREATE TABLE ops.received (
          message_id text PRIMARY KEY,
          outcome text NOT NULL,
          received_at timestamptz NOT NULL)
    """)
    op.execute("GRANT SELECT, INSERT, DELETE ON ops.received TO vitaal_worker")
    op.execute("""
        CREATE TABLE ops.unreachable (
          email text PRIMARY KEY CHECK (email = lower(email)),
          since_at timestamptz NOT NULL,
          reason text NOT NULL)
    """)
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ops.unreachable TO vitaal_app, vitaal_worker")


def _looking() -> None:
    """Someone may look at their mail before it is sent: the web sees of what was told only what they were told."""
    for table, proof in (
        ("digest", "person_id = (SELECT wall.person())"),
        ("digest_part", "EXISTS (SELECT FROM ops.digest d WHERE d.id = digest_id)"),
    ):
        op.execute(f"ALTER TABLE ops.{table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY work ON ops.{table} TO vitaal_worker USING (true) WITH CHECK (true)")
        op.execute(f"CREATE POLICY mine ON ops.{table} FOR SELECT TO vitaal_app USING ({proof})")
    op.execute("GRANT SELECT (id, person_id, state, covers_until, letter_id) ON ops.digest TO vitaal_app")
    op.execute("GRANT SELECT ON ops.digest_part TO vitaal_app")
    op.execute(
        "GRANT SELECT (subject_id, person_id, workspace_id, letter_id, created_at) ON ops.notice TO vitaal_ctx"
    )
    op.execute("GRANT SELECT (id, state) ON ops.letter TO vitaal_ctx")
    define(
        "told_at_once(after timestamptz) RETURNS SETOF uuid",
        """
          RETURN QUERY SELECT n.subject_id FROM ops.notice n JOIN ops.letter l ON l.id = n.letter_id
           WHERE n.person_id = wall.person() AND n.workspace_id = wall.workspace()
             AND n.created_at > after AND l.state = 'sent';
        """,
    )
