"""The letter about an import that took long."""

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.agenda.models import ActionImport
from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.workspaces.models import Workspace


def import_done(person: Person, workspace: Workspace, kept: ActionImport) -> Letter:
    """To who confirmed it: how many actions are on the agenda now, and how many lines were left out."""
    with force_locale(person.language):
        subject = _("Je acties staan op de agenda van %(place)s", place=workspace.name)
    return compose(
        "import_done", person.email, subject=subject, template="agenda/mail/import_done", language=person.language,
        assurance=Assurance.AT_MOST_ONCE, person=person, workspace=workspace, kept=kept, sender_name=workspace.name,
        left_out=len(kept.left_out), href=address_of("agenda.show_import", slug=workspace.slug, import_id=kept.id),
    )  # fmt: skip
