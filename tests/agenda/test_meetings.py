"""Meetings as people plan them, are asked for them and answer."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.agenda.meetings import address, in_days, planned, the
from tests.agenda.story import member, page
from tests.cast import Cast
from vitaal.activity.models import Event
from vitaal.agenda import groups, meetings
from vitaal.agenda.meeting_queries import been, coming_up, guests_of
from vitaal.agenda.models import Answer, Meeting
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.workspaces.memberships import welcome_helped
from vitaal.workspaces.models import Circle, Partner, Reach

WISH = {
    "title": "Soep en plannen", "day": "2027-03-04", "starts": "13:30", "ends": "15:00", "place": "De Kom",
    "link": "", "asks": ["inner"], "circle": "outer",
}  # fmt: skip


def asked(cast: Cast, number: int) -> set[str]:
    """Who is asked for a meeting, by name."""
    with cast.acting_as("Anna"):
        return {guest.invitee.member.name for guest in guests_of(the(number)) if guest.invitee.member}


def answers(cast: Cast, number: int) -> dict[str, str]:
    """What everyone said about the time as it is now."""
    with cast.acting_as("Anna"):
        meeting = the(number)
        return {
            guest.invitee.member.name: guest.invitee.answer_for(meeting)
            for guest in guests_of(meeting)
            if guest.invitee.member
        }


def error_at(soup: BeautifulSoup, field: str) -> str:
    """The sentence that stands at a field."""
    box = soup.find(id=field)
    return " ".join(
        soup.find(id=name).get_text(" ", strip=True)
        for name in str(box["aria-describedby"]).split()
        if "error" in (soup.find(id=name).get("class") or [])
    )


def test_planning_a_meeting_tells_nobody_until_it_is_sent(cast: Cast) -> None:
    answer = cast.client("Bram").post(address(cast), data=WISH)
    assert answer.status_code == 303
    text = page(cast, "Bram", answer.location).main.get_text(" ", strip=True)
    assert "donderdag 4 maart 2027, 13.30 tot 15.00 uur" in text
    assert "Nog niemand is uitgenodigd." in text
    assert cast.client("Chaima").get(answer.location).status_code == 404
    assert asked(cast, 1) == set()


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Schrijf op waar jullie voor bij elkaar komen."),
        (
            {"title": "x" * 10_000},
            "title",
            "Maak dit korter: er passen 200 letters in, dit zijn er 9800 te veel.",
        ),
        ({"day": "31-02-2027"}, "day", "Kies een dag, bijvoorbeeld 24-11-2026."),
        ({"day": "2206-01-01"}, "day", "Kies een dag binnen vijf jaar."),
        ({"starts": "25:00"}, "starts", "Vul een tijd in, bijvoorbeeld 14.00."),
        ({"ends": "13:30"}, "ends", "Kies een tijd na het begin."),
        ({"ends": "09:00"}, "ends", "Kies een tijd na het begin."),
        ({"place": ""}, "place", "Vul een plek in, of een link om online mee te doen."),
        ({"link": "javascript:alert(1)"}, "link", "Plak hier het hele webadres. Het begint met https://."),
        ({"link": "https://piet@boos.example/"}, "link", "Plak hier het hele webadres."),
        ({"asks": []}, "asks", "Kies wie je uitnodigt."),
        ({"asks": ["iedereen"]}, "asks", "Kies iets uit de lijst."),
    ],
)
def test_what_cannot_be_is_said_at_its_place_and_nothing_typed_is_lost(
    cast: Cast, typed: dict[str, Any], field: str, sentence: str
) -> None:
    wish = {**WISH, **typed}
    answer = cast.client("Anna").post(address(cast), data=wish)
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.text, "lxml")
    assert sentence in error_at(soup, field)
    for name in {"title", "day", "starts", "ends", "place", "link"} - {field}:
        assert soup.find(id=name)["value"] == wish[name]


def test_an_hour_that_clocks_skip_is_refused_and_the_others_of_that_night_are_kept(cast: Cast) -> None:
    night = {**WISH, "day": "2026-03-29", "starts": "02:30", "ends": "04:00"}
    answer = cast.client("Anna").post(address(cast), data=night)
    assert answer.status_code == 422
    assert error_at(BeautifulSoup(answer.text, "lxml"), "starts") == (
        "Op zondag 29 maart gaat de klok een uur vooruit. Deze tijd bestaat dan niet. Kies een andere tijd."
    )
    saved = cast.client("Anna").post(address(cast), data={**night, "starts": "01:30"})
    with cast.acting_as("Anna"):
        meeting = the(int(saved.location.rsplit("/", 1)[1]))
        assert meeting.ends_at - meeting.starts_at == timedelta(hours=1, minutes=30)
        assert meeting.starts_at.isoformat() == "2026-03-29T00:30:00+00:00"


def test_times_are_those_on_dutch_clocks_in_summer_and_in_winter(cast: Cast) -> None:
    for day, hour in (("2027-01-15", 12), ("2027-07-15", 11)):
        saved = cast.client("Anna").post(address(cast), data={**WISH, "day": day, "starts": "13.30"})
        with cast.acting_as("Anna"):
            assert the(int(saved.location.rsplit("/", 1)[1])).starts_at.hour == hour
        assert "13.30 tot 15.00 uur" in page(cast, "Bram", saved.location).main.get_text()


def test_the_inner_circle_is_asked_with_everyone_in_it(cast: Cast) -> None:
    assert asked(cast, planned(cast, asks=[Circle.INNER])) == {"Anna", "Bram"}
    assert asked(cast, planned(cast, asks=[Circle.OUTER])) == {"Chaima"}


def test_a_working_group_is_asked_with_its_members_of_every_circle(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        group = groups.begin("Keuken", purpose="", lead=None, by=member(cast, "Anna"))
        groups.welcome(group, member(cast, "Chaima"), by=member(cast, "Anna"))
        group_id = group.id
        db.session.commit()
    new = page(cast, "Bram", address(cast, f"nieuw?werkgroep={group_id}"))
    assert [box["value"] for box in new.select("input[name=asks][checked]")] == [str(group_id)]
    number = planned(cast, "Menu maken", asks=[str(group_id)])
    assert asked(cast, number) == {"Anna", "Chaima"}
    shown = page(cast, "Chaima", f"/w/{cast.amersfoort.slug}/groepen/{group_id}").main
    assert shown.find("a", string="Menu maken")


def test_who_comes_later_is_asked_when_it_is_sent_again_and_nobody_twice(cast: Cast) -> None:
    number = planned(cast, asks=[Circle.INNER])
    with cast.acting_as("Anna"):
        member(cast, "Chaima").circle = Circle.INNER
        db.session.commit()
    text = page(cast, "Anna", address(cast, number)).main.get_text()
    assert "1 mens hoort erbij en is nog niet uitgenodigd." in text
    for _ in range(2):
        assert cast.client("Anna").post(address(cast, number, "uitnodiging")).status_code == 303
    assert asked(cast, number) == {"Anna", "Bram", "Chaima"}


def test_one_more_member_is_asked_beside_whom_was_meant(cast: Cast) -> None:
    number = planned(cast, asks=[Circle.INNER], circle=Circle.INNER)
    assert cast.client("Chaima").get(address(cast, number)).status_code == 404
    stranger = cast.client("Anna").post(address(cast, number, "genodigden"), data={"member": "niemand"})
    assert stranger.status_code == 422
    assert "Kies iets uit de lijst." in stranger.text
    chosen = {"member": str(cast.amersfoort.members["Chaima"])}
    assert cast.client("Anna").post(address(cast, number, "genodigden"), data=chosen).status_code == 303
    assert cast.client("Chaima").get(address(cast, number)).status_code == 200


def test_everyone_says_whether_they_come_and_may_change_their_mind(cast: Cast) -> None:
    number = planned(cast)
    chaima = cast.client("Chaima")
    for said in ("yes", "no"):
        assert chaima.post(address(cast, number, "antwoord"), data={"answer": said}).status_code == 303
    cast.client("Bram").post(address(cast, number, "antwoord"), data={"answer": "yes"})
    assert answers(cast, number) == {"Anna": "", "Bram": "yes", "Chaima": "no"}
    assert "Je komt niet." in page(cast, "Chaima", address(cast, number)).main.get_text()


def test_who_was_not_asked_and_sees_it_may_come_too(cast: Cast) -> None:
    number = planned(cast, asks=[Circle.INNER])
    text = page(cast, "Chaima", address(cast, number)).main.get_text()
    assert "Je bent niet uitgenodigd, maar je bent welkom." in text
    cast.client("Chaima").post(address(cast, number, "antwoord"), data={"answer": "yes"})
    assert answers(cast, number)["Chaima"] == "yes"


def test_a_helper_answers_for_whom_they_help_and_nobody_else_does(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        partner = db.session.get_one(Partner, (cast.amersfoort.id, cast.amersfoort.partners["Chaima"]))
        riet = welcome_helped("Riet", partner, reach=Reach.PHONE, contact="(0123) 45 67 89",
                              helper=member(cast, "Chaima"), consented_on=clock.today(), by=member(cast, "Anna")).id  # fmt: skip
        db.session.commit()
    number = planned(cast)
    assert "Komt Riet?" in page(cast, "Chaima", address(cast, number)).main.get_text()
    said = {"answer": "yes", "member": str(riet)}
    cast.client("Bram").post(address(cast, number, "antwoord"), data=said)
    assert answers(cast, number)["Riet"] == ""
    cast.client("Chaima").post(address(cast, number, "antwoord"), data=said)
    assert answers(cast, number)["Riet"] == "yes"
    assert "dus bel of schrijf: Riet" in page(cast, "Bram", address(cast, number)).main.get_text()


def test_an_answer_to_another_time_counts_no_more(cast: Cast) -> None:
    number = planned(cast)
    cast.client("Bram").post(address(cast, number, "antwoord"), data={"answer": "yes"})
    form = page(cast, "Anna", address(cast, number, "aanpassen")).main
    later = {**WISH, "version": form.find(id="version")["value"], "asks": ["inner", "outer"]}
    assert cast.client("Anna").post(address(cast, number, "aanpassen"), data=later).status_code == 303
    assert answers(cast, number)["Bram"] == ""
    text = page(cast, "Bram", address(cast, number)).main.get_text()
    assert "De tijd is veranderd. Kom je nog?" in text


def test_of_two_who_change_it_at_once_the_second_sees_both(cast: Cast) -> None:
    number = planned(cast, title="Bijpraten", place="De Kom")
    seen = {"version": "1", "asks": ["inner", "outer"], "circle": "outer", "starts": "14:00", "ends": "16:00",
            "day": in_days(7).date().isoformat(), "link": "", "title": "Bijpraten"}  # fmt: skip
    with cast.acting_as("Anna"):
        seen["version"] = str(the(number).version)
    first = cast.client("Anna").post(address(cast, number, "aanpassen"), data={**seen, "place": "De Hoek"})
    assert first.status_code == 303
    second = cast.client("Anna").post(address(cast, number, "aanpassen"), data={**seen, "place": "Het Veld"})
    assert second.status_code == 409
    soup = BeautifulSoup(second.text, "lxml").main
    assert soup.find(id="place")["value"] == "Het Veld"
    assert "De Hoek" in soup.find(role="alert").get_text()
    again = {**seen, "place": "Het Veld", "version": soup.find(id="version")["value"]}
    assert cast.client("Anna").post(address(cast, number, "aanpassen"), data=again).status_code == 303
    with cast.acting_as("Anna"):
        assert the(number).place == "Het Veld"


def test_what_is_called_off_can_take_place_after_all(cast: Cast) -> None:
    number = planned(cast)
    reason = {"reason": "Het regent."}
    assert cast.client("Anna").post(address(cast, number, "afzeggen"), data=reason).status_code == 303
    text = page(cast, "Chaima", address(cast, number)).main.get_text()
    assert "Deze bijeenkomst gaat niet door." in text
    assert "Het regent." in text
    late = cast.client("Chaima").post(address(cast, number, "antwoord"), data={"answer": "yes"})
    assert late.status_code == 303
    assert answers(cast, number)["Chaima"] == ""
    assert cast.client("Anna").post(address(cast, number, "doorgang")).status_code == 303
    assert "gaat niet door" not in page(cast, "Chaima", address(cast, number)).main.get_text()
    with cast.acting_as("Chaima"):
        told = [e.verb for e in db.session.query(Event).filter_by(object_kind="meeting").order_by(Event.id)]
    assert told == ["announced", "cancelled", "revived"]


def test_the_outer_circle_plans_changes_and_calls_off_nothing(cast: Cast) -> None:
    number = planned(cast)
    chaima = cast.client("Chaima")
    assert chaima.post(address(cast), data=WISH).status_code == 403
    for path in ("aanpassen", "afzeggen", "uitnodiging", "genodigden", "doorgang", "punten"):
        assert chaima.post(address(cast, number, path), data=WISH).status_code == 403, path
    assert not page(cast, "Chaima", address(cast)).main.find("a", string="Plan een bijeenkomst")


def test_of_the_inner_circle_only_who_made_it_changes_a_meeting(cast: Cast) -> None:
    of_anna, of_bram = planned(cast), planned(cast, by="Bram")
    bram = cast.client("Bram")
    assert bram.get(address(cast, of_anna, "aanpassen")).status_code == 403
    assert bram.get(address(cast, of_bram, "aanpassen")).status_code == 200
    assert cast.client("Anna").get(address(cast, of_bram, "aanpassen")).status_code == 200


def test_what_comes_stands_before_what_has_been_and_what_has_been_comes_a_page_at_a_time(cast: Cast) -> None:
    planned(cast, "Straks")
    for days in range(1, 23):
        planned(cast, f"Geweest {days}", days=-days)
    first = page(cast, "Bram", address(cast)).main
    titles = [link.get_text() for link in first.select(".meetings a")]
    assert titles == ["Straks", *(f"Geweest {days}" for days in range(1, 21))]
    older = page(cast, "Bram", str(first.find("a", rel="next")["href"])).main
    assert [link.get_text() for link in older.select(".meetings a")] == ["Geweest 21", "Geweest 22"]


def test_how_many_come_and_what_i_said_stand_in_the_list(cast: Cast) -> None:
    number = planned(cast)
    for name in ("Anna", "Bram"):
        cast.client(name).post(address(cast, number, "antwoord"), data={"answer": "yes"})
    text = page(cast, "Chaima", address(cast)).main.get_text(" ", strip=True)
    assert "Kom je?" in text
    assert "2 mensen komen" in text
    with cast.acting_as("Bram"):
        (one,) = coming_up(member(cast, "Bram"))
        assert (one.coming, one.my_answer) == (2, Answer.YES)
        assert been(member(cast, "Bram")) == ([], None)


def test_numbers_are_given_one_after_the_other_and_never_twice(cast: Cast) -> None:
    assert [planned(cast), planned(cast, by="Bram"), planned(cast)] == [1, 2, 3]
    assert planned(cast, by="Daan", where=cast.elsewhere) == 1


def test_a_plan_that_is_moved_before_it_is_sent_is_no_news(cast: Cast) -> None:
    number = planned(cast, is_sent=False)
    with cast.acting_as("Anna"):
        meeting = the(number)
        meetings.change(meeting, by=member(cast, "Anna"), version=1, ends_at=in_days(7, 17))
        db.session.commit()
        assert db.session.query(Event).filter_by(object_kind="meeting").all() == []
        assert db.session.query(Meeting).filter(Meeting.moved_at <= clock.now()).count() == 1
