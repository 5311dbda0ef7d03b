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


def refer(table: str, columns: str, to: str) -> None:
    """Add a foreign key to a fenced table.

    PostgreSQL checks the rows that are there as the table's owner, whom the wall hides them from; so the
    owner is let through for the length of this transaction only.
    """
    op.execute(f"ALTER TABLE app.{table} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE app.{to} NO FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE app.{table} ADD FOREIGN KEY ({columns}) REFERENCES app.{to}")
    op.execute(f"ALTER TABLE app.{table} FORCE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE app.{to} FORCE ROW LEVEL SECURITY")
