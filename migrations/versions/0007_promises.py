"""Work that was promised: letters, digests, and what must happen at a later moment."""

from alembic import op

revision = "0007"
down_revision = "0006"

_CLAIM = """
          due_at timestamptz NOT NULL,
          lease_until timestamptz,
          lease_token uuid,
          attempts integer NOT NULL DEFAULT 0,
          last_error text NOT NULL DEFAULT '',
          created_at timestamptz NOT NULL"""


def upgrade() -> None:
    op.execute("GRANT SELECT ON ops.alembic_version TO vitaal_app, vitaal_worker")
    _letter()
    _promise()
    _digest()


def _letter() -> None:
    op.execute(f"""
        CREATE TABLE ops.letter (
          id uuid PRIMARY KEY,
          kind text NOT NULL,
          assurance text NOT NULL CHECK (assurance IN ('at_least_once', 'at_most_once')),
          recipient text NOT NULL,
          subject text NOT NULL,
          text text NOT NULL,
          html text NOT NULL,
          unsubscribe_url text NOT NULL DEFAULT '',
          message_id text NOT NULL UNIQUE,
          state text NOT NULL DEFAULT 'waiting'
            CHECK (state IN ('waiting', 'sending', 'handing_over', 'sent', 'uncertain', 'refused', 'parked', 'lapsed')),
          give_up_at timestamptz,
          sent_at timestamptz,{_CLAIM})
    """)
    op.execute(
        "CREATE INDEX letter_due ON ops.letter (due_at, id) WHERE state IN ('waiting', 'sending', 'handing_over')"
    )
    op.execute("GRANT INSERT ON ops.letter TO vitaal_app, vitaal_worker")
    op.execute("GRANT SELECT (id, state, sent_at) ON ops.letter TO vitaal_app")
    op.execute("GRANT SELECT, UPDATE, DELETE ON ops.letter TO vitaal_worker")


def _promise() -> None:
    op.execute(f"""
        CREATE TABLE ops.promise (
          id uuid PRIMARY KEY,
          kind text NOT NULL,
          scope_id uuid,
          person_id uuid,
          subject_id uuid NOT NULL,
          state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'doing', 'done', 'parked')),{_CLAIM},
          UNIQUE (kind, subject_id, due_at))
    """)
    op.execute("CREATE INDEX promise_due ON ops.promise (due_at, id) WHERE state IN ('waiting', 'doing')")
    op.execute("GRANT INSERT ON ops.promise TO vitaal_app, vitaal_worker")
    op.execute("GRANT SELECT, UPDATE, DELETE ON ops.promise TO vitaal_worker")


def _digest() -> None:
    op.execute(f"""
        CREATE TABLE ops.digest (
          id uuid PRIMARY KEY,
          person_id uuid NOT NULL REFERENCES app.person,
          cadence text NOT NULL CHECK (cadence IN ('daily', 'weekly', 'monthly')),
          period date NOT NULL,
          state text NOT NULL DEFAULT 'waiting'
            CHECK (state IN ('waiting', 'composing', 'composed', 'empty', 'parked')),
          covers_until timestamptz,
          letter_id uuid REFERENCES ops.letter,{_CLAIM},
          UNIQUE (person_id, cadence, period))
    """)
    op.execute("CREATE INDEX digest_due ON ops.digest (due_at, id) WHERE state IN ('waiting', 'composing')")
    op.execute("CREATE INDEX digest_cursor ON ops.digest (person_id, covers_until)")
    op.execute("GRANT SELECT, INSERT, UPDATE ON ops.digest TO vitaal_worker")
