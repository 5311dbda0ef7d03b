"""Making the demo's world, through the same rules as the pages: founded, invited, accepted, moved."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from vitaal.activity.models import record
from vitaal.agenda.start import fill_from_route
from vitaal.demo import agendas
from vitaal.demo.agreeing import decide_and_talk
from vitaal.demo.lately import happen
from vitaal.demo.plan import DOMAIN, FULL_LOCALITIES, LEAD, STARS, Locality, Seat, localities
from vitaal.demo.reporting import report
from vitaal.demo.ruling import agree_on_rules
from vitaal.demo.stock import MESSAGES
from vitaal.demo.working import work
from vitaal.invitations.answering import Decline, accept, accept_as_newcomer, decline
from vitaal.invitations.inviting import Inviter, NotInvited, invite
from vitaal.invitations.models import PURPOSE, VALID_FOR, Invitation
from vitaal.invitations.presented import present
from vitaal.kernel import clock, tokens
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import NOBODY, entering, switch
from vitaal.method.routes import route
from vitaal.people.models import Person, person_with
from vitaal.people.operators import make_operator
from vitaal.people.rhythm import reckon_anew
from vitaal.post.models import Letter, LetterState
from vitaal.settings import Settings
from vitaal.workspaces import founding
from vitaal.workspaces.appointments import (
    appoint_officer,
    appoint_staff,
    make_programme,
    municipality_named,
    municipality_names,
)
from vitaal.workspaces.models import Circle, Partner, PartnerKind, Programme, Role, Workspace

OPERATOR, OFFICER, STAFF = f"beheer@{DOMAIN}", f"gemeente@{DOMAIN}", f"programma@{DOMAIN}"
_FROM_THE_START = "Vanaf de start"
_LANGUAGE = "nl"


def is_empty() -> bool:
    """Whether nobody lives in this database yet."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def build(settings: Settings, count: int) -> None:
    """Make a programme and `count` localities with all that belongs to them. Commits as it goes.

    Runs in an application context, as the role vitaal_worker, on an empty database.
    """
    make_operator(settings.database_url or "", OPERATOR, "Noor Beheer")
    programme_id = _oversight()
    workspace_ids = [
        _locality(locality, programme_id) for locality in localities(count, list(municipality_names()))
    ]
    work(workspace_ids[0])
    agree_on_rules(workspace_ids[0])
    decide_and_talk(workspace_ids[0])
    happen(workspace_ids[0])
    _new_workspace(programme_id)
    _let_the_past_be()
    report(workspace_ids[0])


def _oversight() -> UUID:
    """The programme, and officers of the first municipalities."""
    with entering(db.session, person_id=_known(OPERATOR).id):
        programme: Programme = make_programme("Samen vitaal ouder")
        appoint_staff(programme, STAFF, "Ruben Veenhof")
        for name in ("Amersfoort", "Zutphen"):
            municipality = municipality_named(name)
            assert municipality
            appoint_officer(municipality, OFFICER, "Hatice Sahin")
        programme_id = programme.id
        db.session.commit()
    return programme_id


def _officer_of(municipality: str) -> Person:
    """Someone who may found there; outside the first two they get an officer of their own."""
    if municipality in {"Amersfoort", "Zutphen"}:
        return _known(OFFICER)
    with entering(db.session, person_id=_known(OPERATOR).id):
        found = municipality_named(municipality)
        assert found
        officer = appoint_officer(found, f"gemeente.{found.slug}@{DOMAIN}", f"Gemeente {municipality}").person
        db.session.commit()
    return officer


def _known(email: str) -> Person:
    """The person with this address, read in a transaction of its own."""
    person = person_with(email)
    db.session.commit()
    assert person
    return person


def _locality(locality: Locality, programme_id: UUID) -> UUID:
    """Founded on its day; the answers come in over the days after. Returns the workspace's id."""
    founded_at = clock.now().replace(hour=9, minute=12) - timedelta(days=locality.age_days)
    officer = _officer_of(locality.municipality)
    with clock.at(founded_at):
        workspace_id, secrets = _found(locality, officer, programme_id)
    for index, (seat, secret) in enumerate(secrets):
        if seat.answer != "wait":
            with clock.at(founded_at + timedelta(days=index % 12, hours=index % 7, minutes=7 * index % 60)):
                _answer(seat, secret)
    if locality.number < FULL_LOCALITIES:
        _fill_agenda(locality, workspace_id)
    return workspace_id


def _fill_agenda(locality: Locality, workspace_id: UUID) -> None:
    """As who leads it, some weeks ago."""
    lead = _known(next(seat.email for seat in locality.seats if Role.LEAD in seat.roles))
    lead_id = lead.id
    today = clock.today()
    with clock.at(clock.now() - timedelta(days=40)):
        with entering(db.session, person_id=lead_id, workspace_id=workspace_id):
            agendas.fill(locality, today)
            db.session.commit()
        agendas.stand_behind_goals(locality, workspace_id, lead_id)


def _found(locality: Locality, officer: Person, programme_id: UUID) -> tuple[UUID, list[tuple[Seat, str]]]:
    """The workspace with its partners, agenda and invitations; returns its id and each seat's secret."""
    challenge, officer_id, officer_name = locality.challenge, officer.id, officer.name
    with entering(db.session, person_id=officer_id):
        municipality = municipality_named(locality.municipality)
        assert municipality
        workspace = founding.begin(
            officer_id, name=locality.name, kind="coalition", route=challenge.route, form=challenge.form,
            municipalities=[municipality.code], challenge=challenge.challenge, area=locality.municipality,
            programme_id=programme_id,
        )  # fmt: skip
        partners = [
            Partner.welcome(
                kind.name, PartnerKind(kind.kind), Circle(kind.circle), is_formal=kind.is_formal,
                sector=kind.sector, reason=_FROM_THE_START, decided_by=officer_name,
            )
            for kind in locality.partners
        ]  # fmt: skip
        fill_from_route(route(challenge.route), _LANGUAGE)
        record("founded", "workspace", workspace.name, by=officer_name, circle=Circle.OUTER)
        inviter = Inviter(None, officer_id, officer_name, f"Gemeente {locality.municipality}")
        secrets = _invite(locality.seats, partners, inviter)
        founding.finish(workspace)
        db.session.commit()
        return workspace.id, secrets


def _invite(seats: list[Seat], partners: list[Partner], inviter: Inviter) -> list[tuple[Seat, str]]:
    secrets = []
    for index, seat in enumerate(seats):
        try:
            invitation = invite(
                seat.email, partner=partners[seat.partner], circle=Circle(seat.circle), roles=list(seat.roles),
                inviter=inviter, name=seat.name, message=MESSAGES[index % len(MESSAGES)], language=_LANGUAGE,
            )  # fmt: skip
        except NotInvited:
            continue  # the same person was drawn twice
        secrets.append((seat, _secret_of(invitation)))
    return secrets


def _secret_of(invitation: Invitation) -> str:
    return tokens.issue_another(PURPOSE, invitation.id, VALID_FOR)


def _answer(seat: Seat, secret: str) -> None:
    """Open the link as whoever owns the address, and say yes or no."""
    person = person_with(seat.email)
    db.session.commit()
    presented = present(secret, person)
    if seat.answer == "decline":
        decline(presented, Decline.NOT_NOW, clock.today() + timedelta(days=90))
    elif person:
        accept(presented, person)
    else:
        accept_as_newcomer(presented, seat.name, _LANGUAGE)
    db.session.commit()
    switch(db.session, NOBODY)


def _new_workspace(programme_id: UUID) -> None:
    """One that was founded today: only its lead is there, and everything is still to come."""
    officer = _known(OFFICER)
    officer_id, officer_name = officer.id, officer.name
    with entering(db.session, person_id=officer_id):
        municipality = municipality_named("Amersfoort")
        assert municipality
        workspace: Workspace = founding.begin(
            officer_id, name="Nieuw in Schothorst", kind="coalition", route="learning-by-doing", form="network",
            municipalities=[municipality.code], area="Schothorst", programme_id=programme_id,
        )  # fmt: skip
        partner = Partner.welcome(
            "Buurtkamer Schothorst", PartnerKind.INITIATIVE, Circle.INNER, is_formal=False,
            reason=_FROM_THE_START, decided_by=officer_name,
        )  # fmt: skip
        inviter = Inviter(None, officer_id, officer_name, "Gemeente Amersfoort")
        seat = Seat(LEAD, STARS[LEAD], 0, "inner", (Role.LEAD,))
        secrets = _invite([seat], [partner], inviter)
        founding.finish(workspace)
        db.session.commit()
    _answer(*secrets[0])


def _let_the_past_be() -> None:
    """Letters of the past count as sent, past promises as kept, and everyone's next digest is still to come."""
    now = clock.now()
    db.session.execute(update(Letter).values(state=LetterState.SENT, sent_at=Letter.created_at))
    db.session.execute(delete(Promise).where(Promise.due_at <= now))
    reckon_anew(db.session.scalars(select(Person.id)))
    db.session.commit()
