"""What the outer circle may not see, it does not learn by another way either."""

from datetime import timedelta

from flask import Flask

from tests.agenda.meetings import address as meetings_address
from tests.agenda.meetings import planned, points, the
from tests.agenda.story import address, an_action, found, member, page
from tests.agenda.test_export import table, taken_along
from tests.cast import Cast
from tests.digests.at_once import THURSDAY, action_of, letters_to, tells
from vitaal.activity.models import Event
from vitaal.agenda import groups, minutes, together
from vitaal.agenda.helping import help_with
from vitaal.agenda.models import Point
from vitaal.agenda.putting_away import empty_trash
from vitaal.decisions.models import How
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.workspaces.memberships import welcome_helped
from vitaal.workspaces.models import Circle, Partner, Reach


def history(cast: Cast, name: str) -> str:
    return page(cast, name, f"/w/{cast.amersfoort.slug}/geschiedenis").main.get_text(" ", strip=True)


def test_who_may_no_longer_see_an_action_reads_nothing_about_it_in_the_history(cast: Cast) -> None:
    number = an_action(cast, "Schulden bespreken")
    assert "Schulden bespreken" in history(cast, "Chaima")
    with cast.acting_as("Anna"):
        found(number).change(by=member(cast, "Anna"), circle=Circle.INNER)
        db.session.commit()
    assert "Schulden bespreken" not in history(cast, "Chaima")
    assert "Schulden bespreken" in history(cast, "Bram")


def test_a_meeting_that_was_closed_to_others_leaves_their_history(cast: Cast) -> None:
    number = planned(cast, "Moeilijk gesprek", asks=[Circle.INNER])
    assert "Moeilijk gesprek" in history(cast, "Chaima")
    with cast.acting_as("Anna"):
        the(number).circle = Circle.INNER
        db.session.commit()
    assert "Moeilijk gesprek" not in history(cast, "Chaima")


def test_a_decision_about_an_inner_action_stays_inside_also_when_the_action_is_gone(
    cast: Cast, worker: Flask
) -> None:
    action, number = an_action(cast, "Schulden", circle=Circle.INNER), planned(cast)
    with cast.acting_as("Anna"):
        (point,) = minutes.add_points(the(number), minutes.from_actions([found(action)]))
        found(action).deleted_at = clock.now() - timedelta(days=31)
        db.session.commit()
        point_id = point.id
    with worker.app_context():
        assert empty_trash() == 1
        db.session.commit()
    with cast.acting_as("Anna"):
        point = here(Point, point_id)
        assert point
        minutes.decide(
            the(number), point, "Wij helpen", how=How.CONSENT, on=clock.today(), by=member(cast, "Anna")
        )
        db.session.commit()
        (event,) = db.session.query(Event).filter_by(object_kind="decision")
        assert event.circle == Circle.INNER
    assert "Wij helpen" not in history(cast, "Chaima")


def test_an_action_tells_the_name_of_its_meeting_only_to_who_sees_the_meeting(cast: Cast) -> None:
    number = planned(cast, "Moeilijk gesprek", asks=[Circle.INNER], circle=Circle.INNER)
    (point_id,) = points(cast, number, "Wat nu?")
    with cast.acting_as("Anna"):
        point = here(Point, point_id)
        assert point
        action = minutes.agree(
            the(number), point, "Bellen", by=member(cast, "Anna"), circle=Circle.OUTER
        ).number
        db.session.commit()
    assert "de bijeenkomst ‘Moeilijk gesprek’" in page(cast, "Bram", address(cast, action)).main.get_text()
    seen = page(cast, "Chaima", address(cast, action)).main.get_text()
    assert "een bijeenkomst" in seen
    assert "Moeilijk gesprek" not in seen
    assert cast.client("Chaima").get(meetings_address(cast, number)).status_code == 404


def test_who_helps_an_insider_gets_no_letter_about_an_inner_action(cast: Cast, worker: Flask) -> None:
    with cast.acting_as("Anna"):
        partner = db.session.get_one(Partner, (cast.amersfoort.id, cast.amersfoort.partners["Bram"]))
        riet = welcome_helped("Riet", partner, reach=Reach.PHONE, contact="(0123) 45 67 89",
                              helper=member(cast, "Chaima"), consented_on=clock.today(), by=member(cast, "Anna")).id  # fmt: skip
        db.session.commit()
    action_of(cast, "Schulden", circle=Circle.INNER, owner_id=riet)
    action_of(cast, "Samen eten", owner_id=riet)
    tells(worker, THURSDAY)
    (letter,) = letters_to(worker, "Chaima")
    assert "Samen eten" in letter.text
    assert "Schulden" not in letter.text


def test_nobody_counts_what_they_may_not_see(cast: Cast) -> None:
    numbers = [
        an_action(cast, "Open"),
        *(an_action(cast, f"Dicht {n}", circle=Circle.INNER) for n in range(3)),
    ]
    with cast.acting_as("Anna"):
        together.change_all(
            [found(number) for number in numbers], {"due_on": clock.today()}, by=member(cast, "Anna")
        )
        db.session.commit()
    told = "Anna veranderde %s acties"
    assert told % 1 in history(cast, "Chaima")
    assert told % 3 not in history(cast, "Chaima")
    assert told % 3 in history(cast, "Bram")


def test_members_of_the_outer_circle_do_not_read_each_others_names_in_what_happened(cast: Cast) -> None:
    number = an_action(cast, "Samen eten")
    with cast.acting_as("Anna"):
        anna, chaima = member(cast, "Anna"), member(cast, "Chaima")
        found(number).change(by=anna, owner_id=chaima.id)
        help_with(found(number), chaima, by=anna)
        group = groups.begin("Keuken", purpose="", lead=None, by=anna)
        groups.welcome(group, chaima, by=anna)
        db.session.commit()
    text = history(cast, "Bram")
    assert text.count("Iemand uit de buitencirkel") == 3


def test_an_owner_whom_the_reader_does_not_see_is_named_so_everywhere_and_never_nobody(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        partner = db.session.get_one(Partner, (cast.amersfoort.id, cast.amersfoort.partners["Chaima"]))
        owners = [
            welcome_helped(name, partner, reach=Reach.PHONE, contact="(0123) 45 67 89", helper=member(cast, "Bram"),
                           consented_on=clock.today(), by=member(cast, "Anna")).id
            for name in ("Riet", "Sjaak")
        ]  # fmt: skip
        db.session.commit()
    today = clock.today()
    numbers = [
        an_action(cast, "Soep", owner_id=owners[0], due_on=today),
        an_action(cast, "Zingen", due_on=today + timedelta(1)),
        an_action(cast, "Brood", owner_id=owners[1], due_on=today + timedelta(2)),
    ]
    root, someone = f"/w/{cast.amersfoort.slug}/agenda", "Iemand uit de buitencirkel"
    for path in (f"{root}/{numbers[0]}", root, f"{root}?weergave=bord", f"{root}/afdrukken"):
        assert someone in page(cast, "Chaima", path).main.get_text(), path
    main = page(cast, "Chaima", f"{root}?groep=persoon").main
    heads = [head.get_text(strip=True) for head in main.select("h2[id^=groep-]")]
    assert heads == [someone, "Nog niemand"]
    assert [one.get_text() for one in main.select("[id^=stand-]")] == ["0 van 2 klaar", "0 van 1 klaar"]
    owner_column = [row[4] for row in table(taken_along(cast, "Chaima"), "csv")[1:]]
    assert owner_column == [someone, "", someone]
    assert [row[4] for row in table(taken_along(cast, "Bram"), "csv")[1:]] == ["Riet", "", "Sjaak"]


def test_what_came_of_a_meeting_is_not_led_by_nobody_for_who_does_not_see_its_owner(cast: Cast) -> None:
    number = planned(cast)
    (point_id,) = points(cast, number, "Wat nu?")
    with cast.acting_as("Anna"):
        partner = db.session.get_one(Partner, (cast.amersfoort.id, cast.amersfoort.partners["Chaima"]))
        riet = welcome_helped("Riet", partner, reach=Reach.PHONE, contact="(0123) 45 67 89",
                              helper=member(cast, "Bram"), consented_on=clock.today(), by=member(cast, "Anna")).id  # fmt: skip
        point = here(Point, point_id)
        assert point
        minutes.agree(the(number), point, "Bellen", by=member(cast, "Anna"), owner_id=riet)
        db.session.commit()
    shown = page(cast, "Chaima", meetings_address(cast, number)).main.get_text()
    assert "iemand uit de buitencirkel" in shown
    assert "nog niemand" not in shown
