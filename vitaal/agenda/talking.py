"""What people talk about on the agenda: actions."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vitaal.activity.talk import doors
from vitaal.activity.topics import Talk, Topic, Whereabouts
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.models import Action
from vitaal.kernel.db import db

KIND = "action"


def topic_of(action: Action) -> Topic:
    """An action to talk about until it is thrown away; it concerns who leads it and who helps. Needs its helpers."""
    concerned = {action.owner_id, *(helper.member_id for helper in action.helpers)} - {None}
    return Topic(
        KIND,
        action.id,
        action.title,
        action.circle,
        frozenset(one for one in concerned if one),
        is_open=action.deleted_at is None,
    )


def action_with(action_id: UUID) -> Action | None:
    """The action with this id and its helpers; None when the reader may not see it."""
    asked = select(Action).where(Action.id == action_id).options(joinedload(Action.helpers))
    return db.session.scalars(asked).unique().one_or_none()


TALK = Talk(action_with, topic_of, AgendaPermission.TALK)


def door_of(action: Action) -> Callable[..., str]:
    """The addresses of the conversation about an action."""
    return doors("agenda.show_action", "agenda.talk", number=action.number)


def whereabouts(ids: Sequence[UUID]) -> Mapping[UUID, Whereabouts]:
    """Where these actions are, as far as the reader may see them; what was thrown away is left out."""
    asked = select(Action.id, Action.title, Action.number, Action.circle).where(
        Action.id.in_(ids), Action.deleted_at.is_(None)
    )
    return {
        action_id: Whereabouts(title, "agenda.show_action", {"number": number}, circle)
        for action_id, title, number, circle in db.session.execute(asked)
    }
