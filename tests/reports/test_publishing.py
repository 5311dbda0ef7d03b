"""A report is published for those who were chosen, and nobody else; what was published is never rewritten."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from tests.cast import Cast
from tests.reports.story import address, gathered, published, the, workers_work
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.programme.queries import reading
from vitaal.reports.models import HandedReport, Report
from vitaal.workspaces.models import Circle


def reads(cast: Cast, who: str, number: int) -> bool:
    with cast.acting_as(who):
        return db.session.scalars(select(Report).where(Report.number == number)).first() is not None


def handed(cast: Cast, who: str) -> list[str]:
    """What someone finds of what was handed up."""
    with cast.app.app_context(), entering(db.session, person_id=cast.people[who]), reading() as connection:
        return list(connection.scalars(select(HandedReport.workspace_name)))


@pytest.mark.parametrize(("circle", "readers"), [(Circle.INNER, "AB"), (Circle.OUTER, "ABC")])
def test_a_report_is_read_by_those_for_whom_it_was_published(
    cast: Cast, worker: Flask, circle: Circle, readers: str
) -> None:
    number = published(cast, worker, circle)
    names = {"A": "Anna", "B": "Bram", "C": "Chaima"}
    assert "".join(letter for letter, name in names.items() if reads(cast, name, number)) == readers
    for letter, name in names.items():
        status = cast.client(name).get(address(cast, number)).status_code
        assert status == (200 if letter in readers else 404)


def test_a_draft_is_read_by_who_arranges_only(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    assert [reads(cast, name, number) for name in ("Anna", "Bram", "Chaima")] == [True, False, False]


def test_it_is_handed_to_those_who_were_chosen(cast: Cast, worker: Flask) -> None:
    published(cast, worker, to_municipality=True)
    assert handed(cast, "Farah") == ["Samen in Amersfoort"]
    assert handed(cast, "Els") == []
    published(cast, worker, to_programme=True)
    assert len(handed(cast, "Els")) <= 1
    assert handed(cast, "Bram") == []


def test_withdrawing_takes_it_back_from_everyone(cast: Cast, worker: Flask) -> None:
    number = published(cast, worker, Circle.OUTER, to_municipality=True)
    client = cast.client("Anna")
    assert client.post(address(cast, number, "intrekking"), data={"why": ""}).status_code == 422
    assert (
        client.post(address(cast, number, "intrekking"), data={"why": "Er stond een fout in."}).status_code
        == 303
    )
    assert handed(cast, "Farah") == []
    assert not reads(cast, "Bram", number)
    assert "Er stond een fout in." in client.get(address(cast, number)).text


def test_what_was_published_is_never_rewritten(cast: Cast, worker: Flask) -> None:
    number = published(cast, worker)
    with cast.acting_as("Anna"), pytest.raises(ProgrammingError, match="stays as it was"):
        db.session.execute(update(Report).where(Report.number == number).values(title="Iets anders"))
    assert cast.client("Anna").get(address(cast, number, "tekst")).status_code == 404
    assert cast.client("Anna").post(address(cast, number, "weg")).status_code == 303
    assert reads(cast, "Bram", number)


def test_what_someone_wrote_meanwhile_is_read_before_it_is_published(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    with cast.acting_as("Anna"):
        report = the(number)
        report.write(report.version, title="Een andere titel")
        db.session.commit()
    form = {"circle": "inner", "version": "1"}
    answer = cast.client("Anna").post(address(cast, number, "publicatie"), data=form)
    assert answer.status_code == 409
    assert "Iemand veranderde dit rapport net" in answer.text


def test_published_files_are_made_once_for_each_who_reads_them(cast: Cast, worker: Flask) -> None:
    number = published(cast, worker, Circle.OUTER)
    workers_work(worker)
    workers_work(worker)
    for name in ("Anna", "Chaima"):
        client = cast.client(name)
        pdf = client.get(address(cast, number, "bestanden", "pdf"))
        assert pdf.data.startswith(b"%PDF")
        assert pdf.headers["Content-Disposition"].startswith('attachment; filename="onze-voortgang-in-')
        assert client.get(address(cast, number, "bestanden", "odt")).data.startswith(b"PK")
    assert cast.client("Daan").get(address(cast, number, "bestanden", "pdf")).status_code == 404
