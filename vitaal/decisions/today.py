"""What decisions contribute to Vandaag: the agreements that a member looks after, when it is time to look."""

from flask import url_for
from flask_babel import gettext as _

from vitaal.activity.unheard import shortened
from vitaal.decisions import words
from vitaal.decisions.models import Agreement
from vitaal.decisions.queries import to_check
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask, Contribution

MOST = 4


def contribution(member: Membership, _workspace: Workspace) -> Contribution:
    """Whether each agreement of mine still works whose day has come, or comes within a week. One statement."""
    return Contribution(asks=tuple(_ask(agreement) for agreement in to_check(member, MOST)))


def _ask(agreement: Agreement) -> Ask:
    return Ask(
        "handshake",
        shortened(agreement.text),
        f"{_('Werkt deze afspraak nog?')} {words.when_to_check(agreement.check_on)}",
        _("Kijk terug"),
        url_for("decisions.show_agreement", agreement_id=agreement.id),
    )
