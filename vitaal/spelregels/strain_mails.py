"""The letter about a strain: there is something to talk about. What, and who brought it up, stands on the page only.

Whoever is in the talk gets the same letter, so that nobody who sees a mailbox reads from it whose strain it is.
"""

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.spelregels.models import Strain
from vitaal.workspaces.models import Workspace


def invitation_to_talk(strain: Strain, reader: Person, workspace: Workspace) -> Letter:
    """Someone wants to talk about a ground rule; the link leads to what it is about."""
    with force_locale(reader.language):
        return compose(
            "spelregels.talk", reader.email, template="spelregels/mail/strain", language=reader.language,
            assurance=Assurance.AT_LEAST_ONCE, subject=_("Een gesprek over een spelregel"),
            sender_name=workspace.name, workspace=workspace,
            href=address_of("spelregels.show_strain", slug=workspace.slug, strain_id=strain.id),
        )  # fmt: skip
