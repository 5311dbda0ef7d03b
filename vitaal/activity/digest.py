"""What the history contributes to a digest: what others did, and who joined."""

from datetime import datetime

from flask_babel import gettext as _

from vitaal.activity.contribution import JOINED, NEWS, Item, Section, Weight
from vitaal.activity.queries import events_by_others
from vitaal.activity.sentences import sentence
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import LastSeen, Membership
from vitaal.workspaces.queries import newcomers, this_workspace


def sections(member: Membership, since: datetime) -> list[Section]:
    """What is new to this member since a moment; what they did themselves or saw on screen is left out.

    Runs in the member's own context. Empty sections are left out too.
    """
    since = max(since, LastSeen.of(member))
    slug = this_workspace().slug
    history, people = address_of("activity.history", slug=slug), address_of("workspaces.circles", slug=slug)
    news = [Item(sentence(event), history, event.happened_at) for event in events_by_others(member, since)]
    joined = [
        Item(
            _("%(name)s doet nu mee namens %(partner)s", name=new.name, partner=new.partner.name),
            people,
            new.joined_at,
            Weight.PERSONAL,
        )
        for new in newcomers(member, since)
    ]
    found = (Section(NEWS, _("Nieuw"), tuple(news)), Section(JOINED, _("Wie erbij kwam"), tuple(joined)))
    return [section for section in found if section.items]
