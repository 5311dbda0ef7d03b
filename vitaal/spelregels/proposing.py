"""Writing a rule together: someone proposes a text, others offer another, and who proposed it decides what to take over.

Who proposes and who guides are two people: one decides about the text, the other about the steps (rule D-44).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy import text as sql
from sqlalchemy.exc import IntegrityError

from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id, take_turn
from vitaal.kernel.promises import promise
from vitaal.kernel.tenancy import the_workspace_id
from vitaal.kernel.versions import ChangedMeanwhile
from vitaal.spelregels import consent
from vitaal.spelregels.closing_days import end_of, usual_closing_day
from vitaal.spelregels.consent import Consent, Stage
from vitaal.spelregels.models import Amendment, Proposal, ProposalKind, Spelregel, Wording
from vitaal.workspaces.models import Circle, Membership, Workspace

GO_ON = "spelregels.go_on"
TO_OFFER = {Stage.REACTIONS, Stage.ADJUSTING, Stage.INTEGRATING}


class AnotherIsOpen(RuntimeError):
    """A rule has one proposal at a time."""


class RuleEnded(RuntimeError):
    """The rule that it is about does not hold any more."""


class SamePerson(RuntimeError):
    """Who proposes does not guide."""


class AlreadyAnswered(RuntimeError):
    """The proposer has answered this amendment."""


@dataclass(frozen=True, slots=True)
class Text:
    """A rule in words: in one sentence, how it looks when we do it, why here, and when we look whether it works."""

    title: str
    example: str
    why: str
    review_on: date
    silence_leaves: bool = False

    @classmethod
    def of(cls, wording: Wording) -> "Text":
        """The text of a wording."""
        return cls(wording.title, wording.example, wording.why, wording.review_on, wording.silence_leaves)


def propose(
    text: Text,
    *,
    kind: ProposalKind,
    theme: str,
    rule: Spelregel | None,
    guide: Membership | None,
    origin: str = "",
    workspace: Workspace,
    by: Membership,
) -> Proposal:
    """Put a text on the table: from now on everyone asks what they want to know.

    The outer circle sees it when the workspace lets it talk along or decide. Raises AnotherIsOpen for a rule that has a
    proposal already, RuleEnded for one that ended, SamePerson when the guide proposes.
    """
    if guide and guide.id == by.id:
        raise SamePerson(by.id)
    if rule:
        db.session.refresh(rule, with_for_update={"of": Spelregel})
        if not rule.holds:
            raise RuleEnded(rule.id)
    now, day = clock.now(), usual_closing_day(Stage.QUESTIONS, clock.today())
    proposal = Proposal(
        id=new_id(), number=_next_number(), kind=kind, spelregel_id=rule.id if rule else None, theme=theme,
        origin=origin, circle=_circle_for(workspace), proposer_id=by.id,
        proposer_name=by.name, guide_id=guide.id if guide else None, opened_at=now, stage_at=now,
        closes_at=end_of(day),
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(proposal)
    except IntegrityError:
        raise AnotherIsOpen(rule.id if rule else None) from None
    _write(proposal, text, by)
    promise(GO_ON, proposal.id, due_at=end_of(day), person_id=by.person_id)
    record("proposed", "proposal", text.title, by=by, what=kind, **known(proposal))
    return proposal


def reword(proposal: Proposal, text: Text, *, by: Membership, wording: int) -> bool:
    """Write it better; False when nothing is different. The earlier text stays readable.

    `wording` is the number of the text that the writer saw. Raises ChangedMeanwhile when it is no longer the newest,
    and consent.NotOpen.
    """
    hold(proposal)
    if Text.of(proposal.text) == text:
        return False
    if proposal.wording != wording:
        raise ChangedMeanwhile(proposal.id)
    after = consent.adjust(Consent(Stage(proposal.stage), text=proposal.wording))
    proposal.wording = after.text
    db.session.flush()
    _write(proposal, text, by)
    record("reworded", "proposal", text.title, by=by, **known(proposal))
    return True


def offer(proposal: Proposal, changes: Mapping[str, str], *, by: Membership) -> Amendment:
    """Offer another text (`title`, `example`) with the reason (`why`). Raises consent.NotOpen.

    Before the reactions people ask; and to stop with a rule there is no text to offer.
    """
    hold(proposal)
    if not may_be_offered(proposal):
        raise consent.NotOpen(proposal.stage)
    amendment = Amendment(
        id=new_id(), proposal_id=proposal.id, wording=proposal.wording, offered_by_id=by.id,
        offered_by_name=by.name, partner_id=by.partner_id, **changes,
    )  # fmt: skip
    db.session.add(amendment)
    db.session.flush()
    record("offered", "proposal", proposal.text.title, by=by, **known(proposal))
    return amendment


def may_be_offered(proposal: Proposal) -> bool:
    """Whether another text can be offered now."""
    return proposal.stage in TO_OFFER and proposal.kind != ProposalKind.RETIRE


def take_over(proposal: Proposal, amendment: Amendment, *, by: Membership) -> None:
    """Take over what was offered: its words become the text. Raises AlreadyAnswered and consent.NotOpen."""
    hold(proposal)
    _must_be_adjusting(proposal)
    _answer(amendment, taken_over=True, reply="")
    now = Text.of(proposal.text)
    better = Text(amendment.title, amendment.example, now.why, now.review_on, now.silence_leaves)
    reword(proposal, better, by=by, wording=proposal.wording)


def leave_out(proposal: Proposal, amendment: Amendment, reply: str, *, by: Membership) -> None:
    """Leave the text as it is, and say why. Raises AlreadyAnswered and consent.NotOpen."""
    hold(proposal)
    _must_be_adjusting(proposal)
    _answer(amendment, taken_over=False, reply=reply)
    record("answered", "proposal", proposal.text.title, by=by, **known(proposal))


def choose_guide(proposal: Proposal, guide: Membership, *, by: Membership) -> None:
    """Let someone else guide the steps from now on. Raises SamePerson when they proposed it."""
    hold(proposal)
    if guide.id == proposal.proposer_id:
        raise SamePerson(guide.id)
    if proposal.guide_id == guide.id:
        return
    proposal.guide_id = guide.id
    db.session.flush()
    record("guides", "proposal", proposal.text.title, by=by, name=guide.open_name, **known(proposal))


def waits_for_reply(proposal: Proposal) -> bool:
    """Whether the proposer has still to say what becomes of something that was offered."""
    waiting = exists().where(Amendment.proposal_id == proposal.id, Amendment.taken_over.is_(None))
    return bool(db.session.scalar(select(waiting)))


def hold(proposal: Proposal) -> None:
    """Read the proposal as it is now, and let nobody change it until this transaction ends.

    The wall holds it, so that it also holds for who may speak about it and not change it.
    """
    db.session.execute(sql("SELECT wall.hold_proposal(:id)"), {"id": proposal.id})
    db.session.refresh(proposal)
    db.session.refresh(proposal, ["text"])


def known(proposal: Proposal) -> dict[str, Any]:
    """What the history keeps of a proposal: who may see it may know."""
    return {"object_id": proposal.id, "circle": Circle(proposal.circle), "number": proposal.number}


def _circle_for(workspace: Workspace) -> Circle:
    return Circle.OUTER if workspace.outer_talks or workspace.deciders == "all" else Circle.INNER


def _write(proposal: Proposal, text: Text, by: Membership) -> None:
    db.session.add(
        Wording(
            workspace_id=proposal.workspace_id, proposal_id=proposal.id, number=proposal.wording, title=text.title,
            example=text.example, why=text.why, review_on=text.review_on, silence_leaves=text.silence_leaves,
            written_by_id=by.id, written_by_name=by.name,
        )
    )  # fmt: skip
    db.session.flush()
    db.session.refresh(proposal, ["text"])


def _must_be_adjusting(proposal: Proposal) -> None:
    consent.adjust(Consent(Stage(proposal.stage)))


def _answer(amendment: Amendment, *, taken_over: bool, reply: str) -> None:
    db.session.refresh(amendment, with_for_update={"of": Amendment})
    if amendment.taken_over is not None:
        raise AlreadyAnswered(amendment.id)
    amendment.taken_over, amendment.reply, amendment.answered_at = taken_over, reply, clock.now()
    db.session.flush()


def _next_number() -> int:
    """The number after the last; who proposes at the same moment waits."""
    take_turn(f"proposal {the_workspace_id()}")
    return (db.session.scalar(select(func.max(Proposal.number))) or 0) + 1
