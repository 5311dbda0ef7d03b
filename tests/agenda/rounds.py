"""What the tests of rounds share: actions on the agenda, a round about them, and answers."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from tests.cast import Cast
from vitaal.agenda.models import Action, PriorityRound, Rating
from vitaal.agenda.models.action import append
from vitaal.agenda.round_queries import voice_in
from vitaal.agenda.rounds import close, open_round, rate
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle, Membership

TITLES = ("Eén telefoonnummer", "Vervoer regelen", "Bankjes neerzetten")


def me(cast: Cast, name: str) -> Membership:
    """This member, within `acting_as`."""
    found = here(Membership, cast.amersfoort.members[name])
    assert found
    return found


def actions(*titles: str, circle: Circle = Circle.OUTER) -> Sequence[Action]:
    """Put actions on the agenda of the workspace we are in."""
    return append({"title": title, "reason": "Omdat het kan", "circle": circle} for title in titles)


def begin(
    cast: Cast, *titles: str, circle: Circle = Circle.OUTER, why: str = "", closes_on: date | None = None
) -> UUID:
    """Anna puts these actions on the agenda (three, unless said) and opens a round about them."""
    with cast.acting_as("Anna"):
        opened = open_round(
            actions(*(titles or TITLES), circle=circle),
            closes_on=closes_on or clock.today() + timedelta(days=7),
            why=why,
            by=me(cast, "Anna"),
        )
        db.session.commit()
        return opened.id


def the_round(round_id: UUID) -> PriorityRound:
    """The round, within `acting_as`."""
    found = here(PriorityRound, round_id)
    assert found
    return found


def says(cast: Cast, name: str, round_id: UUID, *votes: tuple[int, int] | tuple[int, int, str]) -> None:
    """Someone rates the actions of a round, in their order, for the partner they represent."""
    with cast.acting_as(name):
        voice = voice_in(round_id, cast.amersfoort.partners[name])
        assert voice
        lines = db.session.query(Action).order_by(Action.position).all()
        for action, vote in zip(lines, votes, strict=False):
            importance, urgency, remark = (*vote, "")[:3]
            rate(voice, action.id, importance=importance, urgency=urgency, remark=str(remark), by=me(cast, name))  # fmt: skip
        db.session.commit()


def ends(cast: Cast, round_id: UUID) -> None:
    """Anna closes the round."""
    with cast.acting_as("Anna"):
        close(the_round(round_id), by=me(cast, "Anna"))
        db.session.commit()


def ratings_seen_by(cast: Cast, name: str) -> set[tuple[UUID, int, int]]:
    """Every rating that the database shows to someone: of which partner, and what."""
    with cast.acting_as(name):
        return {(r.partner_id, r.importance, r.urgency) for r in db.session.query(Rating)}
