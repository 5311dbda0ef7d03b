"""The wall, as a migration writes it: `fence("action")` makes a tenant table refuse strangers.

Every tenant table gets one RESTRICTIVE policy that proves two things: the row's workspace is the
context's, and the context's person stands in it right now (a live member, its founder while it is being
founded, or the holder of an open invitation). Permissive policies then say what each circle may see and
do. Every function call is wrapped in `(SELECT …)`, so that PostgreSQL asks once per statement.
"""

from alembic import op

STANDING = "(SELECT wall.standing())"
MEMBERS = f"{STANDING} IN ('arranging', 'inner', 'outer', 'founding')"
INSIDE = f"{STANDING} IN ('arranging', 'inner', 'founding')"
ARRANGING = f"{STANDING} IN ('arranging', 'founding')"
INVITED = f"{STANDING} = 'invited'"
SHARED_OR_INSIDE = f"(circle = 'outer' OR {INSIDE})"


def fence(
    table: str,
    *,
    read: str = MEMBERS,
    insert: str | None = INSIDE,
    update: str | None = INSIDE,
    delete: str | None = None,
    update_columns: str = "",
) -> None:
    """Put the wall around `app.<table>` and grant what the policies leave open.

    `read`, `insert`, `update` and `delete` are SQL conditions per command; None grants the command to
    nobody. `update_columns` limits an update to these columns.
    """
    op.execute(f"ALTER TABLE app.{table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE app.{table} FORCE ROW LEVEL SECURITY")
    proof = f"workspace_id = (SELECT wall.workspace()) AND {STANDING} IS NOT NULL"
    op.execute(f"CREATE POLICY workspace ON app.{table} AS RESTRICTIVE USING ({proof}) WITH CHECK ({proof})")
    permit(table, read=read, insert=insert, update=update, delete=delete, update_columns=update_columns)


def permit(
    table: str,
    *,
    read: str | None = None,
    insert: str | None = None,
    update: str | None = None,
    delete: str | None = None,
    update_columns: str = "",
) -> None:
    """Write the permissive policies and the grants that belong to them."""
    runtime = "vitaal_app, vitaal_worker"
    if read:
        op.execute(f"CREATE POLICY may_read ON app.{table} FOR SELECT USING ({read})")
        op.execute(f"GRANT SELECT ON app.{table} TO {runtime}")
    if insert:
        op.execute(f"CREATE POLICY may_insert ON app.{table} FOR INSERT WITH CHECK ({insert})")
        op.execute(f"GRANT INSERT ON app.{table} TO {runtime}")
    if update:
        op.execute(
            f"CREATE POLICY may_update ON app.{table} FOR UPDATE USING ({update}) WITH CHECK ({update})"
        )
        columns = f" ({update_columns})" if update_columns else ""
        op.execute(f"GRANT UPDATE{columns} ON app.{table} TO {runtime}")
    if delete:
        op.execute(f"CREATE POLICY may_delete ON app.{table} FOR DELETE USING ({delete})")
        op.execute(f"GRANT DELETE ON app.{table} TO {runtime}")


def refer(table: str, columns: str, to: str, then: str = "") -> None:
    """Add a foreign key to a fenced table; `then` is what follows it, such as ON DELETE SET NULL (action_id).

    PostgreSQL checks the rows that are there as the table's owner, whom the wall hides them from; so the
    owner is let through for the length of this transaction only.
    """
    op.execute(f"ALTER TABLE app.{table} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE app.{to} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE app.{table} ADD FOREIGN KEY ({columns}) REFERENCES app.{to} {then}")
    op.execute(f"ALTER TABLE app.{table} FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE app.{to} FORCE ROW LEVEL SECURITY")


def define(signature: str, body: str, *, kind: str = "STABLE") -> None:
    """Make a function that sees past the wall, owned by a role of its own: `hears(which uuid) RETURNS boolean`.

    `body` is PL/pgSQL between BEGIN and END. It starts from the context (`wall.workspace()`, `wall.standing()`) and
    checks by itself what the asker may know. `kind` is STABLE, or VOLATILE when it locks or writes.
    """
    name, arguments = signature.split(" RETURNS ", maxsplit=1)[0].rstrip(")").split("(")
    types = ", ".join(argument.split()[1] for argument in arguments.split(", ") if argument)
    op.execute("GRANT CREATE ON SCHEMA wall TO vitaal_ctx")
    op.execute("SET ROLE vitaal_ctx")
    op.execute(
        f"CREATE FUNCTION wall.{signature} LANGUAGE plpgsql {kind} SECURITY DEFINER"
        f" SET search_path = pg_catalog, pg_temp AS $$ BEGIN {body} END $$"
    )
    op.execute(f"REVOKE ALL ON FUNCTION wall.{name}({types}) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION wall.{name}({types}) TO vitaal_app, vitaal_worker, vitaal_owner")
    op.execute("SET ROLE vitaal_owner")
    op.execute("REVOKE CREATE ON SCHEMA wall FROM vitaal_ctx")
