"""Agreeing on something, and looking later whether it works: it stays, it is done, or it stops."""

from datetime import date
from typing import Any

from vitaal.activity.models import record
from vitaal.activity.noticing import becomes_soon_at, is_soon, tell_at_once
from vitaal.decisions.models import Agreement, AgreementCheck, Outcome
from vitaal.decisions.origins import Origin, write
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.kernel.promises import Promise, promise_for_each
from vitaal.kernel.tenancy import entering
from vitaal.kernel.versions import ChangedMeanwhile, revise
from vitaal.workspaces.arrangers import who_arranges
from vitaal.workspaces.models import Circle, Membership

AGREEMENT_GIVEN, CHECK_DUE = "agreement_given", "check_due"  # what someone hears at once
CHECK_SOON = "decisions.check_soon"


class OwnerCannotSee(ValueError):
    """Who looks after an agreement has to be able to read it."""


def agree(
    text: str, *, owner: Membership, check_on: date, on: date, by: Membership, origin: Origin,
    circle: str = Circle.OUTER,
) -> Agreement:  # fmt: skip
    """Write down what was agreed, for this circle as far as it may know of where it came from.

    Raises OwnerCannotSee, or Gone.
    """
    known_to = origin.within(circle)
    refuse_unseeing(owner, known_to)
    agreement = Agreement(
        id=new_id(), text=text, owner_id=owner.id, check_on=check_on, agreed_on=on, circle=known_to, by_id=by.id,
        by_name=by.name, **origin.columns,
    )  # fmt: skip
    write(agreement)
    record("agreed", "agreement", text, by=by, **_known_by(agreement))
    tell_at_once(AGREEMENT_GIVEN, agreement.id, [owner], again=str(agreement.version), by=by)
    _promise_in_time(agreement)
    return agreement


def check(
    agreement: Agreement, outcome: Outcome, *, by: Membership, version: int, next_on: date | None = None,
    lesson: str = "",
) -> AgreementCheck:  # fmt: skip
    """Write down whether an agreement works. What is kept is looked at again on `next_on`; what is done or stops, ends.

    `version` is the one that the reader saw. Raises ChangedMeanwhile when someone looked since, or it has ended.
    """
    db.session.refresh(agreement, with_for_update={"of": Agreement})
    if version != agreement.version or agreement.ended_at:
        raise ChangedMeanwhile(agreement.id)
    if outcome == Outcome.KEEP:
        assert next_on
        agreement.check_on = next_on
        _promise_in_time(agreement)
    else:
        next_on, agreement.ended_at = None, clock.now()
    agreement.version += 1
    seen = AgreementCheck(
        id=new_id(), agreement_id=agreement.id, outcome=outcome, lesson=lesson, next_on=next_on, by_id=by.id,
        by_name=by.name,
    )  # fmt: skip
    db.session.add(seen)
    _tell(agreement, outcome, by)
    db.session.flush()
    return seen


def hand_over(agreement: Agreement, owner: Membership, *, by: Membership, version: int) -> None:
    """Let another member look after an agreement; who does so already keeps it.

    Raises OwnerCannotSee, or ChangedMeanwhile when someone changed it since, or it has ended.
    """
    refuse_unseeing(owner, agreement.circle)
    if agreement.ended_at:
        raise ChangedMeanwhile(agreement.id)
    if revise(agreement, version, {"owner_id": owner.id}):
        known = _known_by(agreement)
        record("handed_over", "agreement", agreement.text, by=by, owner=owner.open_name, **known)
        tell_at_once(AGREEMENT_GIVEN, agreement.id, [owner], again=str(agreement.version), by=by)


def tell_owner_in_time(promised: Promise) -> None:
    """Let who looks after an agreement know that the day to look comes near, when it still does. Commits."""
    with entering(db.session, person_id=who_arranges(promised), workspace_id=promised.scope_id):
        agreement = here(Agreement, promised.subject_id)
        if agreement and agreement.ended_at is None and is_soon(agreement.check_on):
            owner = here(Membership, agreement.owner_id)
            day = agreement.check_on.isoformat()
            tell_at_once(CHECK_DUE, agreement.id, [owner] if owner else [], again=day)
        db.session.commit()


def refuse_unseeing(owner: Membership, circle: str) -> None:
    """Raise OwnerCannotSee when what this circle may read is not for this member."""
    if circle == Circle.INNER and not owner.is_inside:
        raise OwnerCannotSee(owner.id)


def _promise_in_time(agreement: Agreement) -> None:
    moment = becomes_soon_at(agreement.check_on)
    if moment > clock.now():
        promise_for_each(CHECK_SOON, {agreement.id: moment})


def _tell(agreement: Agreement, outcome: Outcome, by: Membership) -> None:
    known = _known_by(agreement)
    match outcome:
        case Outcome.KEEP:
            record("kept", "agreement", agreement.text, by=by, **known)
        case Outcome.DONE:
            record("finished", "agreement", agreement.text, by=by, **known)
        case Outcome.STOP:
            record("stopped", "agreement", agreement.text, by=by, **known)


def _known_by(agreement: Agreement) -> dict[str, Any]:
    return {"object_id": agreement.id, "circle": Circle(agreement.circle)}
