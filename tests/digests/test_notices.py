"""What someone is told at once: bundled, once, at a decent hour, and only what they may see and have not seen yet."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import text, update

from tests.agenda.story import found, member
from tests.cast import Cast
from tests.digests.at_once import (
    THURSDAY,
    action_of,
    after,
    changes,
    edits,
    keeps,
    last_comment,
    letters_to,
    looks_at,
    notices,
    says,
    someone_helped,
    states,
    subjects,
    takes_away,
    tells,
)
from tests.digests.story import ends, wants
from vitaal.activity.models import Notice
from vitaal.activity.noticed import mentioned
from vitaal.activity.noticing import MENTIONED, NOTICED, Noticed
from vitaal.digests import noticing
from vitaal.digests.models import MailChoice
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import claim
from vitaal.workspaces import memberships
from vitaal.workspaces.models import Circle, Membership, Workspace

NIGHT = datetime.fromisoformat("2027-01-14T22:00+01:00")
FRIDAY = datetime.fromisoformat("2027-01-15T07:00+01:00")
SATURDAY = datetime.fromisoformat("2027-01-16T10:00+01:00")
MONDAY = datetime.fromisoformat("2027-01-18T07:00+01:00")


def chooses(cast: Cast, who: str, **choice: Any) -> None:
    with cast.acting_as(who):
        db.session.add(MailChoice(workspace_id=cast.amersfoort.id, person_id=cast.people[who], **choice))
        db.session.commit()


def due_at(worker: Flask) -> list[datetime]:
    return [notice.due_at for notice in notices(worker)]


def test_three_mentions_within_a_quarter_of_an_hour_are_one_letter(cast: Cast, worker: Flask) -> None:
    soup, bench = action_of(cast, "Soep"), action_of(cast, "Bankje")
    says(cast, "Anna", soup, "@Bram kun jij koken?")
    says(cast, "Chaima", soup, "@Bram ik neem brood mee", after(THURSDAY, minutes=5))
    says(cast, "Anna", bench, "@Bram heb jij verf?", after(THURSDAY, minutes=9))
    assert tells(worker, THURSDAY) == {"composed": 3}
    (letter,) = letters_to(worker, "Bram")
    assert letter.subject == "Samen in Amersfoort: Anna noemt je bij ‘Soep’ (en nog twee dingen)"
    for words in ("@Bram kun jij koken?", "@Bram ik neem brood mee", "@Bram heb jij verf?", "Chaima noemt je bij ‘Soep’"):  # fmt: skip
        assert words in letter.text
        assert words in letter.html
    assert "Je krijgt deze mail omdat iemand je noemde." in letter.text
    assert not letter.is_bulk
    assert letter.assurance == "at_most_once"
    assert tells(worker, after(THURSDAY, hours=1)) == {}


def test_nothing_is_written_before_the_quarter_of_an_hour_is_over(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast), "@Bram kun jij koken?")
    assert tells(worker, after(THURSDAY, minutes=-1)) == {}
    assert tells(worker, THURSDAY) == {"composed": 1}


def test_who_is_mentioned_twice_in_one_comment_or_again_by_an_edit_is_told_once(
    cast: Cast, worker: Flask
) -> None:
    number = action_of(cast)
    says(cast, "Anna", number, "@Bram en nog eens @Bram")
    comment = last_comment(cast)
    edits(cast, "Anna", number, comment, "@Bram toch niet", after(THURSDAY, minutes=1))
    edits(cast, "Anna", number, comment, "Niemand", after(THURSDAY, minutes=2))
    edits(cast, "Anna", number, comment, "@Bram en @Chaima", after(THURSDAY, minutes=3))
    assert tells(worker, after(THURSDAY, minutes=3)) == {"composed": 2}
    assert len(letters_to(worker, "Bram")) == len(letters_to(worker, "Chaima")) == 1
    edits(cast, "Anna", number, comment, "@Bram, @Chaima: tot straks", after(THURSDAY, hours=2))
    assert tells(worker, after(THURSDAY, hours=2)) == {}


def test_who_mentions_themselves_is_not_told(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast), "@Anna moet dit doen")
    assert tells(worker, THURSDAY) == {}


def test_what_is_said_at_night_comes_at_seven(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast), "@Bram slaap je al?", NIGHT)
    assert tells(worker, NIGHT) == {"waiting": 1}
    assert due_at(worker) == [FRIDAY]
    assert [notice.attempts for notice in notices(worker)] == [0]
    assert tells(worker, after(FRIDAY, minutes=-16)) == {}
    assert tells(worker, FRIDAY) == {"composed": 1}
    assert len(letters_to(worker, "Bram")) == 1


def test_the_night_is_that_of_the_reader(cast: Cast, worker: Flask) -> None:
    wants(worker, cast, "Bram", time_zone="America/Curacao")
    says(cast, "Anna", action_of(cast), "@Bram goedemiddag", NIGHT)
    assert tells(worker, NIGHT) == {"composed": 1}


@pytest.mark.parametrize(("is_quiet", "comes_at"), [(True, MONDAY), (False, None)])
def test_in_a_weekend_it_waits_where_weekends_are_quiet(
    cast: Cast, worker: Flask, is_quiet: bool, comes_at: datetime | None
) -> None:
    with cast.acting_as("Anna"):
        here = Workspace.id == cast.amersfoort.id
        db.session.execute(update(Workspace).where(here).values(quiet_weekends=is_quiet))
        db.session.commit()
    says(cast, "Anna", action_of(cast), "@Bram fijn weekend", SATURDAY)
    ended = tells(worker, SATURDAY)
    assert ended == ({"waiting": 1} if comes_at else {"composed": 1})
    if comes_at:
        assert due_at(worker) == [comes_at]


def test_on_a_sunday_and_a_holiday_nobody_is_told(cast: Cast, worker: Flask) -> None:
    sunday = datetime.fromisoformat("2027-03-28T12:00+02:00")  # Easter; the clocks moved that night
    says(cast, "Anna", action_of(cast), "@Bram vrolijk Pasen", sunday)
    assert tells(worker, sunday) == {"waiting": 1}
    assert due_at(worker) == [datetime.fromisoformat("2027-03-30T07:00+02:00")]


def test_who_is_away_is_told_after_that(cast: Cast, worker: Flask) -> None:
    wants(worker, cast, "Bram", away_until=date(2027, 1, 17))
    says(cast, "Anna", action_of(cast), "@Bram goede reis")
    assert tells(worker, THURSDAY) == {"waiting": 1}
    assert due_at(worker) == [MONDAY]
    assert tells(worker, MONDAY) == {"composed": 1}


def test_what_was_seen_on_screen_is_not_mailed(cast: Cast, worker: Flask) -> None:
    number = action_of(cast)
    says(cast, "Anna", number, "@Bram kun jij koken?")
    looks_at(cast, "Bram", number, after(THURSDAY, minutes=3))
    says(cast, "Anna", number, "@Bram en brood?", after(THURSDAY, minutes=5))
    tells(worker, THURSDAY)
    (letter,) = letters_to(worker, "Bram")
    assert "en brood?" in letter.text
    assert "kun jij koken?" not in letter.text


def test_what_was_taken_away_is_not_mailed(cast: Cast, worker: Flask) -> None:
    number = action_of(cast)
    says(cast, "Anna", number, "@Bram kun jij koken?")
    takes_away(cast, "Anna", number, last_comment(cast), after(THURSDAY, minutes=2))
    assert tells(worker, THURSDAY) == {"dropped": 1}
    assert letters_to(worker, "Bram") == []


def test_who_left_is_not_told(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast), "@Bram kun jij koken?")
    with clock.at(after(THURSDAY, minutes=5)), cast.acting_as("Bram"):
        memberships.leave(member(cast, "Bram"), actor=member(cast, "Bram"))
        db.session.commit()
    assert tells(worker, THURSDAY) == {"dropped": 1}
    assert letters_to(worker, "Bram") == []


def test_a_workspace_that_closed_tells_nothing(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast), "@Bram kun jij koken?")
    with worker.app_context(), cast.acting_as("Anna"):
        here = Workspace.id == cast.amersfoort.id
        db.session.execute(update(Workspace).where(here).values(archived_at=THURSDAY))
        db.session.commit()
    assert tells(worker, THURSDAY) == {"dropped": 1}


def test_who_said_so_is_not_told_at_once(cast: Cast, worker: Flask) -> None:
    chooses(cast, "Bram", is_told_at_once=False)
    says(cast, "Anna", action_of(cast), "@Bram en @Chaima")
    assert tells(worker, THURSDAY) == {"dropped": 1, "composed": 1}
    assert letters_to(worker, "Bram") == []


def test_who_wants_no_mail_is_not_told_unless_they_chose_something_for_this_workspace(
    cast: Cast, worker: Flask
) -> None:
    wants(worker, cast, "Bram", digest_cadence="never")
    wants(worker, cast, "Chaima", digest_cadence="never")
    chooses(cast, "Chaima", cadence="weekly", weekday=2)
    says(cast, "Anna", action_of(cast), "@Bram en @Chaima")
    assert tells(worker, THURSDAY) == {"dropped": 1, "composed": 1}
    assert letters_to(worker, "Bram") == []


def test_the_outer_circle_is_told_nothing_of_the_inner_circle(cast: Cast, worker: Flask) -> None:
    number = action_of(cast)
    says(cast, "Anna", number, "@Chaima wil jij dit?")
    changes(cast, "Anna", number, after(THURSDAY, minutes=5), circle=Circle.INNER)
    assert tells(worker, THURSDAY) == {"dropped": 1}
    assert letters_to(worker, "Chaima") == []


def test_who_helps_is_told_for_whom(cast: Cast, worker: Flask) -> None:
    someone_helped(cast, "Bram")
    says(cast, "Anna", action_of(cast), "@Riet wil jij proeven?")
    assert tells(worker, THURSDAY) == {"composed": 1}
    (letter,) = letters_to(worker, "Bram")
    assert letter.subject == "Samen in Amersfoort: Anna noemt Riet, die jij helpt, bij ‘Soep’"
    assert "omdat iemand Riet noemde, die jij helpt." in letter.text


def test_who_helps_in_the_outer_circle_is_told_of_a_mention_by_another_outer_member(
    cast: Cast, worker: Flask
) -> None:
    """Chaima can't see Bram now; who arranges finds him."""
    with cast.acting_as("Anna"):
        db.session.execute(
            text("UPDATE app.membership SET circle = 'outer' WHERE id = :id"),
            {"id": cast.amersfoort.members["Bram"]},
        )
        db.session.commit()
    number = action_of(cast)
    says(cast, "Bram", number, "Ik kook")
    says(cast, "Chaima", number, "@Bram lekker")
    assert tells(worker, THURSDAY) == {"composed": 1}
    assert subjects(worker, "Bram") == ["Samen in Amersfoort: Chaima noemt je bij ‘Soep’"]


def test_a_new_action_and_one_that_is_taken_back(cast: Cast, worker: Flask) -> None:
    bram = cast.amersfoort.members["Bram"]
    action_of(cast, "Soep", owner_id=bram, due_on=date(2027, 2, 1))
    number = action_of(cast, "Brood")
    changes(cast, "Anna", number, THURSDAY, owner_id=bram)
    changes(cast, "Anna", number, after(THURSDAY, minutes=5), owner_id=None)
    action_of(cast, "Van mij", by="Bram", owner_id=bram)
    assert tells(worker, THURSDAY) == {"composed": 2}
    (letter,) = letters_to(worker, "Bram")
    assert letter.subject == "Samen in Amersfoort: Anna vroeg je om ‘Soep’ te trekken"
    assert "Klaar op 1 februari." in letter.text
    assert "Je krijgt deze mail omdat je een actie kreeg." in letter.text


def test_a_letter_with_more_kinds_says_each_reason(cast: Cast, worker: Flask) -> None:
    number = action_of(cast, owner_id=cast.amersfoort.members["Bram"])
    says(cast, "Anna", number, "@Bram lukt dit?")
    tells(worker, THURSDAY)
    (letter,) = letters_to(worker, "Bram")
    assert letter.subject.startswith("Samen in Amersfoort: Anna noemt je bij ‘Soep’ (en nog één ding)")
    assert "omdat iemand je noemde en je een actie kreeg." in letter.text
    assert letter.reply_to == ""


def test_an_english_reader_is_told_in_english(cast: Cast, worker: Flask) -> None:
    wants(worker, cast, "Bram", language="en")
    says(cast, "Anna", action_of(cast), "@Bram kun jij koken?")
    tells(worker, THURSDAY)
    (letter,) = letters_to(worker, "Bram")
    assert 'lang="en"' in letter.html


def test_what_people_write_is_text(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast, "<b>Soep</b>"), "@Bram <script>alert(1)</script>")
    tells(worker, THURSDAY)
    (letter,) = letters_to(worker, "Bram")
    shown = BeautifulSoup(letter.html, "lxml")
    assert shown.find_all("script") == []
    assert "<b>Soep</b>" in shown.h1.get_text()
    assert "@Bram <script>alert(1)</script>" in shown.select_one(".quote").get_text()
    assert "@Bram <script>alert(1)</script>" in letter.text


def test_two_workers_at_once_write_one_letter(cast: Cast, worker: Flask) -> None:
    number = action_of(cast)
    for minute in range(4):
        says(cast, "Anna", number, f"@Bram {minute}", after(THURSDAY, minutes=minute))
    together = Barrier(2)

    def work() -> None:
        with worker.app_context(), clock.at(after(THURSDAY, hours=1)):
            together.wait()
            while noticing.tell(limit=1):
                pass

    with ThreadPoolExecutor(2) as workers:
        for done in [workers.submit(work) for _ in range(2)]:
            done.result()
    (letter,) = letters_to(worker, "Bram")
    assert all(f"@Bram {minute}" in letter.text for minute in range(4))
    assert states(worker) == {"composed": 4}


def test_what_another_worker_claimed_goes_along_and_that_worker_finds_it_lost(
    cast: Cast, worker: Flask
) -> None:
    number = action_of(cast)
    says(cast, "Anna", number, "@Bram een")
    says(cast, "Anna", number, "@Bram twee", after(THURSDAY, minutes=1))
    with worker.app_context(), clock.at(after(THURSDAY, hours=1)):
        (first,) = claim(Notice, working="composing", limit=1)
        assert noticing.tell() == {"composed": 2}
        assert noticing._gather(first.person_id, first.workspace_id, [first]) == []
    assert len(letters_to(worker, "Bram")) == 1


def test_a_worker_that_dies_leaves_it_to_another_after_its_lease(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast), "@Bram kun jij koken?")
    with worker.app_context():
        with clock.at(after(THURSDAY, minutes=15)):
            (own,) = claim(Notice, working="composing")
            assert noticing._gather(own.person_id, own.workspace_id, [own])
        with clock.at(after(THURSDAY, minutes=19)):
            assert noticing.tell() == {}
        with clock.at(after(THURSDAY, minutes=21)):
            assert noticing.tell() == {"composed": 1}
            assert noticing.tell() == {}
    assert len(letters_to(worker, "Bram")) == 1
    assert [notice.attempts for notice in notices(worker)] == [2]


def test_one_failure_stops_nobody_else_and_is_parked_after_the_last_attempt(
    cast: Cast, worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = worker.extensions[NOTICED]

    def stumble_for_bram(member: Membership, ids: Sequence[UUID]) -> Mapping[UUID, Noticed]:
        assert member.name != "Bram", "Stumbled"
        return mentioned(member, ids)

    monkeypatch.setitem(worker.extensions, NOTICED, {**kinds, MENTIONED: stumble_for_bram})
    says(cast, "Anna", action_of(cast), "@Bram en @Chaima")
    with worker.app_context():
        for hour in range(1, 7):
            with clock.at(after(THURSDAY, hours=hour)):
                ended = noticing.tell()
                assert ended == (
                    {"failed": 1, "composed": 1} if hour == 1 else {"failed": 1} if hour < 6 else {}
                )
    parked = [notice for notice in notices(worker) if notice.state == "parked"]
    assert [notice.person_id for notice in parked] == [cast.people["Bram"]]
    assert "Stumbled" in parked[0].last_error


def test_what_a_letter_told_is_known_once_it_was_sent(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast), "@Bram kun jij koken?")
    comment = last_comment(cast)
    tells(worker, THURSDAY)
    with clock.at(after(THURSDAY, days=1)), cast.acting_as("Bram"):
        assert noticing.told_at_once() == frozenset()
    ends(worker, letters_to(worker, "Bram")[0], "sent")
    with clock.at(after(THURSDAY, days=1)):
        with cast.acting_as("Bram"):
            assert noticing.told_at_once() == {comment}
        with cast.acting_as("Anna"):
            assert noticing.told_at_once() == frozenset()


def test_notices_are_forgotten_after_half_a_year(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast), "@Bram kun jij koken?")
    tells(worker, THURSDAY)
    with worker.app_context():
        with clock.at(after(THURSDAY, days=179)):
            assert noticing.forget_old() == 0
        with clock.at(after(THURSDAY, days=181)):
            assert noticing.forget_old() == 1


def test_the_letter_stops_exactly_this(cast: Cast, worker: Flask) -> None:
    says(cast, "Anna", action_of(cast), "@Bram kun jij koken?")
    tells(worker, THURSDAY)
    (letter,) = letters_to(worker, "Bram")
    stop = letter.unsubscribe_url.removeprefix("http://localhost")
    assert cast.client().post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    with cast.acting_as("Bram"):
        choice = db.session.get(MailChoice, (cast.amersfoort.id, cast.people["Bram"]))
        assert choice
        assert not choice.is_told_at_once
        assert choice.cadence is None
    says(cast, "Anna", action_of(cast, "Brood"), "@Bram nog iets", after(THURSDAY, hours=1))
    assert tells(worker, after(THURSDAY, hours=1)) == {"dropped": 1}


def test_nothing_is_left_when_what_was_said_is_rolled_back(cast: Cast, worker: Flask) -> None:
    number = action_of(cast)
    with clock.at(THURSDAY), cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), owner_id=cast.amersfoort.members["Bram"])
        db.session.rollback()
    keeps(worker, THURSDAY)
    assert notices(worker) == []
