"""Where meetings and working groups are, for what is decided in them (`vitaal/activity/topics.py`)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from vitaal.activity.topics import Whereabouts
from vitaal.agenda.models import Meeting, WorkingGroup
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


def working_groups(ids: Sequence[UUID]) -> Mapping[UUID, Whereabouts]:
    """Where these working groups are; everyone knows of them."""
    asked = select(WorkingGroup.id, WorkingGroup.name).where(WorkingGroup.id.in_(ids))
    return {
        group_id: Whereabouts(name, "agenda.show_group", {"group_id": group_id}, Circle.OUTER)
        for group_id, name in db.session.execute(asked)
    }


FINDERS = {"meeting": meetings, "working_group": working_groups}
