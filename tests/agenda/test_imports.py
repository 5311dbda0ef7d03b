"""Actions from a file: what would happen is shown first, then all of it happens or nothing, and it can be taken back."""

from contextlib import closing
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.agenda.story import an_action, found, member, page
from tests.cast import Cast
from tests.counting import statements
from vitaal.agenda.action_queries import action_in_full
from vitaal.agenda.helping import help_with
from vitaal.agenda.imports import keeping, running
from vitaal.agenda.models import Action, ActionImport, Goal, ImportState, Status
from vitaal.kernel import nudge
from vitaal.kernel.db import db
from vitaal.kernel.promises import LAST_ATTEMPT, Promise
from vitaal.post.models import Letter
from vitaal.settings import Settings

HEADS = "Actie;Doel;Wie;Klaar op;Status\n"


def bring(cast: Cast, content: str | bytes, name: str = "lijst.csv", by: str = "Anna") -> TestResponse:
    """Someone sends a file, as a browser does."""
    head = f'--part\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    data = content.encode() if isinstance(content, str) else content
    return cast.client(by).post(
        f"/w/{cast.amersfoort.slug}/agenda/import",
        data=head + data + b"\r\n--part--\r\n",
        content_type="multipart/form-data; boundary=part",
    )


def error_of(answer: TestResponse) -> str:
    assert answer.status_code == 422
    return BeautifulSoup(answer.text, "lxml").select_one(".field .error").get_text(strip=True)


def brought(cast: Cast, *lines: str, heads: str = HEADS) -> str:
    """The page of what someone brought in."""
    answer = bring(cast, heads + "\n".join(lines))
    assert answer.status_code == 303, BeautifulSoup(answer.text, "lxml").select(".error")
    return answer.location


def look(cast: Cast, where: str) -> str:
    return page(cast, "Anna", where).main.get_text(" ", strip=True)


def say_yes(cast: Cast, where: str, *, with_goals: bool = True) -> None:
    typed = {"makes_goals": "y"} if with_goals else {}
    assert cast.client("Anna").post(f"{where}/bevestigen", data=typed).status_code == 303


def promised(worker: Flask) -> list[Promise]:
    with worker.app_context():
        found = db.session.scalars(select(Promise).where(Promise.kind == keeping.RUN)).all()
        db.session.expunge_all()
        return list(found)


def work(worker: Flask) -> None:
    """The worker keeps what was promised, twice, as a worker may."""
    for promise in promised(worker) * 2:
        with worker.app_context():
            running.run(promise)


def titles(cast: Cast) -> list[str]:
    with cast.acting_as("Anna"):
        return list(
            db.session.scalars(
                select(Action.title).where(Action.deleted_at.is_(None)).order_by(Action.position)
            )
        )


def the_import(where: str) -> ActionImport:
    kept = keeping.import_with(UUID(where.rsplit("/", 1)[1]))
    assert kept
    return kept


def test_nothing_comes_on_the_agenda_before_someone_looked_and_said_yes(cast: Cast, worker: Flask) -> None:
    where = brought(cast, "Soep koken;Samen eten;Bram;24-11-2030;bezig", "Brood halen")
    shown = look(cast, where)
    assert "1 nieuwe actie" in shown
    assert "1 bij een nieuw doel" in shown
    assert (titles(cast), promised(worker)) == ([], [])
    say_yes(cast, where)
    work(worker)
    assert titles(cast) == ["Soep koken", "Brood halen"]
    assert "Er staan 2 acties meer op de agenda." in look(cast, where)
    with cast.acting_as("Anna"):
        soup = action_in_full(1)
        assert soup
        assert (soup.goal.title, soup.owner.name, soup.status) == ("Samen eten", "Bram", Status.DOING)
        assert soup.due_on == date(2030, 11, 24)


def test_a_worker_hears_at_once_that_someone_said_yes(cast: Cast, settings: Settings) -> None:
    where = brought(cast, "Soep koken")
    with closing(nudge.client(settings.redis_url or "")) as redis:
        redis.delete(nudge.KEY)
        say_yes(cast, where)
        assert redis.llen(nudge.KEY) == 1


def test_goals_that_are_not_there_yet_are_made_only_when_asked(cast: Cast, worker: Flask) -> None:
    where = brought(cast, "Soep koken;Samen eten", "Brood halen")
    say_yes(cast, where, with_goals=False)
    work(worker)
    assert titles(cast) == ["Brood halen"]
    assert "Het doel ‘Samen eten’ is er nog niet." in look(cast, where)
    with cast.acting_as("Anna"):
        assert db.session.scalars(select(Goal)).all() == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Soep;;;31-02-2027", "De dag 31-02-2027 bestaat niet. Schrijf een dag als 24-11-2026."),
        ("Soep;;;binnenkort", "‘binnenkort’ is geen dag die we begrijpen."),
        ("Soep;;Sinterklaas", "Sinterklaas doet hier niet mee."),
        ("Soep;;;;zweeft", "‘zweeft’ kennen we niet."),
        (";Samen eten", "Hier staat geen titel."),
        ("s" * 10_000, "Maak dit korter: er passen 200 letters in, dit zijn er 9800 te veel."),
        ("Soep;;;;gestopt", "Schrijf erbij waarom jullie stopten."),
        ("Er is al soep", "Staat al op de agenda, als nummer 1."),
    ],
)
def test_every_wrong_line_is_told_with_its_number_and_the_others_go_on(
    cast: Cast, worker: Flask, line: str, sentence: str
) -> None:
    an_action(cast, "Er is al soep")
    where = brought(cast, "Brood halen", line, "Brood halen")
    rows = [
        row.get_text(" ", strip=True)
        for row in page(cast, "Anna", where).select("#achtergebleven ~ .scroll tbody tr")
    ]
    assert [row.split()[0] for row in rows] == ["3", "4"]
    assert sentence in rows[0]
    assert "Staat ook op regel 2." in rows[1]
    say_yes(cast, where)
    work(worker)
    assert titles(cast) == ["Er is al soep", "Brood halen"]
    assert sentence in look(cast, where)


def test_a_day_before_the_start_is_told(cast: Cast) -> None:
    where = brought(cast, "Soep;24-11-2030;23-11-2030", heads="Titel;Begint op;Klaar op\n")
    assert "Klaar op: Deze dag ligt vóór het begin." in look(cast, where)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Kies eerst een bestand."),
        ("Wat;Nog iets\nSoep;ja", "We zien geen kolom met titels."),
        ("Titel\n", "Onder de koppen staat nog niets."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "Dit bestand kunnen we niet lezen als tabel."),
        (b"PK\x03\x04 and no zip", "Dit bestand kunnen we niet lezen als tabel."),
        ("Titel\n" + "\n".join(f"Actie {n}" for n in range(5_001)), "Neem hoogstens 5.000 regels tegelijk."),
        (b"Titel\n" + b"x" * 11 * 1024 * 1024, "10 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_place(
    cast: Cast, content: str | bytes, sentence: str
) -> None:
    answer = bring(cast, content, name="lijst.csv" if content else "")
    assert sentence in error_of(answer)
    with cast.acting_as("Anna"):
        assert db.session.scalars(select(ActionImport)).all() == []


def test_a_file_of_fifty_megabytes_gets_the_same_kind_answer(cast: Cast) -> None:
    assert "10 MB" in error_of(bring(cast, b"x" * 65 * 1024 * 1024))


def test_columns_may_have_other_names_and_what_is_not_known_is_told(cast: Cast, worker: Flask) -> None:
    where = brought(cast, "Bram;Soep koken;blauw", heads="Trekker;Actiepunt;Kleur\n")
    assert "Deze kolommen kennen we niet, die laten we weg: Kleur." in look(cast, where)
    say_yes(cast, where)
    work(worker)
    with cast.acting_as("Anna"):
        action = action_in_full(1)
        assert action
        assert action.owner
        assert action.owner.name == "Bram"


@pytest.mark.parametrize("file_type", ["csv", "xlsx", "ods"])
def test_what_is_taken_along_comes_back_as_it_was(cast: Cast, worker: Flask, file_type: str) -> None:
    an_action(cast, "=1+1", reason="Soep.\nEn brood.", labels=["eten", "buurt"])
    with cast.client("Anna").get(f"/w/{cast.amersfoort.slug}/agenda/export/{file_type}") as answer:
        taken = answer.data
    with cast.acting_as("Anna"):
        found(1).deleted_at = found(1).created_at
        db.session.commit()
    where = bring(cast, taken, f"agenda.{file_type}").location
    say_yes(cast, where)
    work(worker)
    with cast.acting_as("Anna"):
        again = found(2)
        assert (again.title, again.reason, again.labels) == ("=1+1", "Soep.\nEn brood.", ["eten", "buurt"])


@pytest.mark.parametrize("file_type", ["csv", "xlsx", "ods"])
def test_there_is_an_empty_list_to_fill_in(cast: Cast, file_type: str) -> None:
    with cast.client("Anna").get(f"/w/{cast.amersfoort.slug}/agenda/import/leeg/{file_type}") as answer:
        assert answer.status_code == 200
        assert "Onder de koppen staat nog niets." in error_of(bring(cast, answer.data))


def test_what_fails_halfway_leaves_nothing_and_is_told_after_the_last_attempt(
    cast: Cast, worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = brought(cast, "Soep koken", "Brood halen")
    say_yes(cast, where)

    def fail(*_: Any) -> None:
        raise RuntimeError("halfway")

    (promise,) = promised(worker)
    with monkeypatch.context() as patched, worker.app_context():
        patched.setattr(running, "_finish", fail)
        for attempt in (1, LAST_ATTEMPT):
            promise.attempts = attempt
            with pytest.raises(RuntimeError):
                running.run(promise)
    assert titles(cast) == []
    assert "Er is niets op de agenda gekomen." in look(cast, where)
    say_yes(cast, where)
    work(worker)
    assert titles(cast) == ["Soep koken", "Brood halen"]


def test_how_far_it_is_can_be_seen_while_it_goes_on(
    cast: Cast, worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = brought(cast, *(f"Actie {number}" for number in range(6)))
    say_yes(cast, where)
    seen = []
    monkeypatch.setattr(running, "AT_ONCE", 2)
    write = running.write_progress

    def watch(*about: Any, **values: Any) -> None:
        write(*about, **values)
        seen.append(page(cast, "Anna", where).select_one("progress")["value"])

    monkeypatch.setattr(running, "write_progress", watch)
    with worker.app_context():
        running.run(promised(worker)[0])
    assert seen == ["0", "2", "4", "6"]


def test_all_of_it_is_taken_back_but_for_what_people_worked_on_and_comes_back_again(
    cast: Cast, worker: Flask
) -> None:
    where = brought(cast, "Soep koken;Samen eten", "Brood halen", "Tafels zetten")
    say_yes(cast, where)
    work(worker)
    with cast.acting_as("Anna"):
        number = db.session.scalar(select(Action.number).where(Action.title == "Brood halen"))
        found(number).change(by=member(cast, "Anna"), status=Status.DOING)
        db.session.commit()
    anna = cast.client("Anna")
    assert anna.post(f"{where}/ongedaan").status_code == 303
    assert titles(cast) == ["Brood halen"]
    assert "Iemand heeft deze actie aangepast." in look(cast, where)
    with cast.acting_as("Anna"):
        assert db.session.scalars(select(Goal.title).where(Goal.archived_at.is_(None))).all() == []
    assert anna.post(f"{where}/terugzetten").status_code == 303
    assert titles(cast) == ["Soep koken", "Brood halen", "Tafels zetten"]


def test_what_people_worked_on_stays_too_when_all_of_it_is_taken_back_again(
    cast: Cast, worker: Flask
) -> None:
    where = brought(cast, "Soep koken", "Brood halen", "Tafels zetten")
    say_yes(cast, where)
    work(worker)
    with cast.acting_as("Anna"):
        bread, tables = (
            db.session.scalars(select(Action).where(Action.title == title)).one()
            for title in ("Brood halen", "Tafels zetten")
        )
        bread.change(by=member(cast, "Anna"), status=Status.DOING)
        help_with(tables, member(cast, "Bram"), by=member(cast, "Bram"))
        db.session.commit()
    anna = cast.client("Anna")
    for _again in range(2):
        anna.post(f"{where}/ongedaan")
        assert titles(cast) == ["Brood halen", "Tafels zetten"]
        anna.post(f"{where}/terugzetten")
        assert titles(cast) == ["Soep koken", "Brood halen", "Tafels zetten"]


def test_only_who_arranges_brings_files_in(cast: Cast) -> None:
    assert bring(cast, "Titel\nSoep", by="Chaima").status_code == 403
    assert not page(cast, "Chaima", f"/w/{cast.amersfoort.slug}/agenda").find(
        "a", string="Haal acties uit een bestand"
    )
    assert page(cast, "Anna", f"/w/{cast.amersfoort.slug}/agenda").select_one("a[href$='/agenda/import']")


def test_five_thousand_lines_are_one_transaction_of_few_statements(cast: Cast, worker: Flask) -> None:
    lines = [f"Actie {number};;{'Bram' if number % 2 else ''};24-11-2030" for number in range(4_990)]
    where = brought(cast, *lines, *(f"Fout {number};;Niemand" for number in range(10)))
    with statements(cast.app) as asked:
        assert "4990 nieuwe acties" in look(cast, where)
    assert len(asked) <= 12
    say_yes(cast, where)
    (promise,) = promised(worker)
    with statements(worker) as asked, worker.app_context():
        running.run(promise)
    assert len(asked) <= 150
    assert len(titles(cast)) == 4_990
    with cast.acting_as("Anna"):
        kept = the_import(where)
        assert (kept.state, kept.made, len(kept.left_out)) == (ImportState.DONE, 4_990, 10)


def test_who_waited_long_gets_a_letter_when_it_is_done(
    cast: Cast, worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = brought(cast, "Soep koken")
    say_yes(cast, where)
    monkeypatch.setattr(running, "LONG", -running.LONG)
    work(worker)
    with worker.app_context():
        (letter,) = db.session.scalars(select(Letter).where(Letter.kind == "import_done"))
        assert "Er staat 1 actie meer op de agenda." in letter.text
