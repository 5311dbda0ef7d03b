"""The tables of the action agenda."""

from vitaal.agenda.models.action import Action, Repeat, Status
from vitaal.agenda.models.change import ActionChange
from vitaal.agenda.models.goal import Backing, Challenge, Goal, Indicator
from vitaal.agenda.models.group import GroupMember, WorkingGroup
from vitaal.agenda.models.parts import ActionHelper, Step
from vitaal.agenda.models.priority import PriorityRound, Rating, RoundAction, Voice
from vitaal.agenda.models.view import AgendaView

__all__ = [
    "Action",
    "ActionChange",
    "ActionHelper",
    "AgendaView",
    "Backing",
    "Challenge",
    "Goal",
    "GroupMember",
    "Indicator",
    "PriorityRound",
    "Rating",
    "Repeat",
    "RoundAction",
    "Status",
    "Step",
    "Voice",
    "WorkingGroup",
]
