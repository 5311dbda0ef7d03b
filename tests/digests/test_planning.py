"""When a digest is due: once per person, rhythm and local day, however often anyone looks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from tests.cast import Cast, play
from tests.digests.story import FIRST_TUESDAY, TOGETHER, TUESDAY, digests_of, reckoned, wants
from vitaal.digests import planning
from vitaal.digests.quiet import is_quiet
from vitaal.kernel import clock


def plan(worker: Flask, at: datetime) -> int:
    with worker.app_context(), clock.at(at):
        return planning.plan()


def periods(worker: Flask, cast: Cast, who: str) -> list[str]:
    return [str(digest.period) for digest in digests_of(worker, cast.people[who])]


def test_the_inner_circle_gets_one_on_tuesday_and_the_outer_circle_on_the_first_tuesday(
    cast: Cast, worker: Flask
) -> None:
    plan(worker, TUESDAY)
    plan(worker, FIRST_TUESDAY)
    assert periods(worker, cast, "Anna") == ["2027-01-12", "2027-02-02"]
    assert periods(worker, cast, "Chaima") == ["2027-02-02"]


def test_who_is_in_no_workspace_gets_none(cast: Cast, worker: Flask) -> None:
    plan(worker, FIRST_TUESDAY)
    assert periods(worker, cast, "Farah") == []


def test_planning_three_times_plans_once(cast: Cast, worker: Flask) -> None:
    assert [plan(worker, TUESDAY + timedelta(minutes=minutes)) for minutes in (0, 1, 60)] == [3, 0, 0]


def test_two_planners_at_once_plan_once(cast: Cast, worker: Flask) -> None:
    with ThreadPoolExecutor(2) as both:
        made = list(both.map(lambda _: plan(worker, TUESDAY), range(2)))
    assert sum(made) == 3


@pytest.mark.parametrize(("clock_time", "made"), [("06:59", 0), ("07:00", 3), ("11:59", 3), ("12:00", 0)])
def test_the_morning_is_from_seven_until_noon(cast: Cast, worker: Flask, clock_time: str, made: int) -> None:
    assert plan(worker, datetime.fromisoformat(f"2027-01-12T{clock_time}+01:00")) == made


def test_a_morning_without_workers_is_made_up_for_the_next_morning_with_one_digest(
    cast: Cast, worker: Flask
) -> None:
    plan(worker, TUESDAY)
    plan(worker, TUESDAY + timedelta(days=9))
    assert periods(worker, cast, "Anna") == ["2027-01-12", "2027-01-21"]
    plan(worker, TUESDAY + timedelta(days=14))
    assert periods(worker, cast, "Anna")[2:] == ["2027-01-26"]


@pytest.mark.parametrize("day", ["2026-10-24", "2026-10-26", "2027-03-27", "2027-03-30"])
def test_seven_in_the_morning_is_local_on_both_sides_of_the_clock_changes(
    cast: Cast, worker: Flask, day: str
) -> None:
    wants(worker, cast, "Bram", at=TOGETHER, digest_cadence="daily")
    seven = clock.moment_on(date.fromisoformat(day), clock.MORNING)
    plan(worker, seven - timedelta(minutes=1))
    assert periods(worker, cast, "Bram") == []
    plan(worker, seven)
    assert periods(worker, cast, "Bram") == [day]


def test_the_night_of_a_clock_change_makes_no_digest_more_or_less(cast: Cast, worker: Flask) -> None:
    wants(worker, cast, "Bram", at=TOGETHER, digest_cadence="daily")
    start = datetime.fromisoformat("2026-10-23T00:30+02:00")
    for hour in range(4 * 24):
        plan(worker, start + timedelta(hours=hour))
    assert periods(worker, cast, "Bram") == ["2026-10-23", "2026-10-24", "2026-10-26"]


def test_morning_comes_in_the_persons_own_time_zone(cast: Cast, worker: Flask) -> None:
    wants(worker, cast, "Bram", time_zone="America/Curacao")
    plan(worker, TUESDAY)
    assert periods(worker, cast, "Bram") == []
    plan(worker, TUESDAY + timedelta(hours=5))
    assert periods(worker, cast, "Bram") == ["2027-01-12"]


def test_who_wants_none_gets_none(cast: Cast, worker: Flask) -> None:
    wants(worker, cast, "Bram", digest_cadence="never", next_digest_on=date(2027, 1, 12))
    plan(worker, TUESDAY)
    assert periods(worker, cast, "Bram") == []


def test_a_digest_on_a_holiday_moves_to_the_next_morning(cast: Cast, worker: Flask) -> None:
    wants(
        worker,
        cast,
        "Bram",
        at=datetime.fromisoformat("2027-03-23T12:00+01:00"),
        digest_cadence="weekly",
        digest_weekday=1,
    )
    easter_monday = datetime.fromisoformat("2027-03-29T07:00+02:00")
    plan(worker, easter_monday)
    plan(worker, easter_monday + timedelta(days=1))
    assert periods(worker, cast, "Bram") == ["2027-03-30"]


def test_who_came_in_this_morning_waits_for_the_next_digest(app: Flask, worker: Flask) -> None:
    with clock.at(TUESDAY + timedelta(hours=1)):
        cast = play(app)
    assert plan(worker, TUESDAY + timedelta(hours=2)) == 0
    assert plan(worker, TUESDAY + timedelta(days=7)) == 3
    assert periods(worker, cast, "Chaima") == []


def test_one_persons_failure_does_not_stop_the_next(
    cast: Cast, worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = planning.places_of

    def fail_for_anna(person_id: object) -> object:
        if person_id == cast.people["Anna"]:
            raise RuntimeError("Anna's workspaces can't be read.")
        return really(person_id)  # type: ignore[arg-type]

    monkeypatch.setattr(planning, "places_of", fail_for_anna)
    reckoned(worker)
    assert plan(worker, TUESDAY) == 3


def test_sundays_and_holidays_are_quiet() -> None:
    quiet = ["2027-01-01", "2027-01-03", "2027-03-29", "2027-04-27", "2027-05-05", "2027-05-06", "2027-05-17", "2027-12-25",
             "2025-04-26"]  # fmt: skip
    assert all(is_quiet(date.fromisoformat(day)) for day in quiet)
    assert not any(is_quiet(date.fromisoformat(day)) for day in ("2027-03-26", "2027-03-30", "2025-04-28"))
