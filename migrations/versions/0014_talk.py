"""Talking about something: comments, attachments, and who follows what."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, MEMBERS, SHARED_OR_INSIDE, fence

revision = "0014"
down_revision = "0013"

ME = "(SELECT wall.membership())"
SEEN = f"{MEMBERS} AND {SHARED_OR_INSIDE}"
_ABOUT = """
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          object_kind text NOT NULL,
          object_id uuid NOT NULL,
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),"""


def upgrade() -> None:
    _comment()
    _attachment()
    _following()
    _own_words()
    _wall_functions()
    op.execute(
        "CREATE TRIGGER forget_conversation AFTER DELETE ON app.action"
        " FOR EACH ROW EXECUTE FUNCTION wall.forget_conversation('action')"
    )


def _comment() -> None:
    op.execute(f"""
        CREATE TABLE app.comment ({_ABOUT}
          author_id uuid NOT NULL,
          author_name text NOT NULL,
          partner_id uuid NOT NULL,
          text text NOT NULL CHECK (length(text) <= 10000),
          mentions jsonb NOT NULL DEFAULT '{{}}',
          said_at timestamptz NOT NULL,
          edited_at timestamptz,
          withdrawn_at timestamptz,
          withdrawn_by_id uuid,
          withdrawn_by_name text NOT NULL DEFAULT '',
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, author_id) REFERENCES app.membership,
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner,
          FOREIGN KEY (workspace_id, withdrawn_by_id) REFERENCES app.membership)
    """)
    op.execute(
        "CREATE INDEX comment_object ON app.comment (workspace_id, object_kind, object_id, said_at, id)"
    )
    fence(
        "comment",
        read=SEEN,
        insert=f"{SEEN} AND author_id = {ME} AND partner_id = (SELECT wall.partner())",
        update=f"{SEEN} AND (author_id = {ME} OR {ARRANGING})",
        update_columns="text, mentions, edited_at, withdrawn_at, withdrawn_by_id, withdrawn_by_name",
    )


def _attachment() -> None:
    op.execute(f"""
        CREATE TABLE app.attachment ({_ABOUT}
          comment_id uuid,
          name text NOT NULL,
          media_type text NOT NULL,
          size integer NOT NULL CHECK (size > 0),
          file_id uuid NOT NULL,
          preview_width integer,
          preview_height integer,
          added_by_id uuid NOT NULL,
          added_by_name text NOT NULL,
          added_at timestamptz NOT NULL,
          removed_at timestamptz,
          removed_by_id uuid,
          removed_by_name text NOT NULL DEFAULT '',
          PRIMARY KEY (workspace_id, id),
          UNIQUE (workspace_id, file_id),
          FOREIGN KEY (workspace_id, comment_id) REFERENCES app.comment,
          FOREIGN KEY (workspace_id, added_by_id) REFERENCES app.membership,
          FOREIGN KEY (workspace_id, removed_by_id) REFERENCES app.membership)
    """)
    op.execute(
        "CREATE INDEX attachment_object ON app.attachment (workspace_id, object_kind, object_id, added_at, id)"
    )
    fence(
        "attachment",
        read=SEEN,
        insert=f"{SEEN} AND added_by_id = {ME}",
        update=f"{SEEN} AND (added_by_id = {ME} OR {ARRANGING})",
        update_columns="removed_at, removed_by_id, removed_by_name",
    )


def _following() -> None:
    """Who follows what is nobody else's business; but who mentions someone lets them follow."""
    op.execute("""
        CREATE TABLE app.following (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          object_kind text NOT NULL,
          object_id uuid NOT NULL,
          member_id uuid NOT NULL,
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          since_at timestamptz NOT NULL,
          stopped_at timestamptz,
          seen_at timestamptz,
          PRIMARY KEY (workspace_id, object_kind, object_id, member_id),
          FOREIGN KEY (workspace_id, member_id) REFERENCES app.membership)
    """)
    op.execute("CREATE INDEX following_member ON app.following (workspace_id, member_id)")
    mine = f"{SEEN} AND member_id = {ME}"
    fence(
        "following",
        read=mine,
        insert=SEEN,
        update=mine,
        update_columns="since_at, stopped_at, seen_at",
    )


def _own_words() -> None:
    """Who arranges may take a comment away, but nobody puts words in someone else's mouth."""
    op.execute("""
        CREATE FUNCTION wall.own_words() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.text IS DISTINCT FROM OLD.text AND OLD.author_id IS DISTINCT FROM wall.membership()
             AND NOT (NEW.text = '' AND OLD.withdrawn_at IS NOT NULL) THEN
            RAISE EXCEPTION 'only its author changes a comment' USING ERRCODE = '42501';
          END IF;
          RETURN NEW;
        END $$
    """)
    op.execute(
        "CREATE TRIGGER own_words BEFORE UPDATE OF text ON app.comment"
        " FOR EACH ROW EXECUTE FUNCTION wall.own_words()"
    )


def _wall_functions() -> None:
    op.execute("GRANT SELECT, UPDATE ON app.comment, app.attachment, app.following TO vitaal_ctx")
    op.execute("GRANT DELETE ON app.comment, app.attachment, app.following TO vitaal_ctx")
    op.execute("GRANT INSERT ON ops.promise TO vitaal_ctx")
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    op.execute("GRANT EXECUTE ON FUNCTION wall.membership() TO vitaal_ctx")
    _follow_circle()
    _forget()
    _forget_conversation()
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")


def _follow_circle() -> None:
    """Who may change the circle of a thing moves what everyone said about it along."""
    op.execute("""
        CREATE FUNCTION wall.follow_circle(of_kind text, of_id uuid, to_circle text) RETURNS void
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE here uuid := wall.workspace();
        BEGIN
          IF coalesce(wall.standing(), '') NOT IN ('arranging', 'inner', 'founding') THEN
            RAISE EXCEPTION 'only the inner circle moves a conversation' USING ERRCODE = '42501';
          END IF;
          UPDATE app.comment SET circle = to_circle
           WHERE workspace_id = here AND object_kind = of_kind AND object_id = of_id;
          UPDATE app.attachment SET circle = to_circle
           WHERE workspace_id = here AND object_kind = of_kind AND object_id = of_id;
          UPDATE app.following SET circle = to_circle
           WHERE workspace_id = here AND object_kind = of_kind AND object_id = of_id;
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.follow_circle(text, uuid, text) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION wall.follow_circle(text, uuid, text) TO vitaal_app, vitaal_worker")


def _forget() -> None:
    """What was taken away long enough ago is forgotten by the worker, which needs nobody's eyes for that."""
    op.execute("""
        CREATE FUNCTION wall.forget_comment(in_workspace uuid, which uuid, before timestamptz) RETURNS void
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          UPDATE app.comment SET text = '', mentions = '{}'
           WHERE workspace_id = in_workspace AND id = which AND withdrawn_at <= before;
        END $$
    """)
    op.execute("""
        CREATE FUNCTION wall.forget_attachment(in_workspace uuid, file uuid, before timestamptz) RETURNS boolean
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          DELETE FROM app.attachment
           WHERE workspace_id = in_workspace AND file_id = file AND removed_at <= before;
          RETURN NOT EXISTS (SELECT FROM app.attachment WHERE workspace_id = in_workspace AND file_id = file);
        END $$
    """)
    for name in ("forget_comment", "forget_attachment"):
        op.execute(f"REVOKE ALL ON FUNCTION wall.{name}(uuid, uuid, timestamptz) FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION wall.{name}(uuid, uuid, timestamptz) TO vitaal_worker")


def _forget_conversation() -> None:
    """With a thing that is gone for good goes what was said about it; its files are promised to be cleared."""
    op.execute("""
        CREATE FUNCTION wall.forget_conversation() RETURNS trigger
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        DECLARE of_kind text := TG_ARGV[0];
        BEGIN
          INSERT INTO ops.promise (id, kind, scope_id, subject_id, due_at, created_at)
          SELECT gen_random_uuid(), 'activity.clear_file', a.workspace_id, a.file_id, now(), now()
            FROM app.attachment a
           WHERE a.workspace_id = OLD.workspace_id AND a.object_kind = of_kind AND a.object_id = OLD.id
              ON CONFLICT DO NOTHING;
          DELETE FROM app.attachment
           WHERE workspace_id = OLD.workspace_id AND object_kind = of_kind AND object_id = OLD.id;
          DELETE FROM app.comment
           WHERE workspace_id = OLD.workspace_id AND object_kind = of_kind AND object_id = OLD.id;
          DELETE FROM app.following
           WHERE workspace_id = OLD.workspace_id AND object_kind = of_kind AND object_id = OLD.id;
          RETURN NULL;
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.forget_conversation() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION wall.forget_conversation() TO vitaal_owner")
