"""Who may do what with the agenda: everyone reads and proposes, the inner circle edits, who arranges arranges."""

from typing import Any

from vitaal.kernel.access import Asker, Permission, grant
from vitaal.workspaces.access import facilitator, inner, lead, member


def shared_or_inner(asker: Asker, on: Any) -> bool:
    """Shared with everyone, or the asker is of the inner circle."""
    return member(asker, on) and (on is None or on.circle == "outer" or inner(asker, on))


def own(asker: Asker, on: Any) -> bool:
    """The member who made it."""
    return asker.member is not None and on is not None and on.member_id == asker.member.id


def shared(_asker: Asker, on: Any) -> bool:
    """Made for everyone."""
    return on is not None and on.is_shared


class AgendaPermission(Permission):
    """What can be done with the agenda."""

    SEE = "agenda.see"
    PROPOSE = "agenda.propose"
    HELP = "agenda.help"
    TALK = "agenda.talk"
    ADD = "agenda.add"
    CHANGE = "agenda.change"
    ARRANGE = "agenda.arrange"
    KEEP_VIEW = "agenda.keep_view"
    SHARE_VIEW = "agenda.share_view"
    DROP_VIEW = "agenda.drop_view"


grant(
    {
        AgendaPermission.SEE: ((shared_or_inner,),),
        AgendaPermission.PROPOSE: ((member,),),
        AgendaPermission.HELP: ((shared_or_inner,),),
        AgendaPermission.TALK: ((shared_or_inner,),),
        AgendaPermission.ADD: ((inner,),),
        AgendaPermission.CHANGE: ((inner,),),
        AgendaPermission.ARRANGE: ((lead,), (facilitator,)),
        AgendaPermission.KEEP_VIEW: ((member,),),
        AgendaPermission.SHARE_VIEW: ((inner,),),
        AgendaPermission.DROP_VIEW: ((own,), (shared, lead), (shared, facilitator)),
    }
)
