"""How the first locality agrees on its spelregels: rules that hold, and proposals in every stage."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import select

from vitaal.activity import conversation
from vitaal.demo import plan
from vitaal.demo.acting import being, being_person
from vitaal.demo.plan import FACILITATOR, LEAD
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.people.models import person_with
from vitaal.spelregels import deciding, outcomes, proposing, signing
from vitaal.spelregels.consent import Answer, Stage
from vitaal.spelregels.models import ConsentVoice, Proposal, ProposalKind, RuleVersion, Spelregel
from vitaal.spelregels.proposal_queries import proposal_numbered, voice_in
from vitaal.spelregels.proposing import Text
from vitaal.spelregels.rule_queries import rule_numbered
from vitaal.spelregels.talking import topic_of
from vitaal.workspaces.models import Membership, Partner
from vitaal.workspaces.queries import this_workspace

_TO_ROUND, _TO_CLOSE = 12, 20  # days after the beginning on which a round opens, and closes
_ROUND_DAYS = 8


def agree_on_rules(workspace_id: UUID) -> None:
    """Let the past half year of the first locality happen. Commits."""
    with being(workspace_id, LEAD, 190):
        this_workspace().outer_talks = True
    rules = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
    for rule in rules["holding"]:
        _decide(workspace_id, _propose(workspace_id, rule), rule["days_ago"], rule.get("worries", ()))
    for kind in ("change", "retire"):
        rule = rules[kind]
        number = _propose(workspace_id, rule, ProposalKind(kind))
        _decide(workspace_id, number, rule["days_ago"])
    _sign(workspace_id)
    for proposal in rules["going"]:
        _go(workspace_id, proposal)


def _propose(workspace_id: UUID, rule: Mapping[str, Any], kind: ProposalKind = ProposalKind.NEW) -> int:
    with being(workspace_id, LEAD, rule["days_ago"]) as by:
        of = _called(rule["of"]) if "of" in rule else None
        now = of.current if of else None
        text = Text(
            rule.get("title") or (now.title if now else ""), rule.get("example") or (now.example if now else ""),
            rule["why"], clock.today() + timedelta(days=182),
        )  # fmt: skip
        proposal = proposing.propose(
            text, kind=kind, theme=rule.get("theme") or (of.theme if of else ""), rule=of,
            guide=_star(FACILITATOR), workspace=this_workspace(), by=by,
        )  # fmt: skip
        return proposal.number


def _called(title: str) -> Spelregel:
    asked = select(Spelregel.number).join(Spelregel.current).where(RuleVersion.title == title)
    number = db.session.scalar(asked)
    rule = rule_numbered(number) if number else None
    assert rule
    return rule


def _star(email: str) -> Membership:
    name = plan.STARS[email]
    return db.session.scalars(select(Membership).where(Membership.name == name)).one()


def _the(number: int) -> Proposal:
    proposal = proposal_numbered(number)
    assert proposal
    return proposal


def _open_round(workspace_id: UUID, number: int, days_ago: int) -> None:
    for step in range(2):
        with being(workspace_id, FACILITATOR, days_ago - 6 * step - 5) as by:
            deciding.go_on(_the(number), Stage(_the(number).stage), by=by)
    with being(workspace_id, FACILITATOR, days_ago - _TO_ROUND) as by:
        closes_on = clock.today() + timedelta(days=_ROUND_DAYS)
        deciding.open_round(_the(number), closes_on=closes_on, by=by)


def _decide(workspace_id: UUID, number: int, days_ago: int, worries: Sequence[str] = ()) -> None:
    """Everyone can live with it, some with a worry; and the round closes."""
    _open_round(workspace_id, number, days_ago)
    answers = [*(Answer.WORRY for _ in worries)]
    _let_speak(
        workspace_id, number, days_ago - _TO_ROUND - 2, answers, dict(enumerate(worries)), rest=Answer.AGREE
    )
    with being(workspace_id, FACILITATOR, days_ago - _TO_CLOSE) as by:
        deciding.close(_the(number), by=by, is_time=True)
        outcomes.round_off(_the(number), "We proberen dit een half jaar en kijken dan of het helpt.")


def _let_speak(
    workspace_id: UUID,
    number: int,
    days_ago: int,
    answers: Sequence[str],
    remarks: Mapping[Any, str],
    rest: str | None = None,
) -> None:
    """The partners give these answers one after the other, and those that are left `rest`."""
    with being(workspace_id, FACILITATOR, days_ago):
        speakers = _speakers(number)
    given = [*answers, *([rest] * len(speakers) if rest else [])]
    for place, ((partner_id, person_id), answer) in enumerate(zip(speakers, given, strict=False)):
        with being_person(workspace_id, person_id, days_ago, hour=9 + place % 8) as by:
            voice = voice_in(number, partner_id)
            assert voice
            remark = remarks.get(place, "") or remarks.get(answer, "")
            deciding.speak(voice, voice.proposal, Answer(answer), remark=remark, by=by)


def _speakers(number: int) -> list[tuple[UUID, UUID]]:
    """Each partner that is asked, with someone who speaks for it; the stars' own partners last."""
    rows = db.session.execute(
        select(ConsentVoice.partner_id, Membership.person_id, Membership.name)
        .join(ConsentVoice.members)
        .join(ConsentVoice.proposal)
        .where(Proposal.number == number, Membership.person_id.is_not(None))
        .order_by(Membership.joined_at)
    )
    of_partner = {partner_id: (person_id, name) for partner_id, person_id, name in rows}
    stars = set(plan.STARS.values())
    order = sorted(of_partner.items(), key=lambda one: (one[1][1] in stars, one[1][1]))
    return [(partner_id, person_id) for partner_id, (person_id, _name) in order if person_id]


def _go(workspace_id: UUID, proposal: Mapping[str, Any]) -> None:
    """Let a proposal come as far as its stage."""
    number, stage, days_ago = _propose(workspace_id, proposal), proposal["stage"], proposal["days_ago"]
    for said in proposal.get("talk", ()):
        with being(workspace_id, getattr(plan, said["who"]), days_ago - 1, hour=19) as by:
            conversation.say(topic_of(_the(number)), said["text"], by=by)
    if stage == Stage.WITHDRAWN:
        with being(workspace_id, LEAD, days_ago - 4) as by:
            deciding.withdraw(_the(number), "We regelen het met een kaartje op tafel.", by=by)
    elif stage in {Stage.ROUND, Stage.INTEGRATING}:
        _open_round(workspace_id, number, days_ago)
        remarks = proposal.get("remark", {})
        rest = Answer.AGREE if stage == Stage.INTEGRATING else None
        _let_speak(workspace_id, number, days_ago - _TO_ROUND - 2, proposal["answers"], remarks, rest)
        if stage == Stage.INTEGRATING:
            with being(workspace_id, FACILITATOR, days_ago - _TO_CLOSE) as by:
                deciding.close(_the(number), by=by, is_time=True)
    else:
        for step in range([Stage.QUESTIONS, Stage.REACTIONS, Stage.ADJUSTING].index(Stage(stage))):
            with being(workspace_id, FACILITATOR, max(days_ago - 6 * step - 5, 0)) as by:
                deciding.go_on(_the(number), Stage(_the(number).stage), by=by)
            if step == 0 and "amendment" in proposal:
                _offer(workspace_id, number, proposal["amendment"], days_ago - 6)


def _offer(workspace_id: UUID, number: int, amendment: Mapping[str, str], days_ago: int) -> None:
    with being(workspace_id, getattr(plan, amendment["who"]), days_ago, hour=20) as by:
        changes = {name: amendment[name] for name in ("title", "example", "why")}
        proposing.offer(_the(number), changes, by=by)


def _sign(workspace_id: UUID) -> None:
    """Most partners sign what holds, each on its own day; the last ones have still to do so."""
    with being(workspace_id, LEAD, 14):
        speakers = {
            partner_id: person_id
            for partner_id, person_id in db.session.execute(
                select(Membership.partner_id, Membership.person_id)
                .where(Membership.person_id.is_not(None), Membership.left_at.is_(None))
                .order_by(Membership.joined_at.desc())
            )
            if person_id
        }
        rules = {
            signing.Exactly(rule.id, rule.version)
            for rule in db.session.scalars(select(Spelregel))
            if rule.holds
        }
        lead = person_with(LEAD)
        lead_id = lead.id if lead else None
    order = sorted(speakers.items(), key=lambda one: (one[1] != lead_id, one))
    for place, (partner_id, person_id) in enumerate(order[:-3]):
        with being_person(workspace_id, person_id, 13 - place, hour=11) as by:
            partner = here(Partner, partner_id)
            assert partner
            signing.sign(partner, rules, by=by)
