"""Working groups take people from every circle; the spread of the work is shown without blame."""

from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.agenda.story import member
from tests.cast import Cast
from tests.counting import statements
from vitaal.agenda import groups
from vitaal.agenda.equal_voice import spread
from vitaal.agenda.models import Action, ActionHelper, WorkingGroup
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle, Partner, PartnerKind


def root(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}"


def a_group(cast: Cast) -> UUID:
    with cast.acting_as("Anna"):
        group = groups.begin(
            "Keuken", purpose="Samen koken", lead=member(cast, "Bram"), by=member(cast, "Anna")
        )
        db.session.commit()
        return group.id


def names(cast: Cast, group_id: UUID) -> list[str]:
    with cast.acting_as("Anna"):
        return [one.name for one in groups.members_of(here(WorkingGroup, group_id))]


def test_who_begins_and_who_leads_take_part(cast: Cast) -> None:
    assert names(cast, a_group(cast)) == ["Anna", "Bram"]


def test_someone_of_the_outer_circle_takes_part_and_stops_again(cast: Cast) -> None:
    group_id = a_group(cast)
    address = f"{root(cast)}/groepen/{group_id}"
    chosen = {"member_id": str(cast.amersfoort.members["Chaima"])}
    assert cast.client("Bram").post(f"{address}/leden", data=chosen).status_code == 303
    assert names(cast, group_id) == ["Anna", "Bram", "Chaima"]
    assert cast.client("Chaima").get(address).status_code == 200
    assert cast.client("Chaima").post(f"{address}/stoppen").status_code == 303
    assert names(cast, group_id) == ["Anna", "Bram"]


def test_a_lead_who_stops_leaves_the_group_without_one(cast: Cast) -> None:
    group_id = a_group(cast)
    cast.client("Bram").post(f"{root(cast)}/groepen/{group_id}/stoppen")
    with cast.acting_as("Anna"):
        assert here(WorkingGroup, group_id).lead_id is None


def test_an_unknown_member_is_refused_kindly(cast: Cast) -> None:
    group_id = a_group(cast)
    chosen = {"member_id": str(cast.elsewhere.members["Daan"])}
    answer = cast.client("Anna").post(f"{root(cast)}/groepen/{group_id}/leden", data=chosen)
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "lxml").find(id="member_id-e").get_text() == "Kies iets uit de lijst."


def test_the_outer_circle_puts_nobody_in_a_group_whatever_the_code_asks(cast: Cast) -> None:
    group_id = a_group(cast)
    with cast.acting_as("Chaima"), pytest.raises(DBAPIError, match="row-level security"):
        db.session.execute(
            text("INSERT INTO app.group_member VALUES (:workspace, :group, :member, now())"),
            {"workspace": cast.amersfoort.id, "group": group_id, "member": cast.amersfoort.members["Chaima"]},
        )


def test_two_who_change_a_group_both_keep_their_words(cast: Cast) -> None:
    address = f"{root(cast)}/groepen/{a_group(cast)}/aanpassen"
    assert cast.client("Anna").post(address, data={"name": "Eten", "version": "1"}).status_code == 303
    answer = cast.client("Bram").post(address, data={"name": "Soep", "version": "1"})
    page = BeautifulSoup(answer.text, "lxml").main
    assert answer.status_code == 409
    assert page.find(id="name")["value"] == "Soep"
    assert "Eten" in page.find(role="alert").get_text()


def test_a_group_that_is_done_stays_readable(cast: Cast) -> None:
    group_id = a_group(cast)
    assert cast.client("Anna").post(f"{root(cast)}/groepen/{group_id}/einde").status_code == 303
    page = BeautifulSoup(cast.client("Chaima").get(f"{root(cast)}/groepen").text, "lxml").main
    assert page.find(class_="tag").get_text() == "Klaar"


def test_the_list_counts_people_and_open_actions(cast: Cast) -> None:
    group_id = a_group(cast)
    with cast.acting_as("Anna"):
        for status in ("to_do", "done"):
            Action.add("Koken", by=member(cast, "Anna"), group_id=group_id, status=status)
        seen = groups.groups_in_view()[0]
        assert (seen.group.name, seen.lead, seen.members, seen.open_actions) == ("Keuken", "Bram", 2, 1)


def test_the_spread_counts_what_partners_lead_and_help_with(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        anna = member(cast, "Anna")
        for owner in ("Anna", "Anna", "Bram"):
            action = Action.add("Iets", by=anna, owner_id=cast.amersfoort.members[owner])
        Action.add("Van niemand", by=anna)
        Action.add("Een idee", by=anna, status="idea")
        db.session.add(
            ActionHelper(
                workspace_id=action.workspace_id,
                action_id=action.id,
                member_id=cast.amersfoort.members["Chaima"],
            )
        )
        db.session.flush()
        found = spread()
        counts = {share.partner.name: (share.leads, share.helps) for share in found.shares}
        totals = (
            found.total,
            found.without_owner,
            found.led_by(formal=True),
            found.resting,
            found.busiest_two,
        )
    assert counts == {"Buurthuis De Kom": (2, 0), "Welzijn Oost": (1, 0), "Wandelclub": (0, 1)}
    assert totals == (3, 1, 3, [], [])


def test_two_who_do_everything_are_named_when_there_are_more_partners(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        for name in ("Zorggroep", "Bibliotheek"):
            Partner.welcome(
                name,
                PartnerKind.ORGANISATION,
                Circle.INNER,
                is_formal=True,
                reason="Nieuw",
                decided_by="Anna",
            )
        for owner in ("Anna", "Bram"):
            Action.add("Iets", by=member(cast, "Anna"), owner_id=cast.amersfoort.members[owner])
        found = spread()
        assert {partner.name for partner in found.busiest_two} == {"Buurthuis De Kom", "Welzijn Oost"}
        assert {partner.name for partner in found.resting} == {"Zorggroep", "Bibliotheek"}
        db.session.commit()
    page = BeautifulSoup(cast.client("Chaima").get(f"{root(cast)}/agenda/verdeling").text, "lxml").main
    assert "trekken samen het meeste" in page.get_text()


def test_the_pages_ask_at_most_twelve_statements(cast: Cast) -> None:
    group_id = a_group(cast)
    anna = cast.client("Anna")
    for address in ("groepen", f"groepen/{group_id}", f"groepen/{group_id}/aanpassen", "agenda/verdeling"):
        with statements(cast.app) as asked:
            assert anna.get(f"{root(cast)}/{address}").status_code == 200
        assert len(asked) <= 12, address
