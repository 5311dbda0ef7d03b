"""What meetings contribute to Vandaag and to a digest: whether you come, and when you see each other next."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.activity.contribution import ASKS, Item, Section, Weight
from vitaal.agenda import meeting_words
from vitaal.agenda.meeting_queries import Planned, coming_up, waiting_for
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import LastSeen, Membership, Workspace
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.today import Ask, Contribution, Upcoming


def contribution(member: Membership, _workspace: Workspace) -> Contribution:
    """A question for every meeting that waits for an answer, and the first one that this member is asked for."""
    asked = [planned for planned in coming_up(member) if planned.mine and planned.meeting.is_on]
    asks = tuple(_ask(planned) for planned in asked if planned.waits_for_me)
    return Contribution(asks=asks, upcoming=tuple(_upcoming(planned) for planned in asked[:1]))


def sections(member: Membership, since: datetime) -> list[Section]:
    """The meetings for which this member was asked since a moment, or whose time changed, without their answer."""
    since = max(since, LastSeen.of(member))
    slug = this_workspace().slug
    items = tuple(
        Item(
            _question(planned),
            address_of("agenda.show_meeting", slug=slug, number=planned.meeting.number),
            planned.asked_at,
            Weight.ASKS,
        )
        for planned in waiting_for(member, since)
    )
    return [Section(ASKS, _("Wat vraagt iets van je"), items)] if items else []


def _question(planned: Planned) -> str:
    return str(_("Kom je? Bijeenkomst %(when)s", when=meeting_words.begins(planned.meeting)))


def _ask(planned: Planned) -> Ask:
    meeting = planned.meeting
    return Ask(
        "calendar-blank",
        _question(planned),
        " · ".join(filter(None, (meeting.title, meeting.place))),
        _("Geef antwoord"),
        url_for("agenda.show_meeting", number=meeting.number),
    )


def _upcoming(planned: Planned) -> Upcoming:
    meeting = planned.meeting
    return Upcoming(
        title=meeting.title,
        day=meeting_words.on(meeting),
        when=meeting_words.when(meeting),
        place=meeting.place or _("Online"),
        who=ngettext("%(num)d mens komt", "%(num)d mensen komen", planned.coming),
        href=url_for("agenda.show_meeting", number=meeting.number),
        file_href=url_for("agenda.download_meeting", number=meeting.number),
    )
