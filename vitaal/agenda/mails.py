"""The letters about actions."""

from datetime import date

from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.workspaces.models import Membership, Workspace


def new_owner(
    person: Person,
    owner: Membership,
    workspace: Workspace,
    *,
    title: str,
    number: int,
    due_on: date,
    by: Membership,
) -> Letter:
    """To who leads an action from now on, or helps the member who does: what it is and when it is due."""
    is_self = owner.person_id == person.id
    with force_locale(person.language):
        mine = _("Je trekt nu ‘%(title)s’", title=title)
        theirs = _("%(name)s trekt nu ‘%(title)s’", name=owner.name, title=title)
        day = format_date(due_on, "EEEE d MMMM")
    return compose(
        "new_owner", person.email, subject=mine if is_self else theirs, template="agenda/mail/new_owner",
        language=person.language, assurance=Assurance.AT_MOST_ONCE, person=person, owner=owner, is_self=is_self,
        workspace=workspace, by=by, sender_name=workspace.name,
        href=address_of("agenda.show_action", slug=workspace.slug, number=number), title=title,
        day=day, is_late=due_on < clock.today(person.zone),
    )  # fmt: skip
