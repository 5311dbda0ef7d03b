"""The tables of the action agenda."""

from vitaal.agenda.models.action import Action
from vitaal.agenda.models.action_import import ActionImport, ImportState
from vitaal.agenda.models.change import ActionChange
from vitaal.agenda.models.feed import CalendarFeed, FeedKind
from vitaal.agenda.models.goal import Backing, Challenge, Goal, Indicator
from vitaal.agenda.models.group import GroupMember, WorkingGroup
from vitaal.agenda.models.meeting import Answer, Attendance, Invitee, Meeting
from vitaal.agenda.models.minutes import MeetingAction, Point, PointKind
from vitaal.agenda.models.parts import ActionHelper, Step
from vitaal.agenda.models.priority import PriorityRound, Rating, RoundAction, Voice
from vitaal.agenda.models.status import Repeat, Status
from vitaal.agenda.models.view import AgendaView

__all__ = [
    "Action",
    "ActionChange",
    "ActionHelper",
    "ActionImport",
    "AgendaView",
    "Answer",
    "Attendance",
    "Backing",
    "CalendarFeed",
    "Challenge",
    "FeedKind",
    "Goal",
    "GroupMember",
    "ImportState",
    "Indicator",
    "Invitee",
    "Meeting",
    "MeetingAction",
    "Point",
    "PointKind",
    "PriorityRound",
    "Rating",
    "Repeat",
    "RoundAction",
    "Status",
    "Step",
    "Voice",
    "WorkingGroup",
]
