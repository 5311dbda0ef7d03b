"""Asking someone in: what is stored, what is sent, what is refused."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.invitations.conftest import Invite, inviter, state_of
from tests.invitations.letters import letters_to
from vitaal.invitations.inviting import (
    AlreadyInvited,
    AlreadyMember,
    BadAddress,
    NotOpen,
    SentTooOften,
    TooFarIn,
    TooMany,
    invite,
    send_again,
    withdraw,
)
from vitaal.invitations.models import Invitation
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle, Partner, Role


def test_an_invitation_sends_one_letter_that_says_who_why_what_how_long_and_no(
    anna_invites: Invite, worker: Flask
) -> None:
    anna_invites("Jan@Example.NL", name="Jan Jansen", message="Na ons gesprek op de markt.")
    [letter] = letters_to(worker, "jan@example.nl")
    for words in (
        "Anna van Buurthuis De Kom",
        "namens Wandelclub",
        "Samen in Amersfoort",
        "Na ons gesprek op de markt.",
        "buitencirkel",
        "geldt tot en met",
        "eerst bellen",
        "Nee, bedankt",
    ):
        assert words in letter.text
        assert words in letter.html or " van " in words
    assert letter.assurance == "at_least_once"


def test_the_letter_names_each_role(anna_invites: Invite, worker: Flask) -> None:
    anna_invites("jan@example.nl", roles=[Role.LEAD, Role.FACILITATOR, Role.LIAISON])
    (letter,) = letters_to(worker, "jan@example.nl")
    assert "We vragen je als trekker, procesbegeleider en verbindingsofficier." in letter.text


def test_a_member_is_not_invited_again(anna_invites: Invite) -> None:
    with pytest.raises(AlreadyMember):
        anna_invites("chaima@example.nl")


def test_an_open_invitation_is_not_made_twice(anna_invites: Invite, worker: Flask) -> None:
    anna_invites("jan@example.nl")
    with pytest.raises(AlreadyInvited):
        anna_invites("JAN@example.nl")
    assert len(letters_to(worker, "jan@example.nl")) == 1


@pytest.mark.parametrize(
    "nonsense", ["", "jan", "jan@", "a\x00b@example.nl", "\ud800@x.nl", "x" * 300 + "@x.nl"]
)
def test_what_is_no_address_is_refused(anna_invites: Invite, nonsense: str) -> None:
    with pytest.raises(BadAddress):
        anna_invites(nonsense)


def test_nobody_is_invited_further_in_than_their_partner_or_into_the_free_space(cast: Cast) -> None:
    with cast.acting_as("Anna"):
        outer = here(Partner, cast.amersfoort.partners["Chaima"])
        assert outer
        for circle in (Circle.INNER, Circle.FREE):
            with pytest.raises(TooFarIn):
                invite("jan@example.nl", partner=outer, circle=circle, roles=[], inviter=inviter(cast))


def test_a_workspace_makes_fifty_invitations_a_day_and_goes_on_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, anna_invites: Invite
) -> None:
    monkeypatch.setattr("vitaal.invitations.inviting.MOST_PER_DAY", 2)
    anna_invites("een@example.nl")
    anna_invites("twee@example.nl")
    with pytest.raises(TooMany):
        anna_invites("drie@example.nl")
    with clock.at(clock.now() + timedelta(days=1)):
        anna_invites("drie@example.nl")


def test_sending_again_is_in_the_name_of_who_clicks_and_restarts_the_clock(
    cast: Cast, anna_invites: Invite, worker: Flask
) -> None:
    invitation_id = anna_invites("jan@example.nl", Circle.INNER)
    later = clock.now() + timedelta(days=10)
    with clock.at(later), cast.acting_as("Bram"):
        invitation = here(Invitation, invitation_id)
        assert invitation
        send_again(invitation, inviter(cast, "Bram"))
        db.session.commit()
        assert (invitation.expires_at - later, invitation.sendings) == (timedelta(days=14), 2)
    assert "Bram van Welzijn Oost" in letters_to(worker, "jan@example.nl")[1].text


def test_three_letters_is_enough(cast: Cast, anna_invites: Invite) -> None:
    invitation_id = anna_invites("jan@example.nl")
    with cast.acting_as("Anna"):
        invitation = here(Invitation, invitation_id)
        assert invitation
        send_again(invitation, inviter(cast))
        send_again(invitation, inviter(cast))
        with pytest.raises(SentTooOften):
            send_again(invitation, inviter(cast))


def test_a_withdrawn_invitation_stays_withdrawn(cast: Cast, anna_invites: Invite) -> None:
    invitation_id = anna_invites("jan@example.nl", roles=[Role.LIAISON])
    with cast.acting_as("Anna"):
        invitation = here(Invitation, invitation_id)
        assert invitation
        withdraw(invitation)
        withdraw(invitation)
        db.session.commit()
        with pytest.raises(NotOpen):
            send_again(invitation, inviter(cast))
    assert state_of(cast, invitation_id) == "withdrawn"
