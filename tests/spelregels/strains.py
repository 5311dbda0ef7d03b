"""What the tests of strains share: someone brings one up, the worker writes its letters, someone looks at its page."""

from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from tests.agenda.story import member
from tests.cast import Cast, Place
from tests.invitations.letters import letters_to
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.post.models import Letter
from vitaal.spelregels import strain_letters, strains
from vitaal.spelregels.models import Strain
from vitaal.spelregels.strain_queries import strain_with

HAPPENED = "De datum schoof twee keer op."


def brought_up(
    cast: Cast,
    *,
    by: str = "Chaima",
    other: str = "",
    guide: str = "",
    happened: str = HAPPENED,
    place: Place | None = None,
    **more: Any,
) -> UUID:
    """Someone shares a strain with the other, with a guide or with both; its id."""
    with cast.acting_as(by, place):
        chosen = {"other": other, "guide": guide}
        people = {part: member(cast, name, place) for part, name in chosen.items() if name}
        strain = strains.bring_up(happened, by=member(cast, by, place), **people, **more)
        db.session.commit()
        return strain.id


def brought_to_group(cast: Cast, *, by: str = "Bram", happened: str = HAPPENED, **more: Any) -> UUID:
    """Someone lets the inner circle read a strain; its id."""
    with cast.acting_as(by):
        strain = strains.bring_to_group(happened, by=member(cast, by), **more)
        db.session.commit()
        return strain.id


def the(strain_id: UUID) -> Strain:
    """The strain with this id; within `cast.acting_as`."""
    strain = strain_with(strain_id)
    assert strain
    return strain


def address(cast: Cast, *more: object) -> str:
    """The form, or a page below it."""
    return "/".join([f"/w/{cast.amersfoort.slug}/spelregels/bespreken", *map(str, more)])


def letters(worker: Flask, name: str) -> list[Letter]:
    """What someone got about strains, after the worker kept every promise, even those that it kept before."""
    with worker.app_context():
        asked = select(Promise).where(Promise.kind == strains.INVITE_TO_TALK).order_by(Promise.id)
        promised = db.session.scalars(asked).all()
        db.session.expunge_all()
        db.session.commit()
        for promise in promised:
            strain_letters.invite_to_talk(promise)
    return [
        each for each in letters_to(worker, f"{name.lower()}@example.nl") if each.kind == "spelregels.talk"
    ]
