"""What the tests of the spelregels share: a rule that holds already, a proposal on its way."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.agenda.story import member
from tests.cast import Cast, Place
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.spelregels import deciding, proposing, rules
from vitaal.spelregels.consent import Answer, Stage
from vitaal.spelregels.models import Proposal, ProposalKind, Spelregel, Wording
from vitaal.spelregels.proposal_queries import proposal_numbered, voice_in
from vitaal.spelregels.proposing import Text
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import this_workspace


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
    why: str = "Omdat het vaak misgaat.",
) -> UUID:
    """A rule that was adopted just now; or the next version of the rule `changes`. Its id."""
    with cast.acting_as(by, place):
        adopted = adopt_now(
            title, by=member(cast, by, place), changes=changes, example=example, theme=theme,
            silence_leaves=silence_leaves, why=why,
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
    why: str = "Omdat het vaak misgaat.",
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
        why=why, review_on=clock.today() + timedelta(days=182), silence_leaves=silence_leaves,
        written_by_id=by.id, written_by_name=by.name,
    )  # fmt: skip
    db.session.add(proposal)
    db.session.flush()
    db.session.add(text)
    db.session.flush()
    db.session.refresh(proposal, ["text"])
    return rules.adopt(proposal, by=by)


A_TEXT = Text(
    title="We beginnen op tijd",
    example="Om tien uur zitten we aan tafel.",
    why="Wie van ver komt, wacht nu vaak.",
    review_on=date(2100, 1, 1),
)


def a_proposal(
    cast: Cast,
    text: Text = A_TEXT,
    *,
    by: str = "Bram",
    guide: str | None = "Anna",
    stage: Stage = Stage.QUESTIONS,
    changes: UUID | None = None,
    kind: ProposalKind | None = None,
    place: Place | None = None,
) -> int:
    """A proposal that came as far as a stage, at most that of its first round (of a week); its number."""
    with cast.acting_as(by, place):
        proposed = proposing.propose(
            text, kind=kind or (ProposalKind.CHANGE if changes else ProposalKind.NEW), theme="relation",
            rule=here(Spelregel, changes) if changes else None,
            guide=member(cast, guide, place) if guide else None, workspace=this_workspace(),
            by=member(cast, by, place),
        )  # fmt: skip
        number = proposed.number
        db.session.commit()
    for reached in (Stage.REACTIONS, Stage.ADJUSTING, Stage.ROUND):
        if list(Stage).index(reached) <= list(Stage).index(stage):
            take_step(cast, number, reached, by=guide or by, place=place)
    return number


def take_step(cast: Cast, number: int, to: Stage, *, by: str = "Anna", place: Place | None = None) -> None:
    """The guide opens the next stage, or the round for a week."""
    with cast.acting_as(by, place):
        if to is Stage.ROUND:
            week = clock.today() + timedelta(days=7)
            deciding.open_round(found(number), closes_on=week, by=member(cast, by, place))
        else:
            deciding.go_on(found(number), Stage(found(number).stage), by=member(cast, by, place))
        db.session.commit()


def found(number: int) -> Proposal:
    """The proposal with this number; within `cast.acting_as`."""
    proposal = proposal_numbered(number)
    assert proposal
    return proposal


def says(
    cast: Cast, name: str, number: int, answer: Answer, remark: str = "", place: Place | None = None
) -> None:
    """Someone answers for their partner. Raises RoundClosed."""
    place = place or cast.amersfoort
    with cast.acting_as(name, place):
        voice = voice_in(number, place.partners[name])
        assert voice
        deciding.speak(voice, found(number), answer, remark=remark, by=member(cast, name, place))
        db.session.commit()


def closes(cast: Cast, number: int, by: str = "Anna", **how: Any) -> bool:
    """Someone closes the round; whether there was one to close. Raises what `deciding.close` raises."""
    with cast.acting_as(by):
        did = deciding.close(found(number), by=member(cast, by), **how)
        db.session.commit()
        return did


def stage_of(cast: Cast, number: int, place: Place | None = None, name: str = "Anna") -> Stage:
    """Where the proposal is."""
    with cast.acting_as(name, place):
        return Stage(found(number).stage)
