"""What the first locality decided and agreed outside a round, and what rubbed between people."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from vitaal.agenda.models import WorkingGroup
from vitaal.decisions import agreeing, deciding
from vitaal.decisions.models import Agreement, Decision, How, Outcome
from vitaal.decisions.origins import Origin, Source, origin_at
from vitaal.decisions.origins import about as named
from vitaal.demo.acting import being
from vitaal.demo.plan import FACILITATOR, INNER, LEAD, OUTER, STARS
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.spelregels import strains
from vitaal.spelregels.models import RuleVersion, Strain, StrainStage
from vitaal.workspaces.models import Circle, Membership


def decide_and_talk(workspace_id: UUID) -> None:
    """Let it happen over the past months. Commits."""
    _decide(workspace_id)
    _agree(workspace_id)
    _talk(workspace_id)


def _star(email: str) -> Membership:
    return db.session.scalars(select(Membership).where(Membership.name == STARS[email])).one()


def _decide(workspace_id: UUID) -> None:
    with being(workspace_id, LEAD, 90) as by:
        deciding.decide(
            "We gebruiken de naam van de wijk in alles wat we maken.", how=How.MAJORITY, on=clock.today(), by=by,
            origin=Origin(), decided_by="de startbijeenkomst",
            minority="De muziekvereniging had liever een eigen naam.",
        )  # fmt: skip
        old = deciding.decide(
            "De huiskamer is open op dinsdag.", how=How.CONSENT, on=clock.today(), by=by, origin=Origin(),
            decided_by="de binnencirkel", valid_until=clock.today() + timedelta(days=400),
        )  # fmt: skip
        old_id = old.id
    with being(workspace_id, LEAD, 33) as by:
        deciding.replace(
            db.session.get_one(Decision, (workspace_id, old_id)), "De huiskamer is open op dinsdag en donderdag.",
            how=How.CONSENT, on=clock.today(), by=by, decided_by="de binnencirkel",
        )  # fmt: skip
        group = db.session.scalars(select(WorkingGroup)).first()
        of_group = origin_at(named(Source.GROUP, group.id)) if group else None
        deciding.decide(
            "De werkgroep mag tot 250 euro per maand zelf uitgeven.", how=How.MANDATE, on=clock.today(), by=by,
            origin=of_group or Origin(), circle=Circle.INNER, decided_by="werkgroep Huiskamer",
        )  # fmt: skip


def _agree(workspace_id: UUID) -> None:
    with being(workspace_id, LEAD, 75) as by:
        kept = agreeing.agree(
            "Wie een sleutel heeft, sluit af en stuurt een berichtje.", owner=_star(INNER), on=clock.today(), by=by,
            check_on=clock.today() + timedelta(days=30), origin=Origin(),
        )  # fmt: skip
        kept_id = kept.id
        agreeing.agree(
            "We bellen elkaar als een afspraak niet lukt, we appen het niet.", owner=_star(FACILITATOR), by=by,
            on=clock.today(), check_on=clock.today() + timedelta(days=72), origin=Origin(),
        )  # fmt: skip
    with being(workspace_id, INNER, 44) as by:
        agreement = db.session.get_one(Agreement, (workspace_id, kept_id))
        agreeing.check(
            agreement, Outcome.KEEP, by=by, version=agreement.version, next_on=clock.today() + timedelta(days=120),
            lesson="Een berichtje in de groep werkt beter dan een lijstje bij de deur.",
        )  # fmt: skip


def _talk(workspace_id: UUID) -> None:
    """One strain that someone shares with who facilitates, and one of the group that taught something."""
    with being(workspace_id, OUTER, 4, hour=20) as by:
        strains.bring_up(
            "De datum van het vervoer is twee keer opgeschoven. Ik hoorde het pas bij de eetmiddag.",
            needed="Dat ik het eerder hoor, liefst met een telefoontje.", by=by, guide=_star(FACILITATOR),
            rule_id=_rule("Wat we afspreken, schrijven we op"),
        )  # fmt: skip
    with being(workspace_id, INNER, 38) as by:
        strain = strains.bring_to_group(
            "In de vergadering praatten twee mensen het grootste deel van de tijd.", by=by,
            needed="Dat we eerst een rondje doen.", rule_id=_rule("Iedereen telt even zwaar"),
        )  # fmt: skip
        strain_id = strain.id
    with being(workspace_id, LEAD, 30):
        talked = db.session.get_one(Strain, (workspace_id, strain_id))
        strains.follow_up(
            talked, StrainStage.AGREED, version=1, agreed="We beginnen elk onderwerp met een rondje.",
            check_on=clock.today() + timedelta(days=60),
        )  # fmt: skip


def _rule(title: str) -> UUID | None:
    asked = select(RuleVersion.spelregel_id).where(RuleVersion.title == title).limit(1)
    return db.session.scalar(asked)
