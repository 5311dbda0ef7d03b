"""Asking people in, their answers, and what happened in a workspace."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, INSIDE, INVITED, MEMBERS, SHARED_OR_INSIDE, STANDING, fence, refer

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _invitation()
    _joining()
    _join_request()
    _event()


def _invitation() -> None:
    op.execute("""
        CREATE TABLE app.invitation (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          email text NOT NULL CHECK (email = lower(email)),
          name text NOT NULL DEFAULT '',
          partner_id uuid NOT NULL,
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          roles text[] NOT NULL DEFAULT '{}' CHECK (roles <@ ARRAY['lead', 'facilitator', 'liaison']),
          message text NOT NULL DEFAULT '' CHECK (length(message) <= 600),
          invited_by_id uuid,
          inviter_person_id uuid NOT NULL REFERENCES app.person,
          inviter_name text NOT NULL,
          inviter_organisation text NOT NULL,
          state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
          created_at timestamptz NOT NULL,
          sent_at timestamptz NOT NULL,
          expires_at timestamptz NOT NULL,
          sendings integer NOT NULL DEFAULT 1,
          reminded_at timestamptz,
          answered_at timestamptz,
          decline_reason text NOT NULL DEFAULT '' CHECK (decline_reason IN ('', 'not_now', 'not_for_us', 'other')),
          ask_again_on date,
          letter_id uuid,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner,
          FOREIGN KEY (workspace_id, invited_by_id) REFERENCES app.membership)
    """)
    op.execute(
        "CREATE UNIQUE INDEX invitation_open ON app.invitation (workspace_id, email) WHERE state = 'open'"
    )
    # An acceptance makes the membership first, so its last step is taken by a member who holds the invitation.
    its_own = "id = (SELECT wall.invitation())"
    # Where, for whom and with which roles someone is asked is never rewritten: who holds it could move inwards.
    may_change = (
        "invited_by_id, inviter_person_id, inviter_name, inviter_organisation, state, sent_at, expires_at, sendings,"
        " reminded_at, answered_at, decline_reason, ask_again_on, letter_id, name, message"
    )
    reads = changes = f"{INSIDE} OR {its_own}"
    fence("invitation", read=reads, update=changes, update_columns=may_change)
    op.execute("GRANT SELECT ON app.invitation TO vitaal_ctx")


def _joining() -> None:
    """A membership is made by who arranges, or by the invited person as the invitation says.

    Its circle may be further out, when the partner has moved out since.
    """
    refer("membership", "workspace_id, invitation_id", to="invitation")
    op.execute(
        f"CREATE POLICY may_insert ON app.membership FOR INSERT WITH CHECK ({ARRANGING} OR ({INVITED}"
        " AND person_id = (SELECT wall.person())"
        " AND EXISTS (SELECT FROM app.invitation i WHERE i.workspace_id = membership.workspace_id"
        " AND i.id = membership.invitation_id AND membership.circle IN (i.circle, 'outer')"
        " AND i.roles = membership.roles AND i.partner_id = membership.partner_id)))"
    )


def _join_request() -> None:
    op.execute("""
        CREATE TABLE app.join_request (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          email text NOT NULL CHECK (email = lower(email)),
          name text NOT NULL,
          organisation text NOT NULL DEFAULT '',
          reason text NOT NULL DEFAULT '',
          state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'declined')),
          answer text NOT NULL DEFAULT '',
          answered_by_id uuid,
          answered_at timestamptz,
          created_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, answered_by_id) REFERENCES app.membership)
    """)
    op.execute(
        "CREATE UNIQUE INDEX join_request_open ON app.join_request (workspace_id, email) WHERE state = 'open'"
    )
    op.execute("ALTER TABLE app.join_request ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE app.join_request FORCE ROW LEVEL SECURITY")
    welcome = (
        "(SELECT EXISTS (SELECT FROM app.workspace w WHERE w.id = (SELECT wall.workspace())"
        " AND w.join_page_open AND w.founded_at IS NOT NULL AND w.archived_at IS NULL))"
    )
    mine = "workspace_id = (SELECT wall.workspace())"
    op.execute(
        f"CREATE POLICY workspace ON app.join_request AS RESTRICTIVE USING ({mine} AND {STANDING} IS NOT NULL)"
        f" WITH CHECK ({mine} AND ({STANDING} IS NOT NULL OR {welcome}))"
    )
    op.execute(f"CREATE POLICY may_read ON app.join_request FOR SELECT USING ({INSIDE})")
    op.execute(f"CREATE POLICY may_insert ON app.join_request FOR INSERT WITH CHECK ({welcome})")
    op.execute(
        f"CREATE POLICY may_update ON app.join_request FOR UPDATE USING ({INSIDE}) WITH CHECK ({INSIDE})"
    )
    op.execute("GRANT SELECT, INSERT ON app.join_request TO vitaal_app, vitaal_worker")
    op.execute(
        "GRANT UPDATE (state, answer, answered_by_id, answered_at) ON app.join_request TO vitaal_app, vitaal_worker"
    )


def _event() -> None:
    op.execute("""
        CREATE TABLE app.event (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          happened_at timestamptz NOT NULL,
          actor_id uuid,
          actor_name text NOT NULL,
          helped_by_name text NOT NULL DEFAULT '',
          verb text NOT NULL,
          object_kind text NOT NULL,
          object_id uuid,
          object_name text NOT NULL,
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          detail jsonb NOT NULL DEFAULT '{}',
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, actor_id) REFERENCES app.membership)
    """)
    op.execute("CREATE INDEX event_time ON app.event (workspace_id, happened_at DESC, id DESC)")
    fence("event", read=SHARED_OR_INSIDE + f" AND {MEMBERS}", insert=MEMBERS, update=None)
    op.execute("""
        CREATE FUNCTION wall.no_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = '42501'; END $$
    """)
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON app.event"
        " FOR EACH ROW EXECUTE FUNCTION wall.no_change()"
    )
    op.execute(
        "CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON app.event"
        " FOR EACH STATEMENT EXECUTE FUNCTION wall.no_change()"
    )
