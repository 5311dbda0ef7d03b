"""Anna invites; everyone else answers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests.cast import Cast
from tests.invitations.letters import letters_to, link_in
from vitaal.invitations.inviting import Inviter, invite
from vitaal.invitations.models import Invitation
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle, Membership, Partner

Invite = Callable[..., UUID]


def inviter(cast: Cast, name: str = "Anna") -> Inviter:
    """This member as an inviter, in the workspace we are in."""
    member = db.session.scalars(
        select(Membership)
        .options(joinedload(Membership.partner))
        .where(Membership.id == cast.amersfoort.members[name])
    ).one()
    return Inviter.from_member(member)


@pytest.fixture
def anna_invites(cast: Cast) -> Invite:
    """Anna invites an address on behalf of the Wandelclub (outer) or, into the inner circle, Welzijn Oost."""

    def ask(email: str, circle: Circle = Circle.OUTER, **more: Any) -> UUID:
        with cast.acting_as("Anna"):
            owner = more.pop("partner", "Bram" if circle == Circle.INNER else "Chaima")
            partner = here(Partner, cast.amersfoort.partners[owner])
            assert partner
            made = invite(
                email,
                partner=partner,
                circle=circle,
                inviter=inviter(cast),
                roles=more.pop("roles", []),
                **more,
            )
            db.session.commit()
            return made.id

    return ask


@pytest.fixture
def link_for(worker: Flask) -> Callable[[str], str]:
    """The link in the newest invitation to an address."""
    return lambda email: link_in(
        [letter for letter in letters_to(worker, email) if "/uitnodiging/" in letter.text][-1]
    )


def state_of(cast: Cast, invitation_id: UUID) -> str:
    """The state of an invitation, as Anna sees it."""
    with cast.acting_as("Anna"):
        found = here(Invitation, invitation_id)
        assert found
        return found.state
