"""People, the addresses that are proven theirs, their sessions, and single-use secrets."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _person()
    _session()
    _secrets()


def _person() -> None:
    op.execute("""
        CREATE TABLE app.person (
          id uuid PRIMARY KEY,
          name text NOT NULL,
          email text NOT NULL UNIQUE CHECK (email = lower(email)),
          phone text NOT NULL DEFAULT '',
          language text NOT NULL DEFAULT 'nl' CHECK (language IN ('nl', 'en')),
          time_zone text NOT NULL DEFAULT 'Europe/Amsterdam',
          colour_scheme text NOT NULL DEFAULT 'auto' CHECK (colour_scheme IN ('auto', 'light', 'dark')),
          digest_cadence text CHECK (digest_cadence IN ('daily', 'weekly', 'monthly', 'never')),
          digest_weekday integer NOT NULL DEFAULT 2 CHECK (digest_weekday BETWEEN 1 AND 7),
          next_digest_on date,
          is_operator boolean NOT NULL DEFAULT false,
          created_at timestamptz NOT NULL)
    """)
    op.execute("CREATE INDEX person_digest ON app.person (next_digest_on) WHERE next_digest_on IS NOT NULL")
    op.execute("""
        CREATE TABLE app.address (
          email text PRIMARY KEY CHECK (email = lower(email)),
          person_id uuid NOT NULL REFERENCES app.person,
          proven_at timestamptz NOT NULL)
    """)
    op.execute("CREATE INDEX ON app.address (person_id)")
    given = "name, email, phone, language, time_zone, colour_scheme, digest_cadence, digest_weekday, next_digest_on"
    op.execute("GRANT SELECT ON app.person, app.address TO vitaal_app, vitaal_worker")
    op.execute(
        f"GRANT INSERT (id, created_at, {given}), UPDATE ({given}) ON app.person TO vitaal_app, vitaal_worker"
    )
    op.execute("GRANT INSERT ON app.address TO vitaal_app, vitaal_worker")


def _session() -> None:
    op.execute("""
        CREATE TABLE app.session (
          id uuid PRIMARY KEY,
          token_hash bytea NOT NULL UNIQUE,
          person_id uuid NOT NULL REFERENCES app.person,
          device text NOT NULL,
          created_at timestamptz NOT NULL,
          seen_at timestamptz NOT NULL,
          ended_at timestamptz)
    """)
    op.execute("CREATE INDEX ON app.session (person_id)")
    op.execute("ALTER TABLE app.session ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE app.session FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY mine ON app.session"
        " USING (person_id = (SELECT wall.person()) OR token_hash = (SELECT wall.token()))"
        " WITH CHECK (person_id = (SELECT wall.person()) OR token_hash = (SELECT wall.token()))"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE (seen_at, ended_at) ON app.session TO vitaal_app, vitaal_worker")


def _secrets() -> None:
    op.execute("""
        CREATE TABLE ops.token (
          hash bytea PRIMARY KEY,
          purpose text NOT NULL,
          subject_id uuid NOT NULL,
          expires_at timestamptz NOT NULL,
          used_at timestamptz)
    """)
    op.execute("CREATE INDEX ON ops.token (subject_id, purpose)")
    op.execute("""
        CREATE TABLE ops.sign_in_request (
          id uuid PRIMARY KEY,
          email text NOT NULL,
          browser_hash bytea NOT NULL,
          link_hash bytea NOT NULL UNIQUE,
          code_hash bytea NOT NULL,
          purpose text NOT NULL DEFAULT 'sign_in' CHECK (purpose IN ('sign_in', 'prove_address')),
          return_to text NOT NULL DEFAULT '',
          wrong_codes integer NOT NULL DEFAULT 0,
          created_at timestamptz NOT NULL,
          expires_at timestamptz NOT NULL,
          used_at timestamptz)
    """)
    op.execute("CREATE INDEX ON ops.sign_in_request (email)")
    op.execute("CREATE INDEX ON ops.sign_in_request (browser_hash)")
    op.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ops.token, ops.sign_in_request TO vitaal_app, vitaal_worker"
    )
    op.execute("GRANT SELECT ON ops.token TO vitaal_ctx")
