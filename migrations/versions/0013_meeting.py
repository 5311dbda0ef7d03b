"""Meetings: who is asked and comes, what is on the agenda, what was decided; and the feeds of calendars."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, INSIDE, MEMBERS, STANDING, fence, permit

revision = "0013"
down_revision = "0012"

ME = "(SELECT wall.membership())"
# Conditions on a table with a meeting_id, a point_id, an action_id.
SEES_MEETING = (
    "EXISTS (SELECT FROM app.meeting m WHERE (m.workspace_id, m.id) = ({0}.workspace_id, {0}.meeting_id))"
)
SEES_POINT = (
    "EXISTS (SELECT FROM app.meeting_point p WHERE (p.workspace_id, p.id) = ({0}.workspace_id, {0}.point_id))"
)
SEES_ACTION = (
    "EXISTS (SELECT FROM app.action a WHERE (a.workspace_id, a.id) = ({0}.workspace_id, {0}.action_id))"
)
MAY_CHANGE = f"({ARRANGING} OR ({INSIDE} AND m.made_by_id = {ME}))"


def upgrade() -> None:
    _meeting()
    _invitee()
    _my_meetings()
    _meeting_wall()
    _invitee_wall()
    _attendance()
    _point()
    _decision()
    _outcome()
    _calendar_feed()
    _letters_with_a_calendar()


def _meeting() -> None:
    op.execute("""
        CREATE TABLE app.meeting (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          number integer NOT NULL,
          title text NOT NULL,
          starts_at timestamptz NOT NULL,
          ends_at timestamptz NOT NULL,
          place text NOT NULL DEFAULT '',
          link text NOT NULL DEFAULT '' CHECK (link = '' OR link LIKE 'https://%'),
          circle text NOT NULL DEFAULT 'outer' CHECK (circle IN ('inner', 'outer')),
          asks text[] NOT NULL DEFAULT '{}',
          made_by_id uuid NOT NULL,
          version integer NOT NULL DEFAULT 1,
          sequence integer NOT NULL DEFAULT 0,
          created_at timestamptz NOT NULL,
          changed_at timestamptz NOT NULL,
          moved_at timestamptz,
          sent_at timestamptz,
          cancelled_at timestamptz,
          cancel_reason text NOT NULL DEFAULT '',
          minutes_revision integer NOT NULL DEFAULT 0,
          minutes_sent_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          CONSTRAINT meeting_number UNIQUE (workspace_id, number),
          FOREIGN KEY (workspace_id, made_by_id) REFERENCES app.membership,
          CHECK (ends_at > starts_at),
          CHECK (place <> '' OR link <> ''))
    """)
    op.execute("CREATE INDEX meeting_start ON app.meeting (workspace_id, starts_at, id)")


def _invitee() -> None:
    op.execute("""
        CREATE TABLE app.meeting_invitee (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          meeting_id uuid NOT NULL,
          member_id uuid NOT NULL,
          invited_at timestamptz NOT NULL,
          answer text NOT NULL DEFAULT '' CHECK (answer IN ('', 'yes', 'no')),
          answered_at timestamptz,
          PRIMARY KEY (workspace_id, meeting_id, member_id),
          FOREIGN KEY (workspace_id, meeting_id) REFERENCES app.meeting,
          FOREIGN KEY (workspace_id, member_id) REFERENCES app.membership,
          CHECK ((answer = '') = (answered_at IS NULL)))
    """)
    op.execute("CREATE INDEX meeting_invitee_member ON app.meeting_invitee (workspace_id, member_id)")


def _my_meetings() -> None:
    """To which meetings the context's member is invited, and the last number that was given to one.

    Who makes one at the same moment waits, so that no number is given twice.
    """
    op.execute("GRANT SELECT ON app.meeting, app.meeting_invitee TO vitaal_ctx")
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    op.execute("""
        CREATE FUNCTION wall.my_meetings() RETURNS SETOF uuid
        LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          RETURN QUERY SELECT i.meeting_id FROM app.meeting_invitee i
                        WHERE i.workspace_id = wall.workspace() AND i.member_id = wall.membership();
        END $$
    """)
    op.execute("""
        CREATE FUNCTION wall.last_meeting() RETURNS integer
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          IF wall.standing() IS NULL THEN RETURN NULL; END IF;
          PERFORM pg_advisory_xact_lock(hashtextextended(wall.workspace()::text, 12));
          RETURN (SELECT coalesce(max(m.number), 0) FROM app.meeting m WHERE m.workspace_id = wall.workspace());
        END $$
    """)
    for name in ("my_meetings", "last_meeting"):
        op.execute(f"REVOKE ALL ON FUNCTION wall.{name}() FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION wall.{name}() TO vitaal_app, vitaal_worker, vitaal_owner")
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")


def _meeting_wall() -> None:
    """The outer circle sees what was sent to everyone or to them; who made it, or arranges, changes it."""
    sent = "(sent_at IS NOT NULL AND (circle = 'outer' OR id IN (SELECT wall.my_meetings())))"
    fence(
        "meeting",
        read=f"{INSIDE} OR ({MEMBERS} AND {sent})",
        insert=f"{INSIDE} AND made_by_id = {ME}",
        update=MAY_CHANGE.replace("m.made_by_id", "made_by_id"),
        update_columns="title, starts_at, ends_at, place, link, circle, asks, version, sequence, changed_at,"
        " moved_at, sent_at, cancelled_at, cancel_reason, minutes_revision, minutes_sent_at",
    )


def _invitee_wall() -> None:
    """Who may change the meeting invites; each answers for themselves, and for whom they help."""
    sees = SEES_MEETING.format("meeting_invitee")
    changes = (
        "EXISTS (SELECT FROM app.meeting m"
        f" WHERE (m.workspace_id, m.id) = (meeting_invitee.workspace_id, meeting_id) AND {MAY_CHANGE})"
    )
    own = (
        f"(member_id = {ME} OR EXISTS (SELECT FROM app.membership h"
        f" WHERE (h.workspace_id, h.id) = (meeting_invitee.workspace_id, member_id) AND h.helper_id = {ME}))"
    )
    fence(
        "meeting_invitee",
        read=sees,
        insert=f"(answer = '' AND {changes}) OR (member_id = {ME} AND {sees})",
        update=f"{own} AND {sees}",
        update_columns="answer, answered_at",
    )


def _attendance() -> None:
    op.execute("""
        CREATE TABLE app.meeting_attendance (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          meeting_id uuid NOT NULL,
          member_id uuid NOT NULL,
          was_there boolean NOT NULL,
          noted_by_id uuid NOT NULL,
          noted_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, meeting_id, member_id),
          FOREIGN KEY (workspace_id, meeting_id, member_id) REFERENCES app.meeting_invitee,
          FOREIGN KEY (workspace_id, noted_by_id) REFERENCES app.membership)
    """)
    fence("meeting_attendance", read=SEES_MEETING.format("meeting_attendance"))


def _point() -> None:
    """A point that was taken from an action is seen by who sees the action."""
    op.execute("""
        CREATE TABLE app.meeting_point (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          meeting_id uuid NOT NULL,
          position integer NOT NULL,
          title text NOT NULL,
          minutes integer CHECK (minutes BETWEEN 1 AND 600),
          kind text NOT NULL DEFAULT 'free' CHECK (kind IN ('free', 'action', 'ingredient')),
          action_id uuid,
          ingredient text NOT NULL DEFAULT '',
          note text NOT NULL DEFAULT '',
          noted_by_id uuid,
          noted_at timestamptz,
          version integer NOT NULL DEFAULT 1,
          PRIMARY KEY (workspace_id, id),
          UNIQUE (workspace_id, meeting_id, id),
          FOREIGN KEY (workspace_id, meeting_id) REFERENCES app.meeting,
          FOREIGN KEY (workspace_id, action_id) REFERENCES app.action ON DELETE SET NULL (action_id),
          FOREIGN KEY (workspace_id, noted_by_id) REFERENCES app.membership)
    """)
    op.execute("CREATE INDEX meeting_point_action ON app.meeting_point (workspace_id, action_id)")
    sees, action = SEES_MEETING.format("meeting_point"), SEES_ACTION.format("meeting_point")
    fence("meeting_point", read=f"{sees} AND ({INSIDE} OR kind <> 'action' OR {action})", delete=INSIDE)


def _decision() -> None:
    """What was decided is never rewritten: a later decision replaces it."""
    op.execute("""
        CREATE TABLE app.meeting_decision (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          meeting_id uuid NOT NULL,
          point_id uuid NOT NULL,
          replaces_id uuid,
          text text NOT NULL CHECK (text <> ''),
          how text NOT NULL CHECK (how IN ('consent', 'majority', 'mandate')),
          decided_on date NOT NULL,
          by_id uuid NOT NULL,
          by_name text NOT NULL,
          written_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, id),
          UNIQUE (workspace_id, meeting_id, id),
          UNIQUE (workspace_id, replaces_id),
          FOREIGN KEY (workspace_id, meeting_id) REFERENCES app.meeting,
          FOREIGN KEY (workspace_id, meeting_id, point_id) REFERENCES app.meeting_point (workspace_id, meeting_id, id),
          FOREIGN KEY (workspace_id, meeting_id, replaces_id)
            REFERENCES app.meeting_decision (workspace_id, meeting_id, id),
          FOREIGN KEY (workspace_id, by_id) REFERENCES app.membership)
    """)
    op.execute("CREATE INDEX meeting_decision_meeting ON app.meeting_decision (workspace_id, meeting_id)")
    fence(
        "meeting_decision",
        read=f"{SEES_MEETING.format('meeting_decision')} AND {SEES_POINT.format('meeting_decision')}",
        insert=f"{INSIDE} AND by_id = {ME}",
        update=None,
    )


def _outcome() -> None:
    """The actions that were made during a meeting."""
    op.execute("""
        CREATE TABLE app.meeting_action (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          meeting_id uuid NOT NULL,
          action_id uuid NOT NULL,
          point_id uuid NOT NULL,
          PRIMARY KEY (workspace_id, meeting_id, action_id),
          FOREIGN KEY (workspace_id, meeting_id) REFERENCES app.meeting,
          FOREIGN KEY (workspace_id, action_id) REFERENCES app.action ON DELETE CASCADE,
          FOREIGN KEY (workspace_id, meeting_id, point_id) REFERENCES app.meeting_point (workspace_id, meeting_id, id))
    """)
    op.execute("CREATE INDEX meeting_action_action ON app.meeting_action (workspace_id, action_id)")
    sees = " AND ".join(each.format("meeting_action") for each in (SEES_MEETING, SEES_POINT, SEES_ACTION))
    fence("meeting_action", read=sees, update=None)


def _calendar_feed() -> None:
    """A secret address for someone's own calendar program: seen by its owner, and by who presents the secret."""
    op.execute("""
        CREATE TABLE app.calendar_feed (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          member_id uuid NOT NULL,
          person_id uuid NOT NULL REFERENCES app.person,
          kind text NOT NULL CHECK (kind IN ('mine', 'workspace')),
          hash bytea NOT NULL,
          made_at timestamptz NOT NULL,
          revoked_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, member_id) REFERENCES app.membership)
    """)
    op.execute("CREATE INDEX calendar_feed_hash ON app.calendar_feed (hash)")
    op.execute("CREATE INDEX calendar_feed_member ON app.calendar_feed (workspace_id, member_id)")
    op.execute("ALTER TABLE app.calendar_feed ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE app.calendar_feed FORCE ROW LEVEL SECURITY")
    inside = f"(workspace_id = (SELECT wall.workspace()) AND {STANDING} IS NOT NULL)"
    presented = "((SELECT wall.workspace()) IS NULL AND hash = (SELECT wall.token()) AND revoked_at IS NULL)"
    op.execute(
        "CREATE POLICY workspace ON app.calendar_feed AS RESTRICTIVE"
        f" USING ({inside} OR {presented}) WITH CHECK ({inside})"
    )
    mine = f"(member_id = {ME} AND person_id = (SELECT wall.person()))"
    permit(
        "calendar_feed", read=f"{mine} OR {presented}", insert=mine, update=mine, update_columns="revoked_at"
    )


def _letters_with_a_calendar() -> None:
    """A letter may bring something for the calendar; and one thing may be promised to many people at once."""
    op.execute("ALTER TABLE ops.letter ADD calendar text NOT NULL DEFAULT ''")
    op.execute(
        "ALTER TABLE ops.promise DROP CONSTRAINT promise_kind_subject_id_due_at_key,"
        " ADD UNIQUE NULLS NOT DISTINCT (kind, subject_id, due_at, person_id)"
    )
