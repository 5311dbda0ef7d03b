"""Who may see the agenda, and who may add to it."""

from vitaal.kernel.access import Permission, grant
from vitaal.workspaces.access import facilitator, lead, member


class AgendaPermission(Permission):
    """What can be done with the agenda."""

    SEE = "agenda.see"
    ADD = "agenda.add"


grant(
    {
        AgendaPermission.SEE: ((member,),),
        AgendaPermission.ADD: ((lead,), (facilitator,)),
    }
)
