"""The people in the tests. Anna leads the coalition in Amersfoort, Bram is in its inner circle and Chaima in
its outer circle; Daan leads another coalition, Els works for a programme, Farah for the municipality."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import Context, entering
from vitaal.people import sessions
from vitaal.people.models import Person, person_with
from vitaal.people.operators import make_operator
from vitaal.workspaces import founding
from vitaal.workspaces.models import (
    Circle,
    Membership,
    Officer,
    Partner,
    PartnerKind,
    Programme,
    ProgrammeStaff,
    Role,
)

AMERSFOORT = "GM0307"
OPERATOR = "olga@example.nl"


@dataclass
class Place:
    """A workspace in the cast, with its members' ids by name."""

    id: UUID
    slug: str
    members: dict[str, UUID]
    partners: dict[str, UUID]


@dataclass
class Cast:
    """Everyone's id by first name, and the two workspaces."""

    app: Flask
    people: dict[str, UUID]
    amersfoort: Place
    elsewhere: Place
    programme_slug: str

    def afresh(self) -> "Cast":
        """The same people and places, with nothing noted on them yet."""
        return replace(
            self,
            people=dict(self.people),
            amersfoort=deepcopy(self.amersfoort),
            elsewhere=deepcopy(self.elsewhere),
        )

    def client(self, name: str | None = None) -> FlaskClient:
        """A browser in which this person is signed in, or nobody."""
        client = self.app.test_client()
        if name:
            client.set_cookie("vitaal_session", self.secret_of(name))
        return client

    def secret_of(self, name: str) -> str:
        """The secret of a session that begins now."""
        with self.app.app_context():
            secret = sessions.begin(db.session.get_one(Person, self.people[name]), "Firefox op Linux")
            db.session.commit()
            return secret

    @contextmanager
    def acting_as(self, name: str, place: Place | None = None) -> Iterator[Context]:
        """Act as someone in a workspace (Amersfoort unless said otherwise), behind the wall."""
        place = place or self.amersfoort
        with (
            self.app.app_context(),
            entering(db.session, person_id=self.people[name], workspace_id=place.id) as context,
        ):
            yield context


def play(app: Flask) -> Cast:
    """Bring the cast into an empty database, through the same rules as the pages."""
    make_operator(app.config["VITAAL"].database_url, OPERATOR, "Olga Operator")
    with app.app_context():
        names = ("Anna", "Bram", "Chaima", "Daan", "Els", "Farah")
        people = {name: Person.join(name, f"{name.lower()}@example.nl").id for name in names}
        olga = person_with(OPERATOR)
        assert olga
        people["Olga"] = olga.id
        db.session.commit()
        _appoint(people)
        amersfoort = _found(people, "Samen in Amersfoort", {"Anna": ("Buurthuis De Kom", Circle.INNER),
            "Bram": ("Welzijn Oost", Circle.INNER), "Chaima": ("Wandelclub", Circle.OUTER)})  # fmt: skip
        elsewhere = _found(people, "Elders", {"Daan": ("Stichting Elders", Circle.INNER)})
    return Cast(app, people, amersfoort, elsewhere, "vitaal-ouder")


def _appoint(people: dict[str, UUID]) -> None:
    with entering(db.session, person_id=people["Olga"]):
        db.session.add(Officer(municipality_code=AMERSFOORT, person_id=people["Farah"]))
        programme = Programme(id=new_id(), slug="vitaal-ouder", name="Vitaal ouder")
        db.session.add(programme)
        db.session.flush()
        db.session.add(ProgrammeStaff(programme_id=programme.id, person_id=people["Els"]))
        db.session.commit()


def _found(people: dict[str, UUID], name: str, seats: dict[str, tuple[str, Circle]]) -> Place:
    """Farah founds a workspace; the first to be seated leads it."""
    place = Place(new_id(), "", {}, {})
    with entering(db.session, person_id=people["Farah"]):
        workspace = founding.begin(
            people["Farah"], name=name, kind="coalition", route="learning-by-doing", form="network",
            municipalities=[AMERSFOORT], challenge="Buren kennen elkaar niet.",
        )  # fmt: skip
        for person, (organisation, circle) in seats.items():
            partner = Partner.welcome(
                organisation, PartnerKind.ORGANISATION, circle, is_formal=True,
                reason="Vanaf de start", decided_by="Farah",
            )  # fmt: skip
            member = Membership(
                id=new_id(), person_id=people[person], partner_id=partner.id, name=person, circle=circle,
                roles=[] if place.members else [Role.LEAD],
            )  # fmt: skip
            db.session.add(member)
            place.members[person], place.partners[person] = member.id, partner.id
        founding.finish(workspace)
        place.id, place.slug = workspace.id, workspace.slug
        db.session.commit()
    return place
