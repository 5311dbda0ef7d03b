"""What the history contributes to Vandaag: the latest that others did, and what of it is new to the reader."""

from vitaal.activity.queries import events_by_others
from vitaal.activity.sentences import sentence_html
from vitaal.workspaces.models import LastSeen, Membership, Workspace
from vitaal.workspaces.today import Contribution, News

SHOWN = 5


def contribution(member: Membership, _workspace: Workspace) -> Contribution:
    """The latest news; `has_more_news` when more of it is new than fits."""
    events = events_by_others(member, limit=SHOWN + 1)
    seen_at = LastSeen.of(member)
    news = [
        News(event.actor_name, sentence_html(event), event.happened_at, event.happened_at > seen_at)
        for event in events
    ]
    return Contribution(
        news=tuple(news[:SHOWN]),
        has_more_news=any(item.is_new for item in news[SHOWN:]),
    )
