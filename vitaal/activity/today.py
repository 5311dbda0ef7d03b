"""What the history contributes to Vandaag: the latest that others did, and what of it is new to the reader."""

from vitaal.activity.queries import latest_by_others
from vitaal.activity.sentences import sentence_html
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Contribution, News

SHOWN = 5


def contribution(member: Membership, _workspace: Workspace) -> Contribution:
    """The latest news; `has_more_news` when more of it is new than fits."""
    latest = latest_by_others(member, SHOWN + 1)
    news = [
        News(event.actor_name, sentence_html(event), event.happened_at, is_new) for event, is_new in latest
    ]
    return Contribution(news=tuple(news[:SHOWN]), has_more_news=any(item.is_new for item in news[SHOWN:]))
