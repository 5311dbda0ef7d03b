"""What a workspace itself contributes to Vandaag: a missing lead, a page that is not finished, who joined."""

from datetime import timedelta

from flask import url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from vitaal.kernel import clock
from vitaal.method import circles
from vitaal.workspaces.models import Membership, Role, Workspace
from vitaal.workspaces.queries import has_lead, newcomers
from vitaal.workspaces.today import Ask, Contribution, News

RECENT = timedelta(days=30)
SHOWN = 6


def contribution(member: Membership, workspace: Workspace) -> Contribution:
    """What asks something of this member, and who joined in the past month."""
    asks = (*_choose_a_lead(member), *_finish_the_page(member, workspace))
    joined = newcomers(member, clock.now() - RECENT, SHOWN)
    return Contribution(
        asks=asks, newcomers=tuple(News(new.name, new.partner.name, new.joined_at, False) for new in joined)
    )


def _choose_a_lead(member: Membership) -> tuple[Ask, ...]:
    if not member.is_inside or Role.LEAD in member.roles or has_lead():
        return ()
    text = circles.lead().what.in_(str(get_locale()))
    return (
        Ask(
            "hand-heart",
            _("Kies samen een trekker"),
            text,
            _("Bekijk de cirkels"),
            url_for("workspaces.circles"),
        ),
    )


def _finish_the_page(member: Membership, workspace: Workspace) -> tuple[Ask, ...]:
    if not member.arranges or workspace.description:
        return ()
    return (
        Ask(
            "note-pencil",
            _("Vertel waar deze plek over gaat"),
            _("Wie nieuw is, leest dan meteen wat jullie samen doen."),
            _("Schrijf het op"),
            url_for("workspaces.settings"),
        ),
    )
