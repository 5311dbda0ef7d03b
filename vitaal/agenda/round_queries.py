"""What pages ask about rounds. The wall leaves out what this member may not see, and answers that are private yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Uuid, column, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from vitaal.agenda.models import Action, PriorityRound, Rating, RoundAction, Voice
from vitaal.agenda.priority_round import View, Weighing
from vitaal.agenda.queries import ON_THE_AGENDA
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Membership, Partner

MOST_ROUNDS = 50
MOST_TO_CHOOSE_FROM = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A partner that is asked in a round, and how many of its actions it rated."""

    partner: Partner
    rated: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A round in the list of rounds: how many actions, how many partners were asked."""

    round: PriorityRound
    actions: int
    voices: int


@dataclass(frozen=True, slots=True)
class ToRate:
    """How far one voice of a member is in the newest round: `rated` of `actions`."""

    round: PriorityRound
    partner: Partner | None
    actions: int
    rated: int

    @property
    def is_asked(self) -> bool:
        """Whether this voice still has something to say."""
        return self.round.is_open and self.partner is not None and self.rated < self.actions


def the_round(round_id: UUID) -> PriorityRound | None:
    """The round with this id, when there is one and this member may see it."""
    return here(PriorityRound, round_id)


def newest_round() -> PriorityRound | None:
    """The round that was opened last."""
    return db.session.scalars(
        select(PriorityRound).order_by(PriorityRound.opened_at.desc(), PriorityRound.id.desc()).limit(1)
    ).one_or_none()


def rounds() -> Sequence[Summary]:
    """The rounds so far, the newest first."""
    asked = (
        select(PriorityRound, _number(RoundAction), _number(Voice))
        .order_by(PriorityRound.opened_at.desc(), PriorityRound.id.desc())
        .limit(MOST_ROUNDS)
    )
    return [Summary(*row) for row in db.session.execute(asked)]


def open_actions() -> Sequence[Action]:
    """The open actions that a round can be about, in the order of the agenda."""
    return db.session.scalars(
        select(Action)
        .where(*ON_THE_AGENDA, Action.status.not_in(("done", "stopped")))
        .order_by(Action.position, Action.id)
        .limit(MOST_TO_CHOOSE_FROM)
    ).all()


def lines_of(of: PriorityRound) -> Sequence[RoundAction]:
    """The actions of a round with who leads them, in the order in which they were asked."""
    return db.session.scalars(
        select(RoundAction)
        .join(RoundAction.action)
        .where(RoundAction.round_id == of.id, Action.deleted_at.is_(None))
        .options(
            contains_eager(RoundAction.action).joinedload(Action.owner).joinedload(Membership.partner),
            joinedload(RoundAction.taken_by),
        )
        .order_by(RoundAction.place)
    ).all()


def asked_in(of: PriorityRound) -> Sequence[Asked]:
    """The partners that are asked, by name, and how many actions each rated; never how."""
    raters = func.wall.raters(of.id).table_valued(column("partner_id", Uuid), column("rated", BigInteger))
    asked = (
        select(Partner, func.coalesce(raters.c.rated, 0))
        .join(Voice, Voice.partner_id == Partner.id)
        .outerjoin(raters, raters.c.partner_id == Partner.id)
        .where(Voice.round_id == of.id, or_(Partner.left_at.is_(None), raters.c.rated > 0))
        .order_by(func.lower(Partner.name), Partner.id)
    )
    return [Asked(*row) for row in db.session.execute(asked)]


def voice_in(round_id: UUID, partner_id: UUID) -> Voice | None:
    """The voice of a partner in a round, with who may speak for it as far as this member may know."""
    return db.session.scalars(
        select(Voice)
        .where(Voice.round_id == round_id, Voice.partner_id == partner_id)
        .options(joinedload(Voice.round), joinedload(Voice.partner), selectinload(Voice.members))
    ).one_or_none()


def ratings_of(voice: Voice) -> Mapping[UUID, Rating]:
    """What a partner said so far, by action."""
    own = select(Rating).where(Rating.round_id == voice.round_id, Rating.partner_id == voice.partner_id)
    return {rating.action_id: rating for rating in db.session.scalars(own)}


def weighings_of(of: PriorityRound) -> Mapping[UUID, Weighing]:
    """What the partners said, by action. While the round is open the wall gives a member only their own."""
    said = (
        select(Rating, Partner.name)
        .join(Partner, (Partner.workspace_id == Rating.workspace_id) & (Partner.id == Rating.partner_id))
        .where(Rating.round_id == of.id)
        .order_by(func.lower(Partner.name), Partner.id)
    )
    views: dict[UUID, list[View]] = defaultdict(list)
    for rating, name in db.session.execute(said):
        views[rating.action_id].append(
            View(rating.partner_id, name, rating.importance, rating.urgency, rating.remark)
        )
    return defaultdict(lambda: Weighing(()), {action: Weighing(found) for action, found in views.items()})


def to_rate(member: Membership) -> Sequence[ToRate]:
    """The newest round with each voice that this member speaks for, in one statement; empty without rounds.

    Without a voice of theirs the round comes once, without a partner.
    """
    newest = aliased(
        PriorityRound,
        select(PriorityRound)
        .order_by(PriorityRound.opened_at.desc(), PriorityRound.id.desc())
        .limit(1)
        .subquery(),
    )
    helped = select(Membership.partner_id).where(
        Membership.helper_id == member.id, Membership.left_at.is_(None)
    )
    mine = or_(Voice.partner_id == member.partner_id, Voice.partner_id.in_(helped))
    actions = _still_asked(RoundAction).where(RoundAction.round_id == newest.id)
    rated = _still_asked(Rating).where(Rating.round_id == newest.id, Rating.partner_id == Voice.partner_id)
    asked = (
        select(newest, Partner, actions.scalar_subquery(), rated.scalar_subquery())
        .select_from(newest)
        .outerjoin(Voice, (Voice.round_id == newest.id) & mine)
        .outerjoin(Partner, (Partner.workspace_id == Voice.workspace_id) & (Partner.id == Voice.partner_id))
        .order_by(Partner.id != member.partner_id, func.lower(Partner.name))
    )
    return [ToRate(*row) for row in db.session.execute(asked)]


def _number(model: type[RoundAction | Voice]) -> Any:
    of_the_round = select(func.count()).select_from(model).where(model.round_id == PriorityRound.id)
    return of_the_round.scalar_subquery()


def _still_asked(model: type[RoundAction | Rating]) -> Any:
    """How many of these rows are about an action that is still on the agenda."""
    of_action = (model.workspace_id == Action.workspace_id) & (model.action_id == Action.id)
    return select(func.count()).select_from(model).join(Action, of_action).where(*ON_THE_AGENDA)
