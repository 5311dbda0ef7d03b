"""From a draft to a coalition that works: everything or nothing, and once."""

from psycopg.errors import LockNotAvailable
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from vitaal.activity.models import record
from vitaal.agenda.start import fill_from_route
from vitaal.invitations.inviting import Inviter, invite
from vitaal.kernel.db import db
from vitaal.method.routes import route
from vitaal.onboarding.models import CoalitionDraft
from vitaal.onboarding.plan import Plan
from vitaal.onboarding.seats import Sort
from vitaal.people.models import Person
from vitaal.workspaces import founding
from vitaal.workspaces.models import Circle, Partner, Workspace

LANGUAGE = "nl"  # of the first agenda and the first letters: nobody has told us their own yet


class FoundedAlready(RuntimeError):
    """This draft became a coalition before, or is becoming one at this moment."""


def found(
    plan: Plan, officer: Person, *, from_the_start: str, organisation: str, message: str = ""
) -> Workspace:
    """Found the coalition of a plan whose steps are done, and promise the letters to those invited.

    `from_the_start` is the reason that stands with everyone's first place, `organisation` on whose behalf the
    officer invites, `message` a word of their own. What was not committed before is rolled back; nothing is
    committed here. Raises FoundedAlready, and then nothing remains.
    """
    try:
        workspace = _begin(plan, officer)
        draft = _take(plan)
    except OperationalError as error:
        if isinstance(error.orig, LockNotAvailable):
            raise FoundedAlready(plan.draft_id) from error
        raise
    partners = _welcome(plan, officer, from_the_start)
    fill_from_route(route(workspace.route), LANGUAGE)
    record("founded", "workspace", workspace.name, by=officer.name, circle=Circle.OUTER)
    inviter = Inviter(member_id=None, person_id=officer.id, name=officer.name, organisation=organisation)
    for person in plan.all_invited():
        invite(
            person.email, partner=partners[person.organisation.id], circle=Circle(person.organisation.circle),
            roles=list(person.roles), inviter=inviter, name=person.name, message=message, language=LANGUAGE,
        )  # fmt: skip
    db.session.flush()
    founding.finish(workspace)
    draft.founded_slug = workspace.slug
    db.session.flush()
    return workspace


def _begin(plan: Plan, officer: Person) -> Workspace:
    return founding.begin(
        officer.id,
        name=plan.place.name.data or "",
        kind=plan.place.kind.data,
        route=plan.way.route.data,
        form=plan.way.shape.data,
        municipalities=plan.municipality_codes,
        challenge=plan.place.challenge.data or "",
        area=plan.place.area.data or "",
    )


def _take(plan: Plan) -> CoalitionDraft:
    """The draft, locked: of two who found at once, the second waits here and then comes too late."""
    draft = db.session.scalars(
        select(CoalitionDraft).where(CoalitionDraft.id == plan.draft_id).with_for_update()
    ).one_or_none()
    if draft is None or draft.founded_slug:
        db.session.rollback()
        raise FoundedAlready(plan.draft_id)
    return draft


def _welcome(plan: Plan, officer: Person, reason: str) -> dict[str, Partner]:
    """Every organisation takes its place; by the id that it has in the plan."""
    return {
        other.id: Partner.welcome(
            other.name,
            Sort(other.sort).kind,
            Circle(other.circle),
            is_formal=other.sort == Sort.FORMAL,
            reason=reason,
            decided_by=officer.name,
        )
        for other in plan.organisations
    }
