"""The invented world: complete enough to try everything, and made through the same rules as the pages."""

from collections import Counter

from flask import Flask
from sqlalchemy import func, select

from vitaal.demo import building, plan
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person, person_with
from vitaal.programme.queries import reading
from vitaal.reports.files import MAKE
from vitaal.reports.models import HandedReport
from vitaal.workspaces.models import Circle, Officer
from vitaal.workspaces.queries import my_workspaces

NAMES = ["Amersfoort", "Zutphen", "Leeuwarden"]


def workspaces_of(email: str) -> list[tuple[str, str, bool]]:
    person = person_with(email)
    assert person
    person_id = person.id
    db.session.commit()
    with entering(db.session, person_id=person_id):
        return [(place.name, member.circle, member.arranges) for place, member in my_workspaces(person_id)]


def test_everyone_to_sign_in_as_is_where_they_should_be(worker: Flask) -> None:
    with worker.app_context():
        building.build(worker.config["VITAAL"], 4)
        assert ("Nieuw in Schothorst", Circle.INNER, True) in workspaces_of(plan.LEAD)
        assert workspaces_of(plan.INNER) == [("Thuis in Amersfoort", Circle.INNER, False)]
        assert workspaces_of(plan.OUTER) == [("Thuis in Amersfoort", Circle.OUTER, False)]
        assert len(workspaces_of(plan.FACILITATOR)) == 4
        assert all(person_with(email) for email in (building.OPERATOR, building.OFFICER, building.STAFF))
        assert workspaces_of(building.OFFICER) == []


def test_the_demo_leaves_no_letter_and_no_digest_overdue(worker: Flask) -> None:
    with worker.app_context():
        building.build(worker.config["VITAAL"], 1)
        today = func.current_date()
        assert db.session.scalar(select(func.count()).where(Person.next_digest_on <= today)) == 0


def test_the_world_is_the_same_every_time() -> None:
    one, two = (list(plan.localities(40, NAMES)) for _ in range(2))
    assert one == two


def test_every_locality_has_one_lead_who_accepts() -> None:
    for locality in plan.localities(40, NAMES):
        leads = [seat for seat in locality.seats if "lead" in seat.roles]
        assert [seat.answer for seat in leads] == ["accept"], locality.name


def test_the_first_35_lie_in_as_many_municipalities() -> None:
    places = Counter(locality.municipality for locality in plan.localities(35, NAMES))
    assert set(places.values()) == {1}


def test_the_officer_has_a_municipality(worker: Flask) -> None:
    with worker.app_context():
        building.build(worker.config["VITAAL"], 1)
        officer = person_with(building.OFFICER)
        assert officer
        officer_id = officer.id
        db.session.commit()
        with entering(db.session, person_id=officer_id):
            assert db.session.scalar(select(func.count()).select_from(Officer)) == 2


def test_a_report_was_handed_up_and_its_files_are_still_promised(worker: Flask) -> None:
    with worker.app_context():
        building.build(worker.config["VITAAL"], 1)
        due = (Promise.kind == MAKE, Promise.due_at <= clock.now())
        assert db.session.scalar(select(func.count()).where(*due)) == 1
        for who, to in (
            (building.OFFICER, HandedReport.municipality_code),
            (building.STAFF, HandedReport.programme_id),
        ):
            person = person_with(who)
            assert person
            person_id = person.id
            db.session.commit()
            with entering(db.session, person_id=person_id), reading() as connection:
                asked = select(HandedReport.title).where(to.is_not(None))
                assert list(connection.scalars(asked)) == ["Van een pan soep naar een lange tafel"]
