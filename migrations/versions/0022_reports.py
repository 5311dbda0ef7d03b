"""Reports: a period of one workspace as data that stays as it was taken, what is made of it, and who reads it."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, INSIDE, MEMBERS, STANDING, fence

revision = "0022"
down_revision = "0021"

_MAY_READ = f"({ARRANGING} OR (state = 'published' AND {MEMBERS} AND (circle = 'outer' OR {INSIDE})))"


def upgrade() -> None:
    _report()
    _readings()
    _stays_as_it_was()
    _files()
    _schedule()
    _handed()


def _report() -> None:
    op.execute("""
        CREATE TABLE app.report (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          number integer NOT NULL,
          kind text NOT NULL,
          subject_id uuid,
          first_on date,
          last_on date CHECK (last_on >= first_on),
          is_scheduled boolean NOT NULL DEFAULT false,
          state text NOT NULL DEFAULT 'asked'
            CHECK (state IN ('asked', 'failed', 'draft', 'published', 'withdrawn')),
          title text NOT NULL,
          lead text NOT NULL DEFAULT '',
          words jsonb NOT NULL DEFAULT '{}',
          left_out text[] NOT NULL DEFAULT '{}',
          version integer NOT NULL DEFAULT 1,
          taken_at timestamptz,
          asked_by_id uuid NOT NULL,
          asked_by_name text NOT NULL,
          asked_at timestamptz NOT NULL,
          circle text CHECK (circle IN ('inner', 'outer')),
          to_municipality boolean NOT NULL DEFAULT false,
          to_programme boolean NOT NULL DEFAULT false,
          published_at timestamptz,
          published_by_name text NOT NULL DEFAULT '',
          withdrawn_at timestamptz,
          withdrawn_by_name text NOT NULL DEFAULT '',
          withdrawn_why text NOT NULL DEFAULT '',
          PRIMARY KEY (workspace_id, id),
          UNIQUE (workspace_id, number),
          FOREIGN KEY (workspace_id, asked_by_id) REFERENCES app.membership,
          CHECK (state NOT IN ('draft', 'published', 'withdrawn') OR taken_at IS NOT NULL),
          CHECK (state NOT IN ('published', 'withdrawn') OR (circle IS NOT NULL AND published_at IS NOT NULL)),
          CHECK (state <> 'withdrawn' OR (withdrawn_at IS NOT NULL AND withdrawn_why <> '')))
    """)
    op.execute(
        "CREATE UNIQUE INDEX report_of_period ON app.report (workspace_id, kind, first_on, last_on) WHERE is_scheduled"
    )
    fence(
        "report",
        read=_MAY_READ,
        insert=ARRANGING,
        update=ARRANGING,
        delete=f"{ARRANGING} AND published_at IS NULL",
    )


def _readings() -> None:
    """The report as each circle reads it, taken once: rows of their own, so that the wall stands between them.

    Nobody may change one, and a second for the same circle has no room.
    """
    op.execute("""
        CREATE TABLE app.report_reading (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          report_id uuid NOT NULL,
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          document jsonb NOT NULL,
          PRIMARY KEY (workspace_id, report_id, circle),
          FOREIGN KEY (workspace_id, report_id) REFERENCES app.report ON DELETE CASCADE)
    """)
    fence("report_reading", read=_of_report("report_reading"), insert=ARRANGING, update=None)


def _of_report(table: str) -> str:
    """Who may read the report may read this of it, when it is not for the inner circle only."""
    report = f"EXISTS (SELECT FROM app.report r WHERE (r.workspace_id, r.id) = ({table}.workspace_id, {table}.report_id))"
    return f"{report} AND (circle = 'outer' OR {INSIDE})"


def _stays_as_it_was() -> None:
    """What was taken is never taken anew, and what was published is never rewritten."""
    op.execute("""
        CREATE FUNCTION wall.keep_report() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF OLD.taken_at IS NOT NULL AND NEW.taken_at IS DISTINCT FROM OLD.taken_at THEN
            RAISE EXCEPTION 'what was taken stays as it was' USING ERRCODE = '42501';
          END IF;
          IF OLD.published_at IS NOT NULL
             AND (NEW.title, NEW.lead, NEW.words, NEW.left_out, NEW.circle, NEW.published_at)
                 IS DISTINCT FROM (OLD.title, OLD.lead, OLD.words, OLD.left_out, OLD.circle, OLD.published_at) THEN
            RAISE EXCEPTION 'what was published stays as it was' USING ERRCODE = '42501';
          END IF;
          RETURN NEW;
        END $$
    """)
    op.execute(
        "CREATE TRIGGER stays_as_it_was BEFORE UPDATE ON app.report FOR EACH ROW EXECUTE FUNCTION wall.keep_report()"
    )


def _files() -> None:
    """What was made of one edition of a report; who may read the report may take its files."""
    op.execute("""
        CREATE TABLE app.report_file (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          report_id uuid NOT NULL,
          edition integer NOT NULL,
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          file_type text NOT NULL CHECK (file_type IN ('pdf', 'odt', 'ods', 'xlsx', 'csv')),
          name text NOT NULL,
          size integer NOT NULL,
          sha256 text NOT NULL,
          made_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, id),
          UNIQUE (workspace_id, report_id, edition, circle, file_type),
          FOREIGN KEY (workspace_id, report_id) REFERENCES app.report ON DELETE CASCADE)
    """)
    fence(
        "report_file",
        read=_of_report("report_file"),
        insert=ARRANGING,
        update=None,
        delete=ARRANGING,
    )


def _schedule() -> None:
    op.execute("""
        CREATE TABLE app.report_schedule (
          workspace_id uuid PRIMARY KEY REFERENCES app.workspace,
          cadence text NOT NULL CHECK (cadence IN ('monthly', 'quarterly', 'yearly', 'never')),
          next_on date,
          set_by_name text NOT NULL,
          set_at timestamptz NOT NULL)
    """)
    fence("report_schedule", read=ARRANGING, insert=ARRANGING, update=ARRANGING)


def _handed() -> None:
    """What a workspace hands up of its reports: to one municipality, or to its programme. Taken back, it is gone."""
    op.execute("""
        CREATE TABLE oversight.handed_report (
          id uuid PRIMARY KEY,
          workspace_id uuid NOT NULL,
          report_id uuid NOT NULL,
          municipality_code text REFERENCES oversight.municipality,
          programme_id uuid REFERENCES oversight.programme,
          workspace_name text NOT NULL,
          kind text NOT NULL,
          title text NOT NULL,
          first_on date,
          last_on date,
          document jsonb NOT NULL,
          tokens jsonb NOT NULL,
          taken_at timestamptz NOT NULL,
          handed_at timestamptz NOT NULL,
          CHECK ((municipality_code IS NULL) <> (programme_id IS NULL)),
          UNIQUE NULLS NOT DISTINCT (report_id, municipality_code, programme_id))
    """)
    op.execute("CREATE INDEX ON oversight.handed_report (municipality_code, handed_at DESC)")
    op.execute("CREATE INDEX ON oversight.handed_report (programme_id, handed_at DESC)")
    op.execute("ALTER TABLE oversight.handed_report ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE oversight.handed_report FORCE ROW LEVEL SECURITY")
    own = f"workspace_id = (SELECT wall.workspace()) AND {STANDING} = 'arranging'"
    op.execute(
        f"CREATE POLICY handed_up ON oversight.handed_report TO vitaal_app, vitaal_worker USING ({own}) WITH CHECK ({own})"
    )
    op.execute(
        "CREATE POLICY overseen ON oversight.handed_report FOR SELECT TO vitaal_programme USING ("
        "municipality_code IN (SELECT o.municipality_code FROM oversight.officer o WHERE o.person_id = (SELECT wall.person()))"
        " OR programme_id IN (SELECT s.programme_id FROM oversight.programme_staff s"
        " WHERE s.person_id = (SELECT wall.person())))"
    )
    op.execute("GRANT SELECT, INSERT, DELETE ON oversight.handed_report TO vitaal_app, vitaal_worker")
    op.execute("GRANT SELECT ON oversight.handed_report TO vitaal_programme")
