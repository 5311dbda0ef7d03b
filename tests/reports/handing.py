"""What was handed up: a report that Anna published, or only the copy that a municipality or a programme reads."""

from datetime import date, timedelta
from uuid import UUID

import psycopg
from sqlalchemy import select
from sqlalchemy.engine import make_url

from tests.cast import AMERSFOORT, Cast
from tests.pages.sample import sample
from tests.reports.story import member
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import entering
from vitaal.pages.document import Document, Section, Text, to_json
from vitaal.pages.theme import from_colour
from vitaal.programme.queries import reading
from vitaal.reports import publishing
from vitaal.reports.models import HandedReport, Report, State, next_number
from vitaal.workspaces.models import Circle, Programme, ProgrammeStaff, Workspace

INSIDE, FURTHER = "Tussen ons: dit schuurt.", "We aten samen in het buurthuis."


def document(title: str, *texts: str) -> Document:
    """A short document that says these things."""
    sections = (Section("done", "Wat we deden", tuple(map(Text, texts))),)
    return Document(title, "", "Samen in Amersfoort", "Amersfoort", "", "nl", date(2026, 11, 1), sections)


def published(
    cast: Cast, title: str = "Ons jaar", *, municipality: bool = False, programme: bool = False
) -> Report:
    """Anna publishes a report of which one thing is for the inner circle only, for everyone and whom was chosen."""
    if programme:
        _join_programme(cast)
    with cast.acting_as("Anna"):
        by, workspace = member(cast, "Anna"), db.session.get_one(Workspace, cast.amersfoort.id)
        data = {
            Circle.INNER: to_json(document(title, INSIDE, FURTHER)),
            Circle.OUTER: to_json(document(title, FURTHER)),
        }
        report = Report(
            id=new_id(), number=next_number(), kind="progress", first_on=date(2026, 7, 1), last_on=date(2026, 9, 30),
            title=title, data=data, taken_at=clock.now(), state=State.DRAFT, asked_by_id=by.id, asked_by_name=by.name,
        )  # fmt: skip
        db.session.add(report)
        db.session.flush()
        publishing.publish(
            report, by=by, workspace=workspace, seen=1, circle=Circle.OUTER,
            to_municipality=municipality, to_programme=programme,
        )  # fmt: skip
        db.session.commit()
        return report


def _join_programme(cast: Cast) -> None:
    """Amersfoort takes part in the programme, as if it did from its founding; afterwards no role may change that."""
    url = make_url(cast.app.config["VITAAL"].database_url).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as owner:
        owner.execute(
            "UPDATE app.workspace SET programme_id = (SELECT id FROM oversight.programme WHERE slug = %s) WHERE id = %s",
            (cast.programme_slug, cast.amersfoort.id),
        )


def withdraw(cast: Cast, report: Report) -> None:
    """Anna takes it back."""
    with cast.acting_as("Anna"):
        kept = db.session.scalars(select(Report).where(Report.id == report.id)).one()
        publishing.withdraw(kept, "Er stond een fout in.", by=member(cast, "Anna"))
        db.session.commit()


def many_handed(
    cast: Cast, count: int, *, programme: bool = False, kept: Document | None = None
) -> list[UUID]:
    """So many copies for the municipality or the programme, each a day older than the one before; their ids."""
    now, what = clock.now(), to_json(kept or document("Ons jaar", FURTHER))
    with cast.acting_as("Anna"):
        whom = {"programme_id": programme_id(cast)} if programme else {"municipality_code": AMERSFOORT}
        copies = [
            HandedReport(
                id=new_id(), workspace_id=cast.amersfoort.id, report_id=new_id(), workspace_name="Samen in Amersfoort",
                kind="progress", title=f"Ons verslag {number}", first_on=date(2026, 7, 1), last_on=date(2026, 9, 30),
                document=what, tokens=from_colour("#14594b"), taken_at=now, handed_at=now - timedelta(days=number), **whom,
            )
            for number in range(count)
        ]  # fmt: skip
        db.session.add_all(copies)
        db.session.commit()
        return [copy.id for copy in copies]


def a_handed_report(cast: Cast, *, to_programme: bool = False) -> UUID:
    """A copy with everything in it that a report can hold; its id."""
    return many_handed(cast, 1, programme=to_programme, kept=sample())[0]


def programme_id(cast: Cast) -> UUID:
    """The cast's programme; everyone may know that it is there."""
    return db.session.scalars(select(Programme.id).where(Programme.slug == cast.programme_slug)).one()


def another_programme(cast: Cast, who: str) -> str:
    """A second programme, for which someone works; its address."""
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Olga"]):
        programme = Programme(id=new_id(), slug="gezond-jong", name="Gezond jong")
        db.session.add(programme)
        db.session.flush()
        db.session.add(ProgrammeStaff(programme_id=programme.id, person_id=cast.people[who]))
        db.session.commit()
    return "/programma/gezond-jong/rapporten"


def copies_of(cast: Cast, who: str, report: Report) -> list[UUID]:
    """The ids of the copies of a report that someone reads."""
    with cast.app.app_context(), entering(db.session, person_id=cast.people[who]), reading() as connection:
        return list(connection.scalars(select(HandedReport.id).where(HandedReport.report_id == report.id)))
