"""What came of a proposal: a decision in the register, and the group's own words for it (rule D-53)."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from vitaal.decisions import deciding
from vitaal.decisions.models import Decision, How
from vitaal.decisions.origins import Origin
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.spelregels.consent import Closing, Stage
from vitaal.spelregels.models import Proposal, Spelregel
from vitaal.spelregels.proposal_queries import Said, asked_in, said_in
from vitaal.spelregels.proposing import hold
from vitaal.workspaces.models import Membership

THE_GROUPS_LANGUAGE = "nl"


class NotToRoundOff(RuntimeError):
    """It was not adopted, or someone wrote down already what was decided."""


def write_decision(proposal: Proposal, rule: Spelregel, *, by: Membership) -> Decision:
    """Put what was decided in the register, with who saw it otherwise. Needs the proposal's `text` at hand."""
    origin = Origin({"proposal_id": proposal.id}, proposal.circle)
    said, asked = said_in(proposal).get(proposal.round, ()), asked_in(proposal)
    with force_locale(THE_GROUPS_LANGUAGE):
        return deciding.decide(
            _text(proposal, rule), how=How.CONSENT, on=clock.today(), by=by, origin=origin, circle=proposal.circle,
            decided_by=_("%(spoken)s van de %(asked)s partners gaven antwoord", spoken=len(said), asked=len(asked)),
            minority="\n".join(_minority(said)),
        )  # fmt: skip


def round_off(proposal: Proposal, outcome: str) -> None:
    """Write down in one sentence of the group's own what was decided; once. Raises NotToRoundOff."""
    hold(proposal)
    if proposal.stage != Stage.ADOPTED or proposal.outcome:
        raise NotToRoundOff(proposal.id)
    proposal.outcome = outcome
    db.session.flush()


def decision_of(proposal: Proposal) -> Decision | None:
    """The decision that came of it."""
    return db.session.scalars(
        select(Decision).where(Decision.proposal_id == proposal.id).limit(1)
    ).one_or_none()


def _text(proposal: Proposal, rule: Spelregel) -> str:
    known = {"number": rule.number, "title": proposal.text.title}
    sentences = {
        "new": _("Nieuwe spelregel %(number)s: %(title)s", **known),
        "change": _("Spelregel %(number)s is veranderd: %(title)s", **known),
        "retire": _("Spelregel %(number)s geldt niet meer: %(title)s", **known),
    }
    return str(sentences[proposal.kind])


def _minority(said: Sequence[Said]) -> list[str]:
    """What partners objected with which the group went on, each with the partner's name."""
    went_on = [one for one in said if one.closing and one.closing.why != Closing.WITHDRAWN]
    return [f"{one.answer.partner.name}: {one.answer.remark}" for one in went_on]
