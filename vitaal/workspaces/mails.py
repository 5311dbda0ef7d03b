"""The letters that tell members what changes for them."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from vitaal.kernel.db import db
from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.workspaces import words
from vitaal.workspaces.models import Circle, Membership, Municipality, Partner, Programme, Workspace


def moved(
    partner: Partner, workspace: Workspace, members: Sequence[Membership], *, reason: str, by: Membership
) -> Iterator[Letter]:
    """To each member of a partner that moved, but not to who did it: where they stand now and what that means."""
    circle = Circle(partner.circle)
    for person in _people(members, but=by):
        with force_locale(person.language):
            where = str(words.CIRCLES_IN_TEXT[circle])
            subject = _("%(partner)s staat nu in %(circle)s", partner=partner.name, circle=where)
            means = words.in_product(circle)
        yield compose(
            "circle_moved", person.email, subject=subject, template="workspaces/mail/moved",
            language=person.language, assurance=Assurance.AT_MOST_ONCE, person=person, partner=partner,
            workspace=workspace, reason=reason, by=by, is_over=circle is Circle.FREE, means=means,
            sender_name=workspace.name, href=address_of("workspaces.circles", slug=workspace.slug),
        )  # fmt: skip


def ended(
    workspace: Workspace, members: Sequence[Membership], *, reason: str, by: Membership
) -> Iterator[Letter]:
    """To each member whose membership was ended by someone else."""
    for person in _people(members, but=by):
        with force_locale(person.language):
            subject = _("Je doet niet meer mee met %(place)s", place=workspace.name)
        yield compose(
            "membership_ended", person.email, subject=subject, template="workspaces/mail/ended",
            language=person.language, assurance=Assurance.AT_MOST_ONCE, person=person, workspace=workspace,
            reason=reason, by=by, sender_name=workspace.name,
        )  # fmt: skip


def appointed_officer(person: Person, municipality: Municipality, *, by: Person) -> Letter:
    """To someone who may start coalitions for a municipality; for who is new: how to come in."""
    with force_locale(person.language):
        subject = _("Je kunt coalities beginnen voor %(place)s", place=municipality.name)
    return _appointed(person, subject, by, "appointed_officer", municipality=municipality.name)


def appointed_staff(person: Person, programme: Programme, *, by: Person) -> Letter:
    """To someone who works for a programme; for who is new: how to come in."""
    with force_locale(person.language):
        subject = _("Je werkt in Vitaal voor %(programme)s", programme=programme.name)
    return _appointed(person, subject, by, "appointed_staff", programme=programme.name)


def _appointed(person: Person, subject: str, by: Person, kind: str, **what: Any) -> Letter:
    return compose(
        kind, person.email, subject=subject, template="workspaces/mail/appointed", language=person.language,
        assurance=Assurance.AT_LEAST_ONCE, person=person, by=by, href=address_of("workspaces.my_places"), **what,
    )  # fmt: skip


def _people(members: Sequence[Membership], but: Membership) -> Sequence[Person]:
    ids = {member.person_id for member in members if member.person_id} - {but.person_id}
    return db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all()
