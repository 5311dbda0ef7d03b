"""Looking at the database's own catalogue: does the wall stand everywhere, and may nobody more than they need?"""

from pathlib import Path

from sqlalchemy import Connection

_GATES = Path(__file__).with_name("gates.sql")


def gaps(connection: Connection) -> list[str]:
    """What is wrong with the walls and roles of this database, in sentences; empty when all is well."""
    found: list[str] = []
    for gate in _GATES.read_text().split(";"):
        if gate.strip():
            found += connection.exec_driver_sql(gate.replace("%", "%%")).scalars()
    return found
