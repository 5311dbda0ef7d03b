"""What decisions contribute to a digest: the agreements of which it became time to look whether they work."""

from datetime import datetime, time

from flask_babel import gettext as _

from vitaal.activity.contribution import ASKS, Item, Section, Weight
from vitaal.activity.unheard import shortened
from vitaal.decisions import words
from vitaal.decisions.models import Agreement
from vitaal.decisions.queries import newly_to_check
from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import this_workspace


def sections(member: Membership, since: datetime) -> list[Section]:
    """The agreements of this member, told when the week before the day begins and when the day comes. One statement."""
    agreements = newly_to_check(member, clock.day_of(since))
    if not agreements:
        return []
    slug = this_workspace().slug
    items = tuple(_item(agreement, slug) for agreement in agreements)
    return [Section(ASKS, _("Wat vraagt iets van je"), items)]


def _item(agreement: Agreement, slug: str) -> Item:
    question = _("Werkt deze afspraak nog? ‘%(text)s’.", text=shortened(agreement.text))
    return Item(
        f"{question} {words.when_to_check(agreement.check_on)}",
        address_of("decisions.show_agreement", slug=slug, agreement_id=agreement.id),
        clock.moment_on(agreement.check_on, time(9)),
        Weight.ASKS,
    )
