"""Municipalities, programmes, who works for them, and what workspaces hand up to them."""

from alembic import op

revision = "0003"
down_revision = "0002"

_IS_OPERATOR = "EXISTS (SELECT FROM app.person p WHERE p.id = (SELECT wall.person()) AND p.is_operator)"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE oversight.municipality (
          code text PRIMARY KEY, name text NOT NULL UNIQUE, slug text NOT NULL UNIQUE,
          province text NOT NULL, province_code text NOT NULL)
    """)
    op.execute("""
        CREATE TABLE oversight.officer (
          municipality_code text NOT NULL REFERENCES oversight.municipality,
          person_id uuid NOT NULL REFERENCES app.person,
          since_at timestamptz NOT NULL,
          PRIMARY KEY (municipality_code, person_id))
    """)
    op.execute(
        "CREATE TABLE oversight.programme (id uuid PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL)"
    )
    op.execute("""
        CREATE TABLE oversight.programme_staff (
          programme_id uuid NOT NULL REFERENCES oversight.programme,
          person_id uuid NOT NULL REFERENCES app.person,
          since_at timestamptz NOT NULL,
          PRIMARY KEY (programme_id, person_id))
    """)
    op.execute("CREATE INDEX ON oversight.officer (person_id)")
    op.execute("CREATE INDEX ON oversight.programme_staff (person_id)")
    op.execute(
        "GRANT SELECT ON oversight.municipality, oversight.programme TO vitaal_app, vitaal_worker, vitaal_programme"
    )
    op.execute("GRANT INSERT ON oversight.programme TO vitaal_app, vitaal_worker")
    op.execute("ALTER TABLE oversight.programme ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY may_read ON oversight.programme FOR SELECT USING (true)")
    op.execute(f"CREATE POLICY may_insert ON oversight.programme FOR INSERT WITH CHECK ({_IS_OPERATOR})")
    for table in ("officer", "programme_staff"):
        op.execute(f"ALTER TABLE oversight.{table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE oversight.{table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY mine ON oversight.{table} FOR SELECT USING (person_id = (SELECT wall.person()))"
        )
        op.execute(
            f"CREATE POLICY operator ON oversight.{table} TO vitaal_app, vitaal_worker"
            f" USING ({_IS_OPERATOR}) WITH CHECK ({_IS_OPERATOR})"
        )
        op.execute(f"GRANT SELECT, INSERT, DELETE ON oversight.{table} TO vitaal_app, vitaal_worker")
        op.execute(f"GRANT SELECT ON oversight.{table} TO vitaal_programme")
    op.execute("GRANT SELECT ON oversight.officer TO vitaal_ctx")
