"""Letting someone know two days before a day that was promised to them: an action is due, or a round closes."""

from uuid import UUID

from sqlalchemy import func, select

from vitaal.activity.noticing import is_soon, tell_at_once
from vitaal.agenda.models import Action, PriorityRound, RoundAction
from vitaal.agenda.models.telling import DUE
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.agenda.round_queries import asked_in
from vitaal.agenda.rounds import VIEW_DUE
from vitaal.kernel.db import db, here
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import entering
from vitaal.workspaces.arrangers import who_arranges
from vitaal.workspaces.models import Membership


def tell_owner(promised: Promise) -> None:
    """Let who leads an action now know that it is due soon, when it still is. Commits."""
    with entering(db.session, person_id=who_arranges(promised), workspace_id=promised.scope_id):
        action = here(Action, promised.subject_id)
        if action and action.is_open and is_soon(action.due_on) and action.due_on:
            owner = here(Membership, action.owner_id) if action.owner_id else None
            tell_at_once(DUE, action.id, [owner] if owner else [], again=action.due_on.isoformat())
        db.session.commit()


def tell_voices(promised: Promise) -> None:
    """Let who speaks for a partner that has not given its whole view know that the round closes soon. Commits."""
    with entering(db.session, person_id=who_arranges(promised), workspace_id=promised.scope_id):
        closing = here(PriorityRound, promised.subject_id)
        if closing and closing.is_open and is_soon(closing.closes_on):
            speakers = db.session.scalars(
                select(Membership).where(
                    Membership.partner_id.in_(_silent_in(closing)), Membership.left_at.is_(None)
                )
            ).all()
            tell_at_once(VIEW_DUE, closing.id, speakers, again=closing.closes_on.isoformat())
        db.session.commit()


def _silent_in(closing: PriorityRound) -> list[UUID]:
    """The partners that have still to say something in this round."""
    still_asked = (
        select(func.count())
        .select_from(RoundAction)
        .join(RoundAction.action)
        .where(RoundAction.round_id == closing.id, *ON_THE_AGENDA)
    )
    number = db.session.scalar(still_asked) or 0
    return [asked.partner.id for asked in asked_in(closing) if asked.rated < number]
