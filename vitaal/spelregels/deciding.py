"""Taking a proposal along its steps: what `consent` says, on rows that others change at the same moment.

Whoever takes a step holds the proposal; who speaks shares that hold with the others who speak. So a voice is counted
or refused, never half, and a round is closed once.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, text, true
from sqlalchemy.dialects import postgresql

from vitaal.activity.models import record
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.promises import promise
from vitaal.spelregels import consent, rules
from vitaal.spelregels.closing_days import end_of, last_day, usual_closing_day
from vitaal.spelregels.consent import Answer, Closing, Consent, Stage, StillAsked
from vitaal.spelregels.models import (
    ConsentAnswer,
    ConsentVoice,
    ObjectionClosing,
    Proposal,
    RuleVersion,
    Signature,
    Spelregel,
)
from vitaal.spelregels.outcomes import write_decision
from vitaal.spelregels.proposing import GO_ON, hold, known, waits_for_reply
from vitaal.spelregels.telling import tell_asked, tell_closed, tell_outcome
from vitaal.workspaces.models import Circle, Membership, Partner, Role
from vitaal.workspaces.queries import this_workspace

CLOSE, REMIND = "spelregels.close_round", "spelregels.remind"
REMINDERS = timedelta(hours=72), timedelta(hours=24)  # before it closes, to who is silent (rule D-50)
QUORUMS = {"half": Fraction(1, 2), "two-thirds": Fraction(2, 3), "all": Fraction(1)}


class WaitsForReply(consent.Refused):
    """Someone offered another text, and the proposer has still to say what becomes of it."""


class NoGuide(consent.Refused):
    """Nobody guides it, and who proposed it can't open the round."""


class RoundClosed(consent.Refused):
    """The round closed: nobody can change their answer any more."""


def go_on(proposal: Proposal, since: Stage, *, by: Membership) -> None:
    """From questions to reactions, or from reactions to adjusting the text.

    `since` is the stage that the reader saw. Raises consent.NotOpen, also when another stage is open by now.
    """
    hold(proposal)
    if proposal.stage != since:
        raise consent.NotOpen(proposal.stage)
    after = consent.go_on(Consent(Stage(proposal.stage)))
    closes_at = None
    if after.stage is Stage.REACTIONS:
        closes_at = end_of(usual_closing_day(after.stage, clock.today()))
        promise(GO_ON, proposal.id, due_at=closes_at, person_id=by.person_id)
    _step(proposal, after, closes_at)
    record("went_on", "proposal", proposal.text.title, by=by, stage=after.stage, **known(proposal))


def open_round(proposal: Proposal, *, closes_on: date | None, by: Membership) -> None:
    """Ask every partner until and including a day; without a day in a meeting, until everyone spoke.

    Asked are the partners of the first round. Raises NoGuide, WaitsForReply, and what `consent.open_round` raises.
    """
    hold(proposal)
    if proposal.guide_id is None:
        raise NoGuide(proposal.id)
    if waits_for_reply(proposal):
        raise WaitsForReply(proposal.id)
    before = consent_of(proposal)
    after = consent.open_round(before, partners_to_ask(proposal), is_live=closes_on is None)
    if not before.voices:
        own = {"workspace_id": proposal.workspace_id, "proposal_id": proposal.id}
        db.session.execute(
            insert(ConsentVoice), [{**own, "partner_id": each} for each in sorted(after.voices)]
        )
    closes_at = end_of(closes_on) if closes_on else None
    _step(proposal, after, closes_at)
    if closes_at:
        _promise_closing(proposal, closes_at, by)
    tell_asked(proposal)
    record("asked", "proposal", proposal.text.title, by=by, round=after.round, **known(proposal))


def give_time(proposal: Proposal, closes_on: date, *, by: Membership) -> None:
    """Let a round in a meeting go on until and including a day. Raises what `consent.give_time` raises."""
    hold(proposal)
    after = consent.give_time(
        Consent(Stage(proposal.stage), round=proposal.round, asked=proposal.asked, is_live=proposal.is_live)
    )
    proposal.is_live, proposal.closes_at, proposal.stage_at = after.is_live, end_of(closes_on), clock.now()
    db.session.flush()
    _promise_closing(proposal, proposal.closes_at, by)
    tell_asked(proposal)
    record("extended", "proposal", proposal.text.title, by=by, **known(proposal))


def speak(
    voice: ConsentVoice,
    proposal: Proposal,
    answer: Answer,
    *,
    remark: str = "",
    for_whom: str = "",
    seen_where: str = "",
    would_help: str = "",
    by: Membership,
) -> None:
    """Give or change a partner's answer. Raises RoundClosed.

    The database refuses who does not speak for the partner. The answer stays the partner's when who gave it leaves.
    """
    if not _is_held_open(proposal):
        raise RoundClosed(proposal.id)
    given = {
        "wording": proposal.asked, "answer": answer, "remark": remark, "for_whom": for_whom, "seen_where": seen_where,
        "would_help": would_help, "given_by_id": by.id, "given_by_name": by.name, "given_at": clock.now(),
    }  # fmt: skip
    key = {
        "workspace_id": proposal.workspace_id, "proposal_id": proposal.id, "round": proposal.round,
        "partner_id": voice.partner_id,
    }  # fmt: skip
    db.session.execute(
        postgresql.insert(ConsentAnswer)
        .values(**key, **given)
        .on_conflict_do_update(index_elements=list(key), set_=given)
    )


def close(proposal: Proposal, *, by: Membership, of_round: int | None = None, is_time: bool = False) -> bool:
    """End the round: it is adopted, or goes on with an objection, or stays open as long again.

    False when the round (`of_round`, or the one that is open) was closed already. Raises StillAsked when someone is
    silent before its time.
    """
    hold(proposal)
    if not proposal.is_in_round or (of_round is not None and proposal.round != of_round):
        return False
    is_time = is_time or (proposal.closes_at is not None and proposal.closes_at <= clock.now())
    before = _everything_said(proposal)
    try:
        after = consent.close_round(before, _quorum(), is_time=is_time, leaving=_leaving(before.silent))
    except StillAsked:
        proposal.stage = Stage.ROUND
        db.session.flush()
        raise
    if after.stage is Stage.ROUND:
        _extend(proposal, after, by)
    else:
        _step(proposal, after, None)
        _end(proposal, after, by)
    return True


def settle(proposal: Proposal, *, by: Membership) -> None:
    """Adopt the text of the round that closed, now that no objection is open. Raises what `consent.settle` raises."""
    hold(proposal)
    before = consent_of(proposal)
    after = consent.settle(before, _quorum(), leaving=_leaving(before.silent))
    _step(proposal, after, None)
    _end(proposal, after, by)


def close_objection(
    proposal: Proposal, partner_id: UUID, why: Closing, reason: str, *, by: Membership
) -> None:
    """Let an objection stop nothing any more, with the reason on record. Raises consent.NotOpen and consent.NoVoice."""
    hold(proposal)
    consent.close_objection(consent_of(proposal), partner_id, why)
    closing_id = new_id()
    db.session.add(
        ObjectionClosing(
            id=closing_id, proposal_id=proposal.id, round=proposal.round, partner_id=partner_id, why=why,
            reason=reason, closed_by_id=by.id, closed_by_name=by.name,
        )
    )  # fmt: skip
    db.session.flush()
    if why is not Closing.WITHDRAWN:
        tell_closed(proposal, partner_id, closing_id)
    record("closed_objection", "proposal", proposal.text.title, by=by, why=why, **known(proposal))


def withdraw(proposal: Proposal, why: str, *, by: Membership) -> None:
    """Let the proposal go, and say why. Raises consent.NotOpen when it is over."""
    hold(proposal)
    _step(proposal, consent.withdraw(Consent(Stage(proposal.stage))), None)
    proposal.outcome, proposal.ended_by_name = why, by.name
    db.session.flush()
    record("withdrew", "proposal", proposal.text.title, by=by, **known(proposal))


def consent_of(proposal: Proposal) -> Consent:
    """Where the proposal is, as far as the asker may know: while a round is open, others' answers come after one's own.

    A partner that left the coalition without having spoken is asked no more.
    """
    asked = select(ConsentVoice.partner_id, Partner.left_at).join(ConsentVoice.partner)
    voices = db.session.execute(asked.where(ConsentVoice.proposal_id == proposal.id)).all()
    in_round = ConsentAnswer.proposal_id == proposal.id, ConsentAnswer.round == proposal.round
    given = {row.partner_id: row for row in db.session.scalars(select(ConsentAnswer).where(*in_round))}
    return Consent(
        stage=Stage(proposal.stage),
        text=proposal.wording,
        asked=proposal.asked,
        round=proposal.round,
        is_live=proposal.is_live,
        is_extended=proposal.is_extended,
        voices=frozenset(partner for partner, left_at in voices if left_at is None or partner in given),
        answers=MappingProxyType({partner: Answer(row.answer) for partner, row in given.items()}),
        closed=MappingProxyType(_closed(proposal, given.values())),
    )


def _closed(proposal: Proposal, given: Iterable[ConsentAnswer]) -> dict[UUID, Closing]:
    """Why objections stop nothing any more; an answer that was given after that counts anew."""
    of_round = ObjectionClosing.proposal_id == proposal.id, ObjectionClosing.round == proposal.round
    found = db.session.scalars(select(ObjectionClosing).where(*of_round).order_by(ObjectionClosing.closed_at))
    closings = {closing.partner_id: closing for closing in found}
    return {
        row.partner_id: Closing(closings[row.partner_id].why)
        for row in given
        if row.partner_id in closings and closings[row.partner_id].closed_at >= row.given_at
    }


def _everything_said(proposal: Proposal) -> Consent:
    """The round with all answers: the wall shows them to who closes it once it is no longer open."""
    proposal.stage = Stage.INTEGRATING
    db.session.flush()
    return replace(consent_of(proposal), stage=Stage.ROUND)


def _step(proposal: Proposal, after: Consent, closes_at: datetime | None) -> None:
    """Write down where the proposal is now."""
    proposal.stage, proposal.round, proposal.asked = after.stage, after.round, after.asked
    proposal.is_live, proposal.is_extended = after.is_live, after.is_extended
    proposal.stage_at, proposal.closes_at = clock.now(), closes_at
    proposal.ended_at = clock.now() if after.stage.is_over else None
    db.session.flush()


def _extend(proposal: Proposal, after: Consent, by: Membership) -> None:
    """Stay open as long again; from today when the day on which it should have closed has long passed."""
    assert proposal.closes_at
    days = last_day(proposal.closes_at) - clock.day_of(proposal.stage_at)
    proposal.closes_at = end_of(max(last_day(proposal.closes_at), clock.today()) + days)
    proposal.stage, proposal.is_extended = after.stage, after.is_extended
    db.session.flush()
    _promise_closing(proposal, proposal.closes_at, by)
    record("extended", "proposal", proposal.text.title, by=by, **known(proposal))


def _promise_closing(proposal: Proposal, closes_at: datetime, by: Membership) -> None:
    promise(CLOSE, proposal.id, due_at=closes_at, person_id=by.person_id)
    for before in REMINDERS:
        promise(REMIND, proposal.id, due_at=closes_at - before, person_id=by.person_id)


def _end(proposal: Proposal, after: Consent, by: Membership) -> None:
    tell_outcome(proposal)
    if after.stage is Stage.ADJUSTING:
        db.session.execute(delete(ConsentVoice).where(ConsentVoice.proposal_id == proposal.id))
    if after.stage is Stage.ADOPTED:
        write_decision(proposal, rules.adopt(proposal, by=by), by=by)
    record("closed", "proposal", proposal.text.title, by=by, stage=after.stage, **known(proposal))


def partners_to_ask(proposal: Proposal) -> frozenset[UUID]:
    """The partners that decide in this workspace and of whom a member can see the proposal, with or without help."""
    inside = or_(Membership.circle == Circle.INNER, Membership.roles.overlap([Role.LEAD, Role.FACILITATOR]))
    asks_all = this_workspace().deciders == "all"
    found = db.session.scalars(
        select(Partner.id)
        .join(
            Membership,
            (Membership.workspace_id == Partner.workspace_id) & (Membership.partner_id == Partner.id),
        )
        .where(
            Partner.left_at.is_(None),
            Membership.left_at.is_(None),
            true() if asks_all else Partner.circle == Circle.INNER,
            true() if proposal.circle == Circle.OUTER else inside,
        )
    )
    return frozenset(found)


def _leaving(silent: frozenset[UUID]) -> frozenset[UUID]:
    """Which silent partners signed a rule that holds and says that silence leaves it to the others (rule D-46)."""
    signed = (
        select(Signature.partner_id)
        .join(
            RuleVersion,
            (RuleVersion.spelregel_id == Signature.spelregel_id) & (RuleVersion.version == Signature.version),
        )
        .join(
            Spelregel, (Spelregel.id == RuleVersion.spelregel_id) & (Spelregel.version == RuleVersion.version)
        )
        .where(Spelregel.retired_at.is_(None), RuleVersion.silence_leaves, Signature.partner_id.in_(silent))
    )
    return frozenset(db.session.scalars(signed))


def needed_of(asked: int) -> int:
    """How many of so many partners have to answer in this workspace."""
    return ceil(asked * _quorum())


def _quorum() -> Fraction:
    return QUORUMS[this_workspace().quorum]


def _is_held_open(proposal: Proposal) -> bool:
    """Whether the round that the speaker saw is open and its time has not passed; who closes it waits until we end."""
    held = db.session.scalar(
        text("SELECT wall.holds_round(:id, CAST(:round AS smallint))"),
        {"id": proposal.id, "round": proposal.round},
    )
    if not held:
        return False
    closes_at = db.session.scalar(select(Proposal.closes_at).where(Proposal.id == proposal.id))
    return closes_at is None or clock.now() < closes_at
