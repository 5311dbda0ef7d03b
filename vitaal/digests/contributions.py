"""Which features have something to say, and what they say to one member about one workspace."""

from collections.abc import Callable, Sequence
from datetime import datetime

from vitaal.activity import digest as activity
from vitaal.activity.contribution import ASKS, JOINED, NEWS, Item, Section
from vitaal.agenda import digest as agenda
from vitaal.agenda import meetings_ahead
from vitaal.decisions import digest as decisions
from vitaal.digests.chapter import Chapter
from vitaal.invitations import digest as invitations
from vitaal.spelregels import digest as spelregels
from vitaal.workspaces.models import Membership, Workspace

FEATURES: tuple[Callable[[Membership, datetime], Sequence[Section]], ...] = (
    invitations.sections,
    spelregels.sections,
    agenda.sections,
    meetings_ahead.sections,
    decisions.sections,
    activity.sections,
)


def chapter_of(workspace: Workspace, member: Membership, since: datetime) -> Chapter:
    """What is worth telling about the workspace we are in. Whose context it is decides what is found."""
    found: dict[str, dict[tuple[str, str], Item]] = {ASKS: {}, NEWS: {}, JOINED: {}}
    for contribute in FEATURES:
        for section in contribute(member, since):
            lines = found.setdefault(section.key, {})
            for item in section.items:
                lines.setdefault((item.text, item.url), item)
    newest = {key: sorted(lines.values(), key=_newest_first) for key, lines in found.items()}
    return Chapter(
        name=workspace.name,
        slug=workspace.slug,
        is_inside=member.is_inside,
        asks=tuple(sorted(newest.pop(ASKS), key=lambda item: item.happened_at)),
        joined=tuple(newest.pop(JOINED)),
        news=tuple(item for items in newest.values() for item in items),
    )


def _newest_first(item: Item) -> tuple[int, float]:
    return -item.weight, -item.happened_at.timestamp()
