"""Who may onboard a coalition: the officers of its municipality, each with drafts of their own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from slugify import slugify
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from vitaal.kernel.access import Asker, Permission, grant
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import current
from vitaal.onboarding.models import CoalitionDraft
from vitaal.workspaces.models import Municipality, Officer


@dataclass(frozen=True)
class Office:
    """A municipality, as one of its officers has it."""

    municipality: Municipality
    officer_id: UUID


def its_officer(asker: Asker, on: Any) -> bool:
    """The officer whose office or draft this is."""
    return asker.person is not None and on is not None and on.officer_id == asker.person.id


class OnboardingPermission(Permission):
    """What an officer can do for a municipality."""

    OVERSEE = "onboarding.oversee"
    PREPARE = "onboarding.prepare"


grant(
    {
        OnboardingPermission.OVERSEE: ((its_officer,),),
        OnboardingPermission.PREPARE: ((its_officer,),),
    }
)


def office(municipality_slug: str) -> Office | None:
    """The municipality at this address, for who is its officer; None for everyone else."""
    person_id = current().person_id
    if municipality_slug != slugify(municipality_slug):
        return None
    municipality = db.session.scalar(
        select(Municipality)
        .join(Officer, Officer.municipality_code == Municipality.code)
        .where(Municipality.slug == municipality_slug, Officer.person_id == person_id)
    )
    return Office(municipality, person_id) if municipality and person_id else None


def my_draft(draft_id: UUID) -> CoalitionDraft | None:
    """The draft with this id, for its own officer as long as they are one; None for everyone else."""
    return db.session.scalar(
        select(CoalitionDraft)
        .join(CoalitionDraft.municipality)
        .join(Officer, Officer.municipality_code == CoalitionDraft.municipality_code)
        .where(
            CoalitionDraft.id == draft_id,
            CoalitionDraft.officer_id == current().person_id,
            Officer.person_id == current().person_id,
        )
        .options(contains_eager(CoalitionDraft.municipality))
    )
