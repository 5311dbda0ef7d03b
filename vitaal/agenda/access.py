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


def made_it(asker: Asker, on: Any) -> bool:
    """The member who made the meeting that it is about."""
    return asker.member is not None and on is not None and on.made_by_id == asker.member.id


def speaks_for_it(asker: Asker, on: Any) -> bool:
    """Who represents the partner that has this voice, or helps someone who does."""
    return asker.member is not None and on is not None and on.is_of(asker.member)


class AgendaPermission(Permission):
    """What can be done with the agenda."""

    SEE = "agenda.see"
    READ_GOALS = "agenda.read_goals"
    TAKE_PART = "agenda.take_part"
    PROPOSE = "agenda.propose"
    HELP = "agenda.help"
    TALK = "agenda.talk"
    SPEAK = "agenda.speak"
    RATE = "agenda.rate"
    ADD = "agenda.add"
    CHANGE = "agenda.change"
    ARRANGE = "agenda.arrange"
    KEEP_VIEW = "agenda.keep_view"
    SHARE_VIEW = "agenda.share_view"
    DROP_VIEW = "agenda.drop_view"


class MeetingPermission(Permission):
    """What can be done with meetings. The wall hides those that someone is not asked for and that are not for all."""

    SEE = "meeting.see"
    ANSWER = "meeting.answer"
    MAKE = "meeting.make"
    WRITE = "meeting.write"
    CHANGE = "meeting.change"
    SEND_MINUTES = "meeting.send_minutes"
    FOLLOW = "meeting.follow"


grant(
    {
        AgendaPermission.SEE: ((shared_or_inner,),),
        AgendaPermission.READ_GOALS: ((member,),),
        AgendaPermission.TAKE_PART: ((member,),),
        AgendaPermission.PROPOSE: ((member,),),
        AgendaPermission.HELP: ((shared_or_inner,),),
        AgendaPermission.TALK: ((shared_or_inner,),),
        AgendaPermission.SPEAK: ((inner,),),
        AgendaPermission.RATE: ((speaks_for_it,),),
        AgendaPermission.ADD: ((inner,),),
        AgendaPermission.CHANGE: ((inner,),),
        AgendaPermission.ARRANGE: ((lead,), (facilitator,)),
        AgendaPermission.KEEP_VIEW: ((member,),),
        AgendaPermission.SHARE_VIEW: ((inner,),),
        AgendaPermission.DROP_VIEW: ((own,), (shared, lead), (shared, facilitator)),
        MeetingPermission.SEE: ((member,),),
        MeetingPermission.ANSWER: ((member,),),
        MeetingPermission.MAKE: ((inner,),),
        MeetingPermission.WRITE: ((inner,),),
        MeetingPermission.CHANGE: ((lead,), (facilitator,), (inner, made_it)),
        MeetingPermission.SEND_MINUTES: ((lead,), (facilitator,)),
        MeetingPermission.FOLLOW: ((member,),),
    }
)
