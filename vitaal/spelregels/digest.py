"""What the spelregels contribute to a digest: what began to wait since a moment, in the words of Vandaag."""

from datetime import datetime
from functools import partial

from flask_babel import gettext as _

from vitaal.activity.contribution import ASKS, Item, Section, Weight
from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.spelregels import strain_waiting, waiting
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.waiting import Feature, waiting_for

BY_DAY = {
    strain_waiting.TO_TALK,
    strain_waiting.TO_CHECK,
    waiting.Wants.REVIEW,
}  # of these only the day is known
FEATURES = (Feature(waiting.lines, waiting.ask), Feature(strain_waiting.lines, strain_waiting.ask))


def sections(member: Membership, since: datetime) -> list[Section]:
    """What proposals, rules and strains ask of this member since a moment. A mail says of a strain only that it is there."""
    workspace = this_workspace()
    url = partial(address_of, slug=workspace.slug)
    items = []
    for feature, waits in waiting_for(member, workspace, FEATURES):
        if waits.since > since or (waits.kind in BY_DAY and clock.day_of(waits.since) >= clock.day_of(since)):
            ask = feature.ask(waits, url)
            items.append(Item(ask.title, ask.href, waits.since, Weight.ASKS))
    return [Section(ASKS, _("Wat vraagt iets van je"), tuple(items))] if items else []
