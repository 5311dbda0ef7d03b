"""Workspaces, the partners that stand in their circles, and the members who represent them."""

from alembic import op

from vitaal.kernel.fences import ARRANGING, INSIDE, MEMBERS, STANDING, fence, permit

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _workspace()
    _partner()
    _membership()
    _membership_rules()
    _workspace_wall()
    _circle_period()
    _progress()


def _workspace() -> None:
    op.execute("""
        CREATE TABLE app.workspace (
          id uuid PRIMARY KEY,
          kind text NOT NULL CHECK (kind IN ('municipality', 'coalition')),
          slug text NOT NULL UNIQUE,
          name text NOT NULL,
          challenge text NOT NULL DEFAULT '',
          area text NOT NULL DEFAULT '',
          description text NOT NULL DEFAULT '',
          route text NOT NULL,
          form text NOT NULL CHECK (form IN ('network', 'partnership', 'coalition')),
          theme_colour text,
          theme_file text NOT NULL DEFAULT '',
          phone text NOT NULL DEFAULT '',
          inviters text NOT NULL DEFAULT 'arrangers' CHECK (inviters IN ('arrangers', 'inner')),
          join_page_open boolean NOT NULL DEFAULT false,
          version integer NOT NULL DEFAULT 1,
          programme_id uuid REFERENCES oversight.programme,
          founder_id uuid NOT NULL REFERENCES app.person,
          created_at timestamptz NOT NULL,
          founded_at timestamptz,
          archived_at timestamptz)
    """)
    op.execute("""
        CREATE TABLE app.workspace_municipality (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          municipality_code text NOT NULL REFERENCES oversight.municipality,
          PRIMARY KEY (workspace_id, municipality_code))
    """)


def _partner() -> None:
    op.execute("""
        CREATE TABLE app.partner (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          name text NOT NULL,
          kind text NOT NULL CHECK (kind IN ('organisation', 'initiative', 'resident')),
          is_formal boolean NOT NULL,
          sector text NOT NULL DEFAULT '',
          circle text NOT NULL CHECK (circle IN ('inner', 'outer', 'free')),
          created_at timestamptz NOT NULL,
          left_at timestamptz,
          PRIMARY KEY (workspace_id, id))
    """)
    op.execute(
        "CREATE UNIQUE INDEX partner_name ON app.partner (workspace_id, lower(name)) WHERE left_at IS NULL"
    )
    fence("partner", read=f"{STANDING} IS NOT NULL")


def _membership() -> None:
    op.execute("""
        CREATE TABLE app.membership (
          workspace_id uuid NOT NULL REFERENCES app.workspace,
          id uuid NOT NULL,
          person_id uuid REFERENCES app.person,
          partner_id uuid NOT NULL,
          name text NOT NULL,
          circle text NOT NULL CHECK (circle IN ('inner', 'outer')),
          roles text[] NOT NULL DEFAULT '{}',
          reach text NOT NULL DEFAULT 'account' CHECK (reach IN ('account', 'post', 'phone')),
          contact text NOT NULL DEFAULT '',
          helper_id uuid,
          consented_on date,
          invitation_id uuid,
          joined_at timestamptz NOT NULL,
          left_at timestamptz,
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner,
          FOREIGN KEY (workspace_id, helper_id) REFERENCES app.membership,
          CHECK (roles <@ ARRAY['lead', 'facilitator', 'liaison']),
          CHECK ((reach = 'account') = (person_id IS NOT NULL)),
          CHECK ((reach = 'account') = (helper_id IS NULL)),
          CHECK ((reach = 'account') = (consented_on IS NULL)))
    """)
    op.execute(
        "CREATE UNIQUE INDEX membership_live ON app.membership (workspace_id, person_id) WHERE left_at IS NULL"
    )
    op.execute("CREATE INDEX membership_person ON app.membership (person_id)")
    op.execute("""
        CREATE TABLE app.last_seen (
          workspace_id uuid NOT NULL,
          member_id uuid NOT NULL,
          seen_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, member_id),
          FOREIGN KEY (workspace_id, member_id) REFERENCES app.membership)
    """)
    mine = (
        "EXISTS (SELECT FROM app.membership m WHERE m.workspace_id = last_seen.workspace_id"
        " AND m.id = last_seen.member_id AND m.person_id = (SELECT wall.person()))"
    )
    fence("last_seen", read=mine, insert=mine, update=mine)
    op.execute("GRANT SELECT ON app.membership, app.workspace, app.workspace_municipality TO vitaal_ctx")


def _membership_rules() -> None:
    """What holds whoever writes: nobody changes their own roles, nobody enters further in than their partner."""
    op.execute("""
        CREATE FUNCTION wall.keep_own_roles() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.person_id = wall.person() AND NEW.roles IS DISTINCT FROM OLD.roles THEN
            RAISE EXCEPTION 'nobody changes their own roles' USING ERRCODE = '42501';
          END IF;
          RETURN NEW;
        END $$
    """)
    op.execute(
        "CREATE TRIGGER own_roles BEFORE UPDATE OF roles ON app.membership"
        " FOR EACH ROW EXECUTE FUNCTION wall.keep_own_roles()"
    )
    op.execute("""
        CREATE FUNCTION wall.stand_with_partner() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT FROM app.partner p WHERE p.workspace_id = NEW.workspace_id
                       AND p.id = NEW.partner_id AND p.circle = 'outer') THEN NEW.circle := 'outer'; END IF;
          RETURN NEW;
        END $$
    """)
    op.execute(
        "CREATE TRIGGER stand_with_partner BEFORE INSERT ON app.membership"
        " FOR EACH ROW EXECUTE FUNCTION wall.stand_with_partner()"
    )
    _own_membership()


def _own_membership() -> None:
    """The context's own live membership, so that a policy can speak of whom a member helps."""
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    op.execute("""
        CREATE FUNCTION wall.membership() RETURNS uuid
        LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
          RETURN (SELECT m.id FROM app.membership m
                   WHERE m.workspace_id = wall.workspace() AND m.person_id = wall.person() AND m.left_at IS NULL);
        END $$
    """)
    op.execute("REVOKE ALL ON FUNCTION wall.membership() FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION wall.membership() TO vitaal_app, vitaal_worker, vitaal_owner")
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")


def _workspace_wall() -> None:
    op.execute("ALTER TABLE app.membership ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE app.membership FORCE ROW LEVEL SECURITY")
    inside = f"(workspace_id = (SELECT wall.workspace()) AND {STANDING} IS NOT NULL)"
    mine = "person_id = (SELECT wall.person())"
    helped = "helper_id = (SELECT wall.membership())"
    # Outside any workspace a person sees their own places everywhere; inside one, only that workspace.
    outside = f"({mine} AND (SELECT wall.workspace()) IS NULL)"
    op.execute(
        f"CREATE POLICY workspace ON app.membership AS RESTRICTIVE USING ({inside} OR {outside}) WITH CHECK ({inside})"
    )
    op.execute(
        f"CREATE POLICY may_read ON app.membership FOR SELECT USING ({mine} OR {INSIDE}"
        f" OR ({MEMBERS} AND (circle = 'inner' OR roles <> '{{}}' OR {helped})))"
    )
    op.execute(
        f"CREATE POLICY may_update ON app.membership FOR UPDATE USING ({ARRANGING} OR {mine} OR {helped})"
        f" WITH CHECK ({ARRANGING} OR (({mine} OR {helped}) AND left_at IS NOT NULL))"
    )
    op.execute("GRANT SELECT, INSERT ON app.membership TO vitaal_app, vitaal_worker")
    op.execute(
        "GRANT UPDATE (name, partner_id, circle, roles, contact, helper_id, left_at) ON app.membership"
        " TO vitaal_app, vitaal_worker"
    )
    _workspace_policies()
    _municipality_policies()


def _municipality_policies() -> None:
    """Where a workspace is: for who stands in it, and outside any workspace for its members."""
    op.execute("ALTER TABLE app.workspace_municipality ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE app.workspace_municipality FORCE ROW LEVEL SECURITY")
    inside = f"(workspace_id = (SELECT wall.workspace()) AND {STANDING} IS NOT NULL)"
    outside = (
        "((SELECT wall.workspace()) IS NULL AND workspace_id IN (SELECT m.workspace_id FROM app.membership m"
        " WHERE m.person_id = (SELECT wall.person()) AND m.left_at IS NULL))"
    )
    op.execute(
        "CREATE POLICY workspace ON app.workspace_municipality AS RESTRICTIVE"
        f" USING ({inside} OR {outside}) WITH CHECK ({inside})"
    )
    permit("workspace_municipality", read="true", insert=ARRANGING, delete=ARRANGING)


def _workspace_policies() -> None:
    op.execute("ALTER TABLE app.workspace ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE app.workspace FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY may_read ON app.workspace FOR SELECT USING ("
        "id IN (SELECT m.workspace_id FROM app.membership m"
        " WHERE m.person_id = (SELECT wall.person()) AND m.left_at IS NULL)"
        f" OR (id = (SELECT wall.workspace()) AND {STANDING} IS NOT NULL)"
        " OR (join_page_open AND founded_at IS NOT NULL AND archived_at IS NULL))"
    )
    op.execute(
        "CREATE POLICY may_insert ON app.workspace FOR INSERT WITH CHECK ("
        "id = (SELECT wall.workspace()) AND founder_id = (SELECT wall.person()) AND founded_at IS NULL"
        " AND EXISTS (SELECT FROM oversight.officer o WHERE o.person_id = (SELECT wall.person())))"
    )
    op.execute(
        f"CREATE POLICY may_update ON app.workspace FOR UPDATE USING (id = (SELECT wall.workspace()) AND {ARRANGING})"
        f" WITH CHECK (id = (SELECT wall.workspace()) AND {ARRANGING})"
    )
    op.execute("GRANT SELECT, INSERT ON app.workspace TO vitaal_app, vitaal_worker")
    op.execute(
        "GRANT UPDATE (name, challenge, area, description, route, form, theme_colour, theme_file, phone, inviters,"
        " join_page_open, version, founded_at, archived_at) ON app.workspace TO vitaal_app, vitaal_worker"
    )


def _circle_period() -> None:
    op.execute("""
        CREATE TABLE app.circle_period (
          workspace_id uuid NOT NULL,
          id uuid NOT NULL,
          partner_id uuid NOT NULL,
          member_id uuid,
          circle text NOT NULL CHECK (circle IN ('inner', 'outer', 'free')),
          from_at timestamptz NOT NULL,
          to_at timestamptz CHECK (to_at >= from_at),
          reason text NOT NULL CHECK (reason <> ''),
          decided_by text NOT NULL CHECK (decided_by <> ''),
          PRIMARY KEY (workspace_id, id),
          FOREIGN KEY (workspace_id, partner_id) REFERENCES app.partner,
          FOREIGN KEY (workspace_id, member_id) REFERENCES app.membership)
    """)
    op.execute(
        "CREATE UNIQUE INDEX circle_period_open ON app.circle_period (workspace_id, partner_id, member_id)"
        " NULLS NOT DISTINCT WHERE to_at IS NULL"
    )
    fence("circle_period", update_columns="to_at")


def _progress() -> None:
    """What a workspace hands up: its name, two counts and a day; its municipalities and programme read it."""
    op.execute("""
        CREATE TABLE oversight.progress (
          workspace_id uuid NOT NULL,
          municipality_code text NOT NULL REFERENCES oversight.municipality,
          programme_id uuid REFERENCES oversight.programme,
          workspace_name text NOT NULL,
          invited integer NOT NULL,
          accepted integer NOT NULL,
          first_session_on date,
          founded_on date NOT NULL,
          handed_up_at timestamptz NOT NULL,
          PRIMARY KEY (workspace_id, municipality_code))
    """)
    op.execute("CREATE INDEX ON oversight.progress (municipality_code)")
    op.execute("ALTER TABLE oversight.progress ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE oversight.progress FORCE ROW LEVEL SECURITY")
    own = f"workspace_id = (SELECT wall.workspace()) AND {STANDING} IS NOT NULL"
    op.execute(
        f"CREATE POLICY handed_up ON oversight.progress TO vitaal_app, vitaal_worker USING ({own}) WITH CHECK ({own})"
    )
    op.execute(
        "CREATE POLICY overseen ON oversight.progress FOR SELECT TO vitaal_programme USING ("
        "municipality_code IN (SELECT o.municipality_code FROM oversight.officer o WHERE o.person_id = (SELECT wall.person()))"
        " OR programme_id IN (SELECT s.programme_id FROM oversight.programme_staff s"
        " WHERE s.person_id = (SELECT wall.person())))"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON oversight.progress TO vitaal_app, vitaal_worker")
    op.execute("GRANT SELECT ON oversight.progress TO vitaal_programme")
