"""A report is gathered once, stays as it was taken, and tells who asked for it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from tests.agenda.story import an_action
from tests.cast import Cast
from tests.reports.story import address, asked, gathered, member, the, workers_work
from vitaal.kernel.db import db
from vitaal.pages.document import from_json
from vitaal.post.models import Letter
from vitaal.reports import asking, gathering
from vitaal.reports.gathering import document_of
from vitaal.reports.models import Report, ReportReading, State
from vitaal.workspaces.models import Circle, Membership, Workspace


def letters(worker: Flask) -> list[Letter]:
    with worker.app_context():
        return list(db.session.scalars(select(Letter).where(Letter.kind == "report.ready")))


def test_a_report_holds_what_every_feature_says(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    with cast.acting_as("Anna"):
        report = the(number)
        document = document_of(report, Circle.INNER)
        assert report.state == State.DRAFT
    assert document.title == "Onze voortgang in september tot en met november 2026"
    assert document.place == "Samen in Amersfoort"
    assert document.subplace == "Amersfoort"
    assert [section.key for section in document.sections][:2] == [
        "challenge",
        "collaboration",
    ] or document.sections


def test_who_asked_gets_one_letter_however_often_it_is_gathered(cast: Cast, worker: Flask) -> None:
    number = asked(cast)
    with cast.acting_as("Anna"):
        report = the(number)
        asking._promise_to_gather(report, member(cast, "Anna"))
        db.session.commit()
    workers_work(worker)
    (letter,) = letters(worker)
    assert letter.recipient == "anna@example.nl"
    assert "staat klaar" in letter.subject
    assert address(cast, number) in letter.text


def test_two_workers_gather_it_once(cast: Cast, worker: Flask) -> None:
    asked(cast)
    with ThreadPoolExecutor(2) as both:
        list(both.map(workers_work, [worker, worker]))
    assert len(letters(worker)) == 1


def test_what_was_taken_is_never_taken_anew(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    with cast.acting_as("Anna"):
        report_id = the(number).id
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(update(ReportReading).values(document={}))
    with cast.acting_as("Anna"), pytest.raises(IntegrityError):
        db.session.execute(insert(ReportReading).values(
            workspace_id=cast.amersfoort.id, report_id=report_id, circle=Circle.INNER, document={}
        ))  # fmt: skip
    with cast.acting_as("Anna"), pytest.raises(ProgrammingError, match="stays as it was"):
        db.session.execute(update(Report).where(Report.id == report_id).values(taken_at=text("now()")))


def test_what_changes_later_is_not_in_it(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    with cast.acting_as("Anna"):
        before = document_of(the(number), Circle.INNER)
    an_action(cast, "Te laat voor dit rapport")
    workers_work(worker)
    with cast.acting_as("Anna"):
        assert document_of(the(number), Circle.INNER) == before


def test_what_is_for_the_inner_circle_is_not_in_what_others_read(cast: Cast, worker: Flask) -> None:
    an_action(cast, "Geheim van binnen", circle=Circle.INNER, status="doing")
    an_action(cast, "Voor iedereen", status="doing")
    number = gathered(cast, worker)
    with cast.acting_as("Anna"):
        data = the(number).data
        assert data
    assert "Geheim van binnen" in str(data["inner"])
    assert "Geheim van binnen" not in str(data["outer"])
    assert "Voor iedereen" in str(data["outer"])


def test_another_workspace_stays_behind_its_wall(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    with cast.acting_as("Anna"):
        assert "Elders" not in str(the(number).data)


def test_when_who_asked_stopped_it_is_gathered_by_who_arranges_now(cast: Cast, worker: Flask) -> None:
    number = asked(cast)
    with cast.acting_as("Anna"):
        bram = member(cast, "Bram")
        bram.roles = ["lead"]
        db.session.flush()
        db.session.execute(
            update(Membership).where(Membership.id == member(cast, "Anna").id).values(left_at=text("now()"))
        )
        db.session.commit()
    workers_work(worker)
    with cast.acting_as("Bram"):
        assert the(number).state == State.DRAFT
    assert letters(worker) == []


def test_in_a_workspace_that_closed_halfway_nothing_is_gathered(cast: Cast, worker: Flask) -> None:
    number = asked(cast)
    with cast.acting_as("Anna"):
        db.session.execute(update(Workspace).values(archived_at=text("now()")))
        db.session.commit()
    workers_work(worker)
    with cast.acting_as("Anna"):
        assert the(number).data is None


def test_what_fails_again_and_again_says_so_and_can_be_tried_anew(
    cast: Cast, worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(cast)

    def fail(*_: object) -> None:
        raise RuntimeError("No.")

    with monkeypatch.context() as broken:
        broken.setattr(gathering, "take", fail)
        for _ in range(6):
            with worker.app_context():
                db.session.execute(
                    text("UPDATE ops.promise SET due_at = '2026-01-01' WHERE state = 'waiting'")
                )
                db.session.commit()
            workers_work(worker)
    page = cast.client("Anna").get(address(cast, number))
    assert "Dit lukte niet" in page.text
    assert cast.client("Anna").post(address(cast, number, "opnieuw")).status_code == 303
    workers_work(worker)
    with cast.acting_as("Anna"):
        assert the(number).state == State.DRAFT


def test_a_document_goes_to_json_and_back(cast: Cast, worker: Flask) -> None:
    number = gathered(cast, worker)
    with cast.acting_as("Anna"):
        data = the(number).data
        assert data
        assert from_json(data["inner"]).sections
