"""Who may do what with the agenda: everyone reads and proposes, the inner circle edits, who arranges arranges."""

from typing import Any

from vitaal.kernel.access import Asker, Permission, grant
from vitaal.workspaces.access import facilitator, inner, lead, member


def shared_or_inner(asker: Asker, on: Any) -> bool:
    """Shared with everyone, or the asker is of the inner circle."""
    return member(asker, on) and (on is None or on.circle == "outer" or inner(asker, on))


class AgendaPermission(Permission):
    """What can be done with the agenda."""

    SEE = "agenda.see"
    PROPOSE = "agenda.propose"
    HELP = "agenda.help"
    TALK = "agenda.talk"
    ADD = "agenda.add"
    CHANGE = "agenda.change"
    ARRANGE = "agenda.arrange"


grant(
    {
        AgendaPermission.SEE: ((shared_or_inner,),),
        AgendaPermission.PROPOSE: ((member,),),
        AgendaPermission.HELP: ((shared_or_inner,),),
        AgendaPermission.TALK: ((shared_or_inner,),),
        AgendaPermission.ADD: ((inner,),),
        AgendaPermission.CHANGE: ((inner,),),
        AgendaPermission.ARRANGE: ((lead,), (facilitator,)),
    }
)
