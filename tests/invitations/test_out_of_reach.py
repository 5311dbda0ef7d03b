"""An invitation to an address that does not exist: who invited and who arranges know, and can try another."""

from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.invitations.letters import letters_to
from vitaal.invitations.models import Invitation
from vitaal.kernel.db import db
from vitaal.post import bounces

TRUUS = "truus@example.nl"


def invites(cast: Cast, email: str = TRUUS) -> None:
    guest = {
        "new_partner": "Soepgroep",
        "name": "Truus",
        "email": email,
        "kind": "initiative",
        "circle": "outer",
    }
    path = f"/w/{cast.amersfoort.slug}/cirkels/uitnodigen"
    assert cast.client("Anna").post(path, data={"message": "", **guest}).status_code == 303


def bounces_for(worker: Flask, email: str = TRUUS) -> None:
    with worker.app_context():
        bounces.remember(email, "550 5.1.1 User unknown")
        db.session.commit()


def seen(cast: Cast, name: str, path: str = "") -> str:
    return cast.client(name).get(f"/w/{cast.amersfoort.slug}{path}").text


def test_who_invited_reads_it_on_vandaag_and_in_the_list(cast: Cast, worker: Flask) -> None:
    invites(cast)
    assert "kwam niet aan" not in seen(cast, "Anna") + seen(cast, "Anna", "/uitnodigingen")
    bounces_for(worker)
    assert "De uitnodiging aan Truus kwam niet aan" in seen(cast, "Anna")
    listed = seen(cast, "Anna", "/uitnodigingen")
    assert "kwam niet aan" in listed
    assert "Stuur opnieuw" not in listed


def test_who_arranges_hears_of_those_of_others_too_and_other_members_do_not(
    cast: Cast, worker: Flask
) -> None:
    invites(cast)
    bounces_for(worker)
    with cast.acting_as("Anna"):
        db.session.scalars(select(Invitation)).one().invited_by_id = cast.amersfoort.members["Bram"]
        db.session.commit()
    assert "De uitnodiging aan Truus kwam niet aan" in seen(cast, "Anna")
    assert "kwam niet aan" not in seen(cast, "Chaima")


def test_who_invites_the_same_address_anew_has_it_tried_once_more(cast: Cast, worker: Flask) -> None:
    bounces_for(worker)
    invites(cast)
    with worker.app_context():
        assert not bounces.is_unreachable(TRUUS)
    assert len(letters_to(worker, TRUUS)) == 1
