"""The page behind the link, in every case, and what yes and no do."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.cast import Cast
from tests.invitations.conftest import Invite, inviter, state_of
from tests.invitations.letters import letters_to
from vitaal.invitations.answering import AlreadyAnswered, accept, accept_as_newcomer
from vitaal.invitations.inviting import send_again, withdraw
from vitaal.invitations.models import PURPOSE, Invitation
from vitaal.invitations.presented import Case, present
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.kernel.tenancy import NOBODY, entering, switch
from vitaal.kernel.tokens import hash_of
from vitaal.people.models import Person, person_with
from vitaal.workspaces.models import Circle, Membership, Role, Workspace

LinkFor = Callable[[str], str]


def page(html: bytes) -> str:
    return BeautifulSoup(html, "html.parser").get_text(" ", strip=True)


def members_named(cast: Cast, name: str) -> list[Membership]:
    with cast.acting_as("Anna"):
        found = list(db.session.scalars(select(Membership).where(Membership.name == name)))
        db.session.expunge_all()
        return found


def test_looking_changes_nothing_and_tells_no_other_site(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    invitation_id = anna_invites("jan@example.nl", name="Jan Jansen", message="Na ons gesprek.")
    for _time in range(2):
        answer = cast.client().get(link_for("jan@example.nl"))
        words = page(answer.data)
        assert answer.status_code == 200
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Jan, doe je mee?" in words
    assert "Na ons gesprek." in words
    assert "Dit zien anderen van jou" in words
    assert "Bram" not in words
    assert "Chaima" not in words
    assert state_of(cast, invitation_id) == "open"


def test_a_new_person_gives_a_name_and_is_in(cast: Cast, anna_invites: Invite, link_for: LinkFor) -> None:
    invitation_id = anna_invites("jan@example.nl")
    client = cast.client()
    answer = client.post(link_for("jan@example.nl"), data={"name": "Jan Jansen"})
    assert answer.status_code == 303
    assert answer.location.endswith(f"/w/{cast.amersfoort.slug}")
    assert client.get(answer.location).status_code == 200
    [member] = members_named(cast, "Jan Jansen")
    assert (member.circle, member.roles, member.invitation_id) == ("outer", [], invitation_id)
    assert member.partner_id == cast.amersfoort.partners["Chaima"]
    assert state_of(cast, invitation_id) == "accepted"


def test_joining_is_told_and_counted(cast: Cast, anna_invites: Invite, link_for: LinkFor) -> None:
    anna_invites("jan@example.nl", Circle.INNER)
    cast.client().post(link_for("jan@example.nl"), data={"name": "Jan"})
    with cast.acting_as("Chaima"):
        told = db.session.execute(
            text("SELECT actor_name, object_name FROM app.event WHERE verb = 'joined'")
        ).all()
        assert told == [("Jan", "Welzijn Oost")]
        counts = db.session.execute(text("SELECT invited, accepted FROM oversight.progress")).all()
    assert counts == [(1, 1)]


def test_the_next_digest_of_a_new_person_will_be_reckoned(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    anna_invites("jan@example.nl")
    cast.client().post(link_for("jan@example.nl"), data={"name": "Jan"})
    with cast.app.app_context():
        jan = person_with("jan@example.nl")
        assert jan
        assert jan.digest_is_unplanned


@pytest.mark.parametrize("name", ["", "   ", "a" * 81, "Jan\x00", "\u202eJan"])
def test_without_a_usable_name_the_page_comes_back(
    cast: Cast, anna_invites: Invite, link_for: LinkFor, name: str
) -> None:
    invitation_id = anna_invites("jan@example.nl")
    answer = cast.client().post(link_for("jan@example.nl"), data={"name": name})
    assert answer.status_code == 422
    assert state_of(cast, invitation_id) == "open"


def test_an_account_that_is_signed_out_signs_in_by_code_and_comes_back(
    cast: Cast, anna_invites: Invite, link_for: LinkFor, worker: Flask
) -> None:
    invitation_id = anna_invites("daan@example.nl")
    link, client = link_for("daan@example.nl"), cast.client()
    assert "Je hebt al een account" in page(client.get(link).data)
    asked = client.post(link)
    assert asked.status_code == 303
    code = "".join(filter(str.isdigit, letters_to(worker, "daan@example.nl")[-1].subject)) or _code_in(worker)
    back = client.post(asked.location, data={"code": code})
    assert back.status_code == 303
    assert back.location == link
    assert client.post(link).status_code == 303
    assert state_of(cast, invitation_id) == "accepted"


def _code_in(worker: Flask) -> str:
    found = re.search(r"\b(\d{6}|\d{3} \d{3})\b", letters_to(worker, "daan@example.nl")[-1].text)
    assert found
    return found.group(1).replace(" ", "")


def test_who_is_signed_in_needs_one_button(cast: Cast, anna_invites: Invite, link_for: LinkFor) -> None:
    anna_invites("daan@example.nl", Circle.INNER)
    client = cast.client("Daan")
    assert "Ik doe mee" in page(client.get(link_for("daan@example.nl")).data)
    client.post(link_for("daan@example.nl"))
    [member] = members_named(cast, "Daan")
    assert member.person_id == cast.people["Daan"]
    assert member.circle == "inner"


def test_signed_in_as_someone_else_nothing_is_tied_in_silence(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    invitation_id = anna_invites("jan@example.nl")
    client, link = cast.client("Daan"), link_for("jan@example.nl")
    for answer in (client.get(link), client.post(link, data={"name": "Daan"})):
        words = page(answer.data)
        assert answer.status_code == 403
        assert "d***@example.nl" in words
        assert "j***@example.nl" in words
        assert "jan@example.nl" not in words
    assert members_named(cast, "Daan") == []
    assert state_of(cast, invitation_id) == "open"


def test_they_can_sign_out_and_go_on(cast: Cast, anna_invites: Invite, link_for: LinkFor) -> None:
    anna_invites("jan@example.nl")
    client, link = cast.client("Daan"), link_for("jan@example.nl")
    answer = client.post(f"{link}/uitloggen")
    assert answer.location == link
    assert client.get(link).status_code == 200


def test_they_can_show_with_a_code_that_the_address_is_theirs_too(
    cast: Cast, anna_invites: Invite, link_for: LinkFor, worker: Flask
) -> None:
    anna_invites("jan@example.nl")
    client, link = cast.client("Daan"), link_for("jan@example.nl")
    asked = client.post(f"{link}/ook-van-mij")
    letter = letters_to(worker, "jan@example.nl")[-1]
    found = re.search(r"\b(\d{6}|\d{3} \d{3})\b", letter.text)
    assert found
    client.post(asked.location, data={"code": found.group(1).replace(" ", "")})
    assert client.get(link).status_code == 200
    client.post(link)
    [member] = members_named(cast, "Daan")
    assert member.person_id == cast.people["Daan"]


def test_after_two_weeks_one_can_ask_for_a_new_one(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    anna_invites("jan@example.nl")
    link = link_for("jan@example.nl")
    with clock.at(clock.now() + timedelta(days=15)):
        answer = cast.client().get(link)
        assert answer.status_code == 410
        assert "Vraag een nieuwe" in page(answer.data)
        assert cast.client().post(link, data={"name": "Jan"}).status_code == 410
    assert members_named(cast, "Jan") == []


def test_sending_again_kills_the_old_link(cast: Cast, anna_invites: Invite, link_for: LinkFor) -> None:
    invitation_id = anna_invites("jan@example.nl")
    old = link_for("jan@example.nl")
    with cast.acting_as("Anna"):
        send_again(_found(invitation_id), inviter(cast))
        db.session.commit()
    assert cast.client().get(old).status_code == 410
    assert cast.client().get(link_for("jan@example.nl")).status_code == 200


def _found(invitation_id: object) -> Invitation:
    found = here(Invitation, invitation_id)  # type: ignore[arg-type]
    assert found
    return found


def test_closed_links_each_say_why_with_the_same_status_and_name_nobody(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    links = {}
    for who in ("weg", "nee", "op"):
        links[who] = (anna_invites(f"{who}@example.nl", name=who.title()), link_for(f"{who}@example.nl"))
    with cast.acting_as("Anna"):
        withdraw(_found(links["weg"][0]))
        db.session.commit()
    cast.client().post(f"{links['nee'][1]}/nee", data={"reason": "other", "month": ""})
    cast.client().post(links["op"][1], data={"name": "Op"})
    expected = {"weg": "ingetrokken", "nee": "nee, bedankt", "op": "al gebruikt"}
    answers = {who: cast.client().get(link) for who, (_id, link) in links.items()}
    answers["x"] = cast.client().get("/uitnodiging/bestaat-niet")
    for who, answer in answers.items():
        words = page(answer.data)
        assert answer.status_code == 410
        assert expected.get(who, "kennen deze link niet") in words
        assert "Amersfoort" not in words
        assert "Anna" not in words


def test_when_the_inviter_lost_the_right_the_link_is_worth_nothing(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    with cast.acting_as("Anna"):
        workspace = db.session.get_one(Workspace, cast.amersfoort.id)
        workspace.inviters = "inner"
        db.session.commit()
    invitation_id = anna_invites("jan@example.nl")
    with cast.acting_as("Anna"):
        _found(invitation_id).invited_by_id = cast.amersfoort.members["Bram"]
        db.session.commit()
    link = link_for("jan@example.nl")
    assert cast.client().get(link).status_code == 200
    with cast.acting_as("Anna"):
        db.session.get_one(Workspace, cast.amersfoort.id).inviters = "arrangers"
        db.session.commit()
    answer = cast.client().get(link)
    assert answer.status_code == 410
    assert "kan dat nu niet meer" in page(answer.data)
    assert cast.client().post(link, data={"name": "Jan"}).status_code == 410
    assert members_named(cast, "Jan") == []


def test_an_inner_member_who_may_invite_can_give_no_roles(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    with cast.acting_as("Anna"):
        db.session.get_one(Workspace, cast.amersfoort.id).inviters = "inner"
        db.session.commit()
    invitation_id = anna_invites("jan@example.nl", Circle.INNER, roles=[Role.LEAD])
    with cast.acting_as("Anna"):
        _found(invitation_id).invited_by_id = cast.amersfoort.members["Bram"]
        db.session.commit()
    assert cast.client().get(link_for("jan@example.nl")).status_code == 410


def test_when_the_workspace_is_closed_its_links_say_so(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    anna_invites("jan@example.nl")
    with cast.acting_as("Anna"):
        db.session.get_one(Workspace, cast.amersfoort.id).archived_at = clock.now()
        db.session.commit()
    answer = cast.client().get(link_for("jan@example.nl"))
    assert answer.status_code == 410
    assert "is gestopt" in page(answer.data)


def test_accepting_twice_is_friendly(cast: Cast, anna_invites: Invite, link_for: LinkFor) -> None:
    anna_invites("daan@example.nl")
    link, client = link_for("daan@example.nl"), cast.client("Daan")
    client.post(link)
    again = client.post(link)
    assert again.status_code == 303
    answer = client.get(link)
    assert answer.status_code == 200
    assert "Je doet al mee" in page(answer.data)
    assert len(members_named(cast, "Daan")) == 1


def test_a_member_who_is_asked_further_in_is_not_moved_but_asks(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    anna_invites("chaima.werk@example.nl", Circle.INNER)
    with cast.app.app_context():
        db.session.get_one(Person, cast.people["Chaima"]).prove("chaima.werk@example.nl")
        db.session.commit()
    client, link = cast.client("Chaima"), link_for("chaima.werk@example.nl")
    assert "Vraag het aan de trekkers" in page(client.get(link).data)
    assert client.post(link).status_code == 303
    [member] = members_named(cast, "Chaima")
    assert member.circle == "outer"
    with cast.acting_as("Anna"):
        verbs = db.session.scalars(text("SELECT verb FROM app.event WHERE actor_name = 'Chaima'")).all()
    assert verbs == ["asked_further_in"]


def test_no_with_a_month_is_kept(cast: Cast, anna_invites: Invite, link_for: LinkFor) -> None:
    invitation_id = anna_invites("jan@example.nl")
    link = link_for("jan@example.nl")
    month = BeautifulSoup(cast.client().get(f"{link}/nee").data, "html.parser").select("#month option")[3][
        "value"
    ]
    answer = cast.client().post(f"{link}/nee", data={"reason": "not_now", "month": month})
    assert answer.status_code == 200
    with cast.acting_as("Anna"):
        invitation = _found(invitation_id)
        assert (invitation.state, invitation.decline_reason) == ("declined", "not_now")
        assert invitation.ask_again_on
        assert invitation.ask_again_on.isoformat() == month


@pytest.mark.parametrize(
    "data", [{"reason": "x"}, {"reason": "not_now", "month": "2020-01-01"}, {"month": "\x00"}]
)
def test_a_strange_no_is_asked_again(
    cast: Cast, anna_invites: Invite, link_for: LinkFor, data: dict[str, str]
) -> None:
    invitation_id = anna_invites("jan@example.nl")
    assert cast.client().post(f"{link_for('jan@example.nl')}/nee", data=data).status_code == 422
    assert state_of(cast, invitation_id) == "open"


def test_two_acceptances_at_the_same_time_give_one_membership(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    """The second opens its page before the first is done, and commits after it."""
    anna_invites("daan@example.nl")
    secret = link_for("daan@example.nl").rsplit("/", 1)[1]
    with cast.app.app_context():
        daan = db.session.get_one(Person, cast.people["Daan"])
        db.session.expunge(daan)
        second = present(secret, daan)
        assert second.case == Case.READY
        with cast.app.app_context():
            accept(present(secret, daan), daan)
            db.session.commit()
        with pytest.raises(AlreadyAnswered):
            accept(second, daan)
        db.session.rollback()
        switch(db.session, NOBODY)
    assert len(members_named(cast, "Daan")) == 1


def test_two_new_persons_with_one_letter_are_one(cast: Cast, anna_invites: Invite, link_for: LinkFor) -> None:
    anna_invites("jan@example.nl")
    secret = link_for("jan@example.nl").rsplit("/", 1)[1]
    with cast.app.app_context():
        second = present(secret, None)
        with cast.app.app_context():
            accept_as_newcomer(present(secret, None), "Jan", "nl")
            db.session.commit()
        with pytest.raises(AlreadyAnswered):
            accept_as_newcomer(second, "Jan weer", "nl")
        db.session.rollback()
        switch(db.session, NOBODY)
    assert members_named(cast, "Jan weer") == []


@pytest.mark.parametrize(
    "change", [{"circle": "inner"}, {"roles": ["lead"]}, {"partner": "Anna"}, {"person_id": "Bram"}]
)
def test_the_wall_lets_an_invited_person_in_only_as_the_invitation_says(
    cast: Cast, anna_invites: Invite, link_for: LinkFor, change: dict[str, object]
) -> None:
    invitation_id = anna_invites("daan@example.nl", partner="Bram")
    secret = hash_of(link_for("daan@example.nl").rsplit("/", 1)[1], PURPOSE)
    values = {
        "workspace_id": cast.amersfoort.id,
        "id": new_id(),
        "person_id": cast.people[str(change.get("person_id", "Daan"))],
        "partner_id": cast.amersfoort.partners[str(change.get("partner", "Bram"))],
        "circle": change.get("circle", "outer"),
        "roles": change.get("roles", []),
        "invitation_id": invitation_id,
    }
    insert = text(
        "INSERT INTO app.membership (workspace_id, id, person_id, partner_id, name, circle, roles, invitation_id, joined_at)"
        " VALUES (:workspace_id, :id, :person_id, :partner_id, 'Daan', :circle, :roles, :invitation_id, now())"
    )
    with (
        cast.app.app_context(),
        entering(db.session, person_id=cast.people["Daan"], workspace_id=cast.amersfoort.id, token=secret),
        pytest.raises(DBAPIError, match="row-level security"),
    ):
        db.session.execute(insert, values)


@pytest.mark.parametrize("column", ["circle = 'inner'", "roles = '{lead}'", "partner_id = gen_random_uuid()"])
def test_the_wall_lets_nobody_rewrite_what_an_invitation_grants(
    cast: Cast, anna_invites: Invite, link_for: LinkFor, column: str
) -> None:
    anna_invites("daan@example.nl")
    secret = hash_of(link_for("daan@example.nl").rsplit("/", 1)[1], PURPOSE)
    with (
        cast.app.app_context(),
        entering(db.session, person_id=cast.people["Daan"], workspace_id=cast.amersfoort.id, token=secret),
        pytest.raises(DBAPIError, match="permission denied"),
    ):
        db.session.execute(text(f"UPDATE app.invitation SET {column}"))


def test_an_invited_person_sees_the_invitation_its_partner_and_no_one_else(
    cast: Cast, anna_invites: Invite, link_for: LinkFor
) -> None:
    anna_invites("jan@example.nl")
    anna_invites("kees@example.nl")
    secret = hash_of(link_for("jan@example.nl").rsplit("/", 1)[1], PURPOSE)
    with cast.app.app_context(), entering(db.session, workspace_id=cast.amersfoort.id, token=secret):
        assert db.session.scalars(text("SELECT email FROM app.invitation")).all() == ["jan@example.nl"]
        for table in ("membership", "event", "action", "circle_period", "join_request"):
            assert db.session.scalar(text(f"SELECT count(*) FROM app.{table}")) == 0, table
