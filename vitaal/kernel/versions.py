"""What two people may edit at the same time: the second one is told, and nothing is lost."""

from typing import Any

from vitaal.kernel.db import db


class ChangedMeanwhile(Exception):
    """Someone else changed it after this reader opened it."""


def revise(row: Any, version: int, wanted: dict[str, Any]) -> list[str]:
    """Give columns of a row with a `version` new values; returns the names of those that became different.

    `version` is the one that the reader saw. Raises ChangedMeanwhile when it is no longer the newest.
    """
    db.session.refresh(row, with_for_update={"of": type(row)})
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    if changed and version != row.version:
        raise ChangedMeanwhile(row.id)
    for name in changed:
        setattr(row, name, wanted[name])
    row.version += bool(changed)
    db.session.flush()
    return changed
