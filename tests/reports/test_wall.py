"""What the database itself refuses about reports, and what is never lost or doubled when things go wrong halfway."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from tests.agenda.story import an_action
from tests.cast import Cast
from tests.reports.story import address, asked, gathered, member, published, the, workers_work
from vitaal.kernel import clock, storage
from vitaal.kernel.db import db
from vitaal.kernel.promises import LEASE, Promise, begin, claim
from vitaal.kernel.tenancy import entering
from vitaal.post.models import Letter
from vitaal.reports import asking, gathering, publishing
from vitaal.reports.models import Cadence, Report, ReportFile, State
from vitaal.workspaces.models import Circle, Workspace

SECRET = "Geheim van binnen"


def letters(worker: Flask, kind: str = "report.ready") -> list[Letter]:
    with worker.app_context():
        return list(db.session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.recipient)))


def everything_about_reports(cast: Cast, who: str) -> str:
    """All that the database gives someone of every table about reports."""
    with cast.acting_as(who):
        tables = db.session.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'app' AND tablename LIKE 'report%'")
        ).all()
        may_read = [name for name in tables if name != "report_schedule"]
        return "".join(
            str(db.session.scalars(text(f"SELECT to_jsonb(t) FROM app.{name} t")).all()) for name in may_read
        )


def test_the_database_gives_the_outer_circle_nothing_that_is_for_the_inner(cast: Cast, worker: Flask) -> None:
    an_action(cast, SECRET, circle=Circle.INNER, status="doing")
    an_action(cast, "Voor iedereen", status="doing")
    published(cast, worker, Circle.OUTER)
    workers_work(worker)
    assert SECRET in everything_about_reports(cast, "Bram")
    told = everything_about_reports(cast, "Chaima")
    assert "Voor iedereen" in told
    assert SECRET not in told


def test_another_workspace_gets_nothing_at_all(cast: Cast, worker: Flask) -> None:
    published(cast, worker, Circle.OUTER, to_municipality=True)
    with cast.acting_as("Daan", cast.elsewhere):
        for table in ("app.report", "app.report_file", "oversight.handed_report"):
            assert db.session.execute(text(f"SELECT FROM {table}")).all() == []


@pytest.mark.parametrize("change", ["UPDATE oversight.handed_report SET title = 'Anders'",
                                    "UPDATE oversight.handed_report SET document = '{}'"])  # fmt: skip
def test_what_was_handed_up_is_never_rewritten(cast: Cast, worker: Flask, change: str) -> None:
    published(cast, worker, to_municipality=True)
    with cast.acting_as("Anna"), pytest.raises(ProgrammingError, match="permission denied"):
        db.session.execute(text(change))


@pytest.mark.parametrize("who", ["Bram", "Chaima"])
def test_who_does_not_arrange_hands_nothing_up_and_takes_nothing_back(
    cast: Cast, worker: Flask, who: str
) -> None:
    published(cast, worker, Circle.OUTER, to_municipality=True)
    with cast.acting_as(who):
        assert db.session.execute(text("DELETE FROM oversight.handed_report RETURNING id")).all() == []
        with pytest.raises(ProgrammingError, match="row-level security"):
            asking.ask("progress", by=member(cast, who))


def test_who_reads_for_a_municipality_has_no_way_to_the_report_itself(cast: Cast, worker: Flask) -> None:
    published(cast, worker, to_municipality=True)
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Farah"]):
        connection = db.engines["programme"].connect()
        with connection, pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("SELECT FROM app.report"))


def test_who_writes_while_it_is_published_keeps_their_text(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    with cast.acting_as("Anna"):
        report, workspace = the(number), db.session.get_one(Workspace, cast.amersfoort.id)
        publishing.publish(
            report, by=member(cast, "Anna"), workspace=workspace, seen=report.version, circle=Circle.INNER
        )
        db.session.commit()
    typed = {"version": "1", "title": "Mijn titel", "words_needs": "Een vaste plek.", "has_needs": "y"}
    answer = cast.client("Anna").post(address(cast, number, "tekst"), data=typed)
    assert answer.status_code == 409
    assert "Een vaste plek." in answer.text
    assert "is intussen gepubliceerd" in answer.text


def test_publishing_twice_at_once_publishes_once(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    client, form = cast.client("Anna"), {"circle": "inner", "version": "1"}
    statuses = [client.post(address(cast, number, "publicatie"), data=form).status_code for _ in range(2)]
    assert statuses == [303, 404]


def test_a_worker_that_dies_while_gathering_leaves_nothing_and_another_takes_over(
    cast: Cast, worker: Flask
) -> None:
    number = asked(cast)
    with worker.app_context():
        (promise,) = claim(Promise, working="doing", where=(Promise.kind == asking.GATHER,))
        assert begin(promise)
        with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
            gathering.take(promise.subject_id)  # and then it is gone, before it could commit
    workers_work(worker)
    with cast.acting_as("Anna"):
        assert the(number).state == State.ASKED
    assert letters(worker) == []
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        workers_work(worker)
    with cast.acting_as("Anna"):
        assert the(number).state == State.DRAFT
    assert len(letters(worker)) == 1


def test_everyone_who_arranges_hears_of_a_report_that_came_by_itself(cast: Cast, worker: Flask) -> None:
    with cast.acting_as("Anna"):
        member(cast, "Bram").roles = ["facilitator"]
        db.session.commit()
    with clock.at(datetime(2026, 11, 26, 12, tzinfo=UTC)), cast.acting_as("Anna"):
        asking.schedule(Cadence.QUARTERLY, by=member(cast, "Anna"))
        db.session.commit()
    with clock.at(datetime(2027, 1, 1, 7, tzinfo=UTC)):
        workers_work(worker)
        workers_work(worker)
    told = letters(worker)
    assert [letter.recipient for letter in told] == ["anna@example.nl", "bram@example.nl"]
    assert {letter.subject for letter in told} == {"Je kwartaalrapport staat klaar om na te lezen"}
    assert all("omdat je om dit rapport vroeg" not in letter.text for letter in told)
    assert all("trekt of begeleidt" in letter.text for letter in told)


def test_the_files_of_a_draft_say_that_it_is_one_and_those_of_what_was_published_do_not(
    cast: Cast, worker: Flask
) -> None:
    number = gathered(cast, worker)
    client = cast.client("Anna")
    client.post(address(cast, number, "bestanden"))
    workers_work(worker)
    draft = client.get(address(cast, number, "bestanden", "odt")).data
    page = client.get(address(cast, number, "publicatie"))
    version = page.text.split('name="version"')[1].split('value="')[1].split('"')[0]
    client.post(address(cast, number, "publicatie"), data={"circle": "inner", "version": version})
    workers_work(worker)
    final = client.get(address(cast, number, "bestanden", "odt")).data
    assert "concept" in words_in(draft)
    assert "concept" not in words_in(final)


def test_what_is_thrown_away_leaves_no_file(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    cast.client("Anna").post(address(cast, number, "bestanden"))
    workers_work(worker)
    with cast.acting_as("Anna"):
        paths = [file.path for file in db.session.scalars(select(ReportFile))]
    assert paths
    assert cast.client("Anna").post(address(cast, number, "weg")).status_code == 303
    workers_work(worker)
    with cast.acting_as("Anna"):
        assert db.session.scalars(select(Report)).all() == []
    with worker.app_context():
        assert [storage.fetch(path) for path in paths] == [None] * len(paths)


def words_in(odt: bytes) -> str:
    with ZipFile(BytesIO(odt)) as parts:
        return "".join(
            parts.read(name).decode() for name in ("content.xml", "styles.xml") if name in parts.namelist()
        )
