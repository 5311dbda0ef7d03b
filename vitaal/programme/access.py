"""Who may see a programme's overview."""

from typing import Any

from vitaal.kernel.access import Asker, Permission, grant


def works_here(asker: Asker, on: Any) -> bool:
    """Someone who works for this programme; it was looked up as one of theirs."""
    return asker.person is not None and on.staff_id == asker.person.id


class ProgrammePermission(Permission):
    """What can be done with a programme."""

    SEE = "programme.see"


grant({ProgrammePermission.SEE: ((works_here,),)})
