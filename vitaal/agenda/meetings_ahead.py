"""What meetings contribute to Vandaag: when the reader meets the others next."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.agenda import meeting_words
from vitaal.agenda.meeting_queries import Planned, coming_up
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Contribution, Upcoming


def contribution(member: Membership, _workspace: Workspace) -> Contribution:
    """The first meeting that this member is asked for. One statement."""
    asked = [planned for planned in coming_up(member) if planned.mine and planned.meeting.is_on]
    return Contribution(upcoming=tuple(_upcoming(planned) for planned in asked[:1]))


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
