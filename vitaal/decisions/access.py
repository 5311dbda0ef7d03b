"""Who may do what with decisions and agreements: everyone reads, the inner circle writes, who looks after one checks it."""

from typing import Any

from vitaal.kernel.access import Asker, Permission, grant
from vitaal.workspaces.access import inner, member


def looks_after_it(asker: Asker, on: Any) -> bool:
    """The member who looks after the agreement."""
    return asker.member is not None and on is not None and on.owner_id == asker.member.id


class DecisionPermission(Permission):
    """What can be done with decisions and agreements. The wall hides those that someone may not see."""

    SEE = "decision.see"
    WRITE = "decision.write"
    CHECK = "decision.check"


grant(
    {
        DecisionPermission.SEE: ((member,),),
        DecisionPermission.WRITE: ((inner,),),
        DecisionPermission.CHECK: ((inner,), (looks_after_it,)),
    }
)
