"""Where meetings, their points and working groups are, for what is decided in them (`vitaal/activity/topics.py`)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, select

from vitaal.activity.topics import Whereabouts
from vitaal.agenda.models import Action, Meeting, Point, PointKind, WorkingGroup
from vitaal.kernel.db import db
from vitaal.workspaces.models import Circle


def meetings(ids: Sequence[UUID]) -> Mapping[UUID, Whereabouts]:
    """Where these meetings are, as far as the reader may see them. Until one is sent only the inside knows of it."""
    asked = select(Meeting.id, Meeting.title, Meeting.number, Meeting.circle, Meeting.sent_at)
    return {
        meeting_id: Whereabouts(
            title, "agenda.show_meeting", {"number": number}, circle if sent_at else Circle.INNER
        )
        for meeting_id, title, number, circle, sent_at in db.session.execute(asked.where(Meeting.id.in_(ids)))
    }


def points(ids: Sequence[UUID]) -> Mapping[UUID, Whereabouts]:
    """Where these points of meetings are. One that was taken from an action is known to who knows of that action."""
    asked = (
        select(
            Point.id, Point.title, Point.kind, Action.circle, Meeting.number, Meeting.circle, Meeting.sent_at
        )
        .join(Meeting, and_(Meeting.workspace_id == Point.workspace_id, Meeting.id == Point.meeting_id))
        .outerjoin(Point.action)
        .where(Point.id.in_(ids))
    )
    found = {}
    for point_id, title, kind, of_action, number, of_meeting, sent_at in db.session.execute(asked):
        is_hidden = kind == PointKind.ACTION and of_action != Circle.OUTER
        circle = Circle.INNER if is_hidden or not sent_at else of_meeting
        found[point_id] = Whereabouts(title, "agenda.show_meeting", {"number": number}, circle)
    return found


def working_groups(ids: Sequence[UUID]) -> Mapping[UUID, Whereabouts]:
    """Where these working groups are; everyone knows of them."""
    asked = select(WorkingGroup.id, WorkingGroup.name).where(WorkingGroup.id.in_(ids))
    return {
        group_id: Whereabouts(name, "agenda.show_group", {"group_id": group_id}, Circle.OUTER)
        for group_id, name in db.session.execute(asked)
    }


FINDERS = {"meeting": meetings, "meeting_point": points, "working_group": working_groups}
