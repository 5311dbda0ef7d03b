"""The tables of an installation between tests: emptied, kept and brought back as its owner, past every wall."""

from functools import cache

import psycopg
from sqlalchemy.engine import make_url

from vitaal.settings import Settings

# What a test changes: everything but the reference data.
_TABLES = """
  SELECT schemaname AS schema, tablename AS name FROM pg_tables
   WHERE schemaname IN ('app', 'ops', 'oversight') AND tablename NOT IN ('alembic_version', 'municipality')
"""
_EMPTY = f"""
DO $$
DECLARE each record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR each IN {_TABLES} LOOP
    EXECUTE format('DELETE FROM %I.%I', each.schema, each.name);
  END LOOP;
END $$
"""
_KEEP = f"""
DO $$
DECLARE each record; filled boolean;
BEGIN
  DROP SCHEMA IF EXISTS {{kept}} CASCADE;
  CREATE SCHEMA {{kept}};
  FOR each IN {_TABLES} LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I)', each.schema, each.name) INTO filled;
    IF filled THEN
      EXECUTE format('CREATE TABLE {{kept}}.%I AS TABLE %I.%I', each.schema || '.' || each.name, each.schema, each.name);
    END IF;
  END LOOP;
END $$
"""
_BRING_BACK = """
DO $$
DECLARE each record;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR each IN
    SELECT split_part(k.relname, '.', 1) AS schema, split_part(k.relname, '.', 2) AS name, k.relname AS kept,
           string_agg(quote_ident(a.attname), ', ') AS columns
      FROM pg_class k
      JOIN pg_class c ON c.oid = format('%I.%I', split_part(k.relname, '.', 1), split_part(k.relname, '.', 2))::regclass
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE k.relnamespace = '{kept}'::regnamespace AND k.relkind = 'r'
     GROUP BY k.relname
  LOOP
    EXECUTE format('INSERT INTO %I.%I (%s) SELECT %s FROM {kept}.%I',
                   each.schema, each.name, each.columns, each.columns, each.kept);
  END LOOP;
END $$
"""


def empty_all(settings: Settings) -> None:
    """Empty every table, but for the reference data."""
    _owner(settings.database_url or "").execute(_EMPTY)


def keep_all(settings: Settings, name: str) -> None:
    """Keep what stands in every table now under this name, in place of what was kept under it before."""
    _owner(settings.database_url or "").execute(_KEEP.format(kept=f"kept_{name}"))


def bring_all_back(settings: Settings, name: str) -> None:
    """Let every table hold what was kept under this name, and nothing else."""
    empty_all(settings)
    _owner(settings.database_url or "").execute(_BRING_BACK.format(kept=f"kept_{name}"))


@cache
def _owner(database_url: str) -> psycopg.Connection:
    """One connection for as long as the tests run."""
    url = make_url(database_url).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)
