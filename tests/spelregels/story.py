"""What the tests of the spelregels share: a rule that holds already, a proposal on its way."""

from datetime import timedelta
from uuid import UUID

from tests.agenda.story import member
from tests.cast import Cast, Place
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.spelregels import rules
from vitaal.spelregels.consent import Stage
from vitaal.spelregels.models import Proposal, ProposalKind, Spelregel, Wording
from vitaal.workspaces.models import Membership


def a_rule(
    cast: Cast,
    title: str = "We luisteren eerst",
    *,
    changes: UUID | None = None,
    by: str = "Anna",
    place: Place | None = None,
    example: str = "Wie praat, praat uit.",
    theme: str = "relation",
    silence_leaves: bool = False,
) -> UUID:
    """A rule that was adopted just now; or the next version of the rule `changes`. Its id."""
    with cast.acting_as(by, place):
        adopted = adopt_now(
            title, by=member(cast, by, place), changes=changes, example=example, theme=theme,
            silence_leaves=silence_leaves,
        )  # fmt: skip
        db.session.commit()
        return adopted.id


def adopt_now(
    title: str,
    *,
    by: Membership,
    changes: UUID | None = None,
    example: str = "",
    theme: str = "relation",
    silence_leaves: bool = False,
) -> Spelregel:
    """Let a text hold without the talk that belongs before it."""
    now = clock.now()
    number = db.session.query(Proposal).count() + 1
    proposal = Proposal(
        id=new_id(), number=number, kind=ProposalKind.CHANGE if changes else ProposalKind.NEW, spelregel_id=changes,
        theme=theme, circle="inner", proposer_id=by.id, proposer_name=by.name, stage=Stage.ADOPTED, round=1,
        ended_at=now,
    )  # fmt: skip
    text = Wording(
        workspace_id=the_workspace_id(), proposal_id=proposal.id, number=1, title=title, example=example,
        why="Omdat het vaak misgaat.", review_on=clock.today() + timedelta(days=182), silence_leaves=silence_leaves,
        written_by_id=by.id, written_by_name=by.name,
    )  # fmt: skip
    db.session.add(proposal)
    db.session.flush()
    db.session.add(text)
    db.session.flush()
    db.session.refresh(proposal, ["text"])
    return rules.adopt(proposal, by=by)
