"""Choosing one's own mail: how often, about which place, and when not."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.cast import Cast, Place
from tests.counting import statements
from tests.digests.preferring import takes_part_in
from tests.people.browsing import words
from tests.people.letters import letters
from vitaal.digests.models import MailChoice
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person
from vitaal.post import bounces

MOST_STATEMENTS = 12
TUESDAY = datetime(2026, 11, 24, 6, 0, tzinfo=clock.AMSTERDAM)
FITTING = {"cadence": "fitting", "weekday": "2"}


@pytest.fixture
def tuesday(cast: Cast) -> Iterator[datetime]:
    """Everything happens on a Tuesday morning in November, before the mail goes out; nobody's next day is reckoned yet."""
    with cast.app.app_context():
        db.session.execute(update(Person).values(digest_is_unplanned=True, next_digest_on=None))
        db.session.commit()
    with clock.at(TUESDAY) as moment:
        yield moment


def rhythm(place: Place) -> str:
    return f"rhythm_{place.id.hex}"


def at_once(place: Place) -> str:
    return f"at_once_{place.id.hex}"


def save(cast: Cast, who: str = "Anna", /, **chosen: str) -> TestResponse:
    return cast.client(who).post("/mijn/mail", data=FITTING | chosen)


def page(cast: Cast, who: str = "Anna") -> BeautifulSoup:
    return BeautifulSoup(cast.client(who).get("/mijn/mail").text, "lxml")


def person(cast: Cast, name: str = "Anna") -> Person:
    with cast.app.app_context():
        return db.session.get_one(Person, cast.people[name])


def choice(cast: Cast, place: Place, name: str = "Anna") -> tuple[str | None, int | None, bool] | None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people[name]):
        found = db.session.get(MailChoice, (place.id, cast.people[name]))
        return (found.cadence, found.weekday, found.is_told_at_once) if found else None


def test_who_chose_nothing_sees_what_fits_where_they_stand(cast: Cast, tuesday: datetime) -> None:
    shown = page(cast)
    assert [field["value"] for field in shown.select("main input[type=radio][checked]")] == ["fitting"]
    assert shown.select_one(f"#{at_once(cast.amersfoort)}[checked]")
    assert "Je volgende mail komt op dinsdag 1 december, als er nieuws is." in shown.text


@pytest.mark.parametrize(
    ("name", "chosen", "wanted"),
    [
        ("Anna", {"cadence": "daily"}, "2026-11-25"),
        ("Anna", {"cadence": "weekly", "weekday": "3"}, "2026-11-25"),
        (
            "Anna",
            {"cadence": "weekly", "weekday": "6"},
            "2026-11-30",
        ),  # not on a Saturday, and not on a Sunday
        ("Anna", {"cadence": "monthly"}, "2026-12-01"),
        ("Chaima", {"cadence": "monthly", "weekday": "5"}, "2026-12-01"),
        ("Anna", {"cadence": "never"}, "None"),
    ],
)
def test_another_rhythm_reckons_the_next_day_and_sends_nothing(
    cast: Cast, worker: Flask, tuesday: datetime, name: str, chosen: dict[str, str], wanted: str
) -> None:
    assert save(cast, name, **chosen).status_code == 303
    assert str(person(cast, name).next_digest_on) == wanted
    assert not person(cast, name).digest_is_unplanned
    assert letters(worker) == []


def test_going_back_to_what_fits_follows_the_circle(cast: Cast, tuesday: datetime) -> None:
    for name in ("Anna", "Chaima"):
        save(cast, name, cadence="never")
        assert "Je krijgt geen mail met nieuws." in page(cast, name).text
    with clock.at(TUESDAY + timedelta(days=8)):
        for name, wanted in (("Anna", "2026-12-08"), ("Chaima", "2027-01-05")):
            save(cast, name)
            assert str(person(cast, name).next_digest_on) == wanted


def test_saving_without_a_change_leaves_todays_mail_alone(cast: Cast, tuesday: datetime) -> None:
    with clock.at(TUESDAY - timedelta(days=1)):
        save(cast, cadence="weekly")
        assert str(person(cast).next_digest_on) == "2026-11-24"
    save(cast, cadence="weekly", **{at_once(cast.amersfoort): "y", rhythm(cast.amersfoort): "fitting"})
    assert str(person(cast).next_digest_on) == "2026-11-24"


def test_one_place_has_a_rhythm_of_its_own(cast: Cast, tuesday: datetime) -> None:
    save(cast, cadence="monthly", **{rhythm(cast.amersfoort): "weekly-4", at_once(cast.amersfoort): "y"})
    assert choice(cast, cast.amersfoort) == ("weekly", 4, True)
    assert str(person(cast).next_digest_on) == "2026-11-26"
    chosen = page(cast).select_one(f"#{rhythm(cast.amersfoort)} option[selected]")
    assert chosen
    assert chosen["value"] == "weekly-4"


def test_the_next_day_is_that_of_the_first_of_ones_places(cast: Cast, tuesday: datetime) -> None:
    other = takes_part_in(cast, "Anna", "Breien")
    save(cast, **{rhythm(cast.amersfoort): "never", rhythm(other): "daily"})
    assert str(person(cast).next_digest_on) == "2026-11-25"
    save(cast, **{rhythm(cast.amersfoort): "never", rhythm(other): "never"})
    assert person(cast).next_digest_on is None


def test_what_is_told_at_once_is_chosen_per_place(cast: Cast, tuesday: datetime) -> None:
    other = takes_part_in(cast, "Anna", "Breien")
    save(cast, **{rhythm(cast.amersfoort): "fitting", rhythm(other): "fitting", at_once(other): "y"})
    assert choice(cast, cast.amersfoort) == (None, None, False)
    assert choice(cast, other) is None
    assert not page(cast).select_one(f"#{at_once(cast.amersfoort)}[checked]")


def test_a_place_that_came_while_the_page_was_open_keeps_what_it_had(cast: Cast, tuesday: datetime) -> None:
    other = takes_part_in(cast, "Anna", "Breien")
    save(cast, **{rhythm(cast.amersfoort): "daily", at_once(cast.amersfoort): "y"})
    assert choice(cast, other) is None
    assert page(cast).select_one(f"#{at_once(other)}[checked]")


def test_a_place_where_one_takes_no_part_can_not_be_chosen(cast: Cast, tuesday: datetime) -> None:
    assert save(cast, **{rhythm(cast.elsewhere): "daily"}).status_code == 303
    assert choice(cast, cast.elsewhere) is None


def test_an_empty_form_changes_nothing(cast: Cast, tuesday: datetime) -> None:
    save(cast, cadence="daily", **{rhythm(cast.amersfoort): "never"})
    before = choice(cast, cast.amersfoort)
    assert cast.client("Anna").post("/mijn/mail").status_code == 303
    assert (person(cast).digest_cadence, choice(cast, cast.amersfoort)) == ("daily", before)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("cadence", "hourly"),
        ("cadence", "\x00"),
        ("weekday", "7"),
        ("weekday", "dinsdag"),
        ("weekday", "9" * 5_000),
        ("rhythm", "weekly-7"),
        ("rhythm", "default"),
        ("rhythm", "weekly-" + "9" * 5_000),
    ],
)
def test_what_can_not_be_is_told_at_the_field_and_nothing_is_kept(
    cast: Cast, tuesday: datetime, field: str, typed: str
) -> None:
    name = rhythm(cast.amersfoort) if field == "rhythm" else field
    answer = save(cast, **{"cadence": "daily", rhythm(cast.amersfoort): "monthly", name: typed})
    assert answer.status_code == 422
    assert "Wat je invulde, staat er nog" in words(answer)
    back = BeautifulSoup(answer.text, "lxml")
    assert back.find(id=f"{name}-e")
    if field != "cadence":
        assert back.select_one('input[name="cadence"][value="daily"][checked]')
    assert person(cast).digest_cadence is None
    assert choice(cast, cast.amersfoort) is None


def test_away_until_a_day_means_no_mail_until_then(cast: Cast, tuesday: datetime) -> None:
    anna = cast.client("Anna")
    assert anna.post("/mijn/mail/rust", data={"until": "2026-12-04"}).status_code == 303
    assert person(cast).away_until == date(2026, 12, 4)
    assert str(person(cast).next_digest_on) == "2026-12-07"  # the 5th is a Saturday, the 6th a Sunday
    assert "Je krijgt geen mail tot en met vrijdag 4 december." in page(cast).text
    assert anna.post("/mijn/mail/rust/einde").status_code == 303
    assert person(cast).away_until is None
    assert str(person(cast).next_digest_on) == "2026-12-01"


def test_a_pause_that_is_over_is_not_shown(cast: Cast, tuesday: datetime) -> None:
    cast.client("Anna").post("/mijn/mail/rust", data={"until": "2026-12-04"})
    with clock.at(TUESDAY + timedelta(days=11)):
        assert "Ik ben er weer" not in page(cast).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Kies tot en met welke dag je geen mail wilt."),
        ("2026-11-24", "Kies een dag na vandaag."),
        ("2020-01-01", "Kies een dag na vandaag."),
        ("2027-11-25", "Kies een dag binnen een jaar, dus niet na 24 november 2027."),
        ("9999-12-31", "Kies een dag binnen een jaar"),
        ("morgen", "Kies een dag, bijvoorbeeld"),
        ("31-02-2027", "Kies een dag, bijvoorbeeld"),
    ],
)
def test_a_day_that_can_not_be_is_told_and_stays_to_be_repaired(
    cast: Cast, tuesday: datetime, typed: str, said: str
) -> None:
    answer = cast.client("Anna").post("/mijn/mail/rust", data={"until": typed})
    assert answer.status_code == 422
    assert said in words(answer)
    field = BeautifulSoup(answer.text, "lxml").select_one("#until")
    assert field
    assert field.get("value") == typed
    assert person(cast).away_until is None


def test_the_day_is_reckoned_where_someone_lives(cast: Cast) -> None:
    with cast.app.app_context():
        db.session.get_one(Person, cast.people["Anna"]).time_zone = "America/Paramaribo"
        db.session.commit()
    with clock.at(datetime(2026, 11, 25, 0, 30, tzinfo=clock.AMSTERDAM)):
        save(cast, cadence="daily")
    assert str(person(cast).next_digest_on) == "2026-11-25"


def test_who_takes_part_nowhere_can_choose_all_the_same(cast: Cast, tuesday: datetime) -> None:
    assert "Je doet nog nergens mee." in page(cast, "Els").text
    save(cast, "Els", cadence="daily")
    assert person(cast, "Els").digest_cadence == "daily"
    assert person(cast, "Els").next_digest_on is None


def test_looking_changes_nothing(cast: Cast, tuesday: datetime) -> None:
    anna = cast.client("Anna")
    anna.get("/mijn/mail")
    with statements(cast.app) as asked:
        anna.get("/mijn/mail")
    assert [sql for sql in asked if not sql.startswith("SELECT")] == []


def test_twelve_places_ask_little_and_stay_readable(cast: Cast, tuesday: datetime) -> None:
    places = [takes_part_in(cast, "Anna", f"Plek {number:02}") for number in range(11)]
    anna = cast.client("Anna")
    with statements(cast.app) as asked:
        shown = BeautifulSoup(anna.get("/mijn/mail").text, "lxml")
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)
    summaries = [summary.text for summary in shown.select("main summary")]
    assert summaries[0] == "Plek 00: Zoals al mijn mail"
    assert len(summaries) == 12
    names = {rhythm(place): "weekly-3" for place in places}
    with statements(cast.app) as asked:
        anna.post("/mijn/mail", data=FITTING | names)
    assert len(asked) <= MOST_STATEMENTS, "\n".join(asked)
    assert choice(cast, places[10]) == ("weekly", 3, False)


def test_a_mistake_about_one_of_many_places_is_in_sight(cast: Cast, tuesday: datetime) -> None:
    places = [takes_part_in(cast, "Anna", f"Plek {number:02}") for number in range(4)]
    answer = save(cast, **{rhythm(places[2]): "soms"})
    opened = BeautifulSoup(answer.text, "lxml").select("main details[open]")
    assert [_name(box) for box in opened] == ["Plek 02"]


def _name(box: Tag) -> str:
    legend = box.find("legend")
    assert legend
    return legend.text


def test_every_field_says_what_it_is_about(cast: Cast, tuesday: datetime) -> None:
    takes_part_in(cast, "Anna", "Breien")
    groups = [
        group for group in page(cast).select("main fieldset") if group.select("select, input[type=checkbox]")
    ]
    assert [_name(group) for group in groups] == ["Breien", "Samen in Amersfoort"]
    for group in groups:
        for field in group.select("select, input"):
            assert group.find("label", attrs={"for": field["id"]}) or field.find_parent("label")


def test_who_can_not_be_reached_reads_what_to_do(cast: Cast, tuesday: datetime) -> None:
    assert "komt niet aan" not in page(cast).text
    with cast.app.app_context():
        bounces.remember("anna@example.nl", "550 Unknown user")
        db.session.commit()
    shown = page(cast)
    assert "Mail naar anna@example.nl komt niet aan." in shown.text
    assert "Je volgende mail komt" not in shown.text
    assert shown.select_one('main .note.bad a[href="/mijn/voorkeuren#adressen"]')
