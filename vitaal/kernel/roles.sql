-- Roles and database grants; the schema itself belongs to the migrations.
DO $$
DECLARE role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['vitaal_owner', 'vitaal_ctx'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', role); END IF;
  END LOOP;
  FOREACH role IN ARRAY ARRAY['vitaal_migrator', 'vitaal_app', 'vitaal_worker', 'vitaal_programme', 'vitaal_backup'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN EXECUTE format('CREATE ROLE %I LOGIN', role); END IF;
  END LOOP;
END $$;

ALTER ROLE vitaal_owner     NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;            -- owns every object
ALTER ROLE vitaal_ctx       NOLOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE;              -- owns the wall's definer functions only
ALTER ROLE vitaal_migrator  LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;    -- migrations: SET ROLE vitaal_owner
ALTER ROLE vitaal_app       LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;
ALTER ROLE vitaal_worker    LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;
ALTER ROLE vitaal_programme LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;    -- reads what was handed up
ALTER ROLE vitaal_backup    LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE;                -- pg_dump only
GRANT pg_read_all_data TO vitaal_backup;
GRANT vitaal_owner, vitaal_ctx TO vitaal_migrator;

ALTER ROLE vitaal_app       SET statement_timeout = '10s';
ALTER ROLE vitaal_app       SET lock_timeout = '3s';
ALTER ROLE vitaal_app       SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE vitaal_worker    SET statement_timeout = '120s';
ALTER ROLE vitaal_worker    SET plan_cache_mode = 'force_generic_plan';    -- it asks the same of everyone: planning anew takes ten times as long as asking
ALTER ROLE vitaal_worker    SET lock_timeout = '5s';
ALTER ROLE vitaal_worker    SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE vitaal_programme SET statement_timeout = '10s';
ALTER ROLE vitaal_migrator  SET lock_timeout = '2s';
ALTER ROLE vitaal_migrator  SET row_security = off;    -- a data change that the wall would truncate fails loudly instead

DO $$ BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO vitaal_app, vitaal_worker, vitaal_programme, vitaal_backup, vitaal_migrator', current_database());
  EXECUTE format('GRANT CREATE ON DATABASE %I TO vitaal_owner, vitaal_migrator', current_database());
END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
