"""What a digest would say to someone in Amersfoort, as data."""

from datetime import UTC, datetime

from tests.cast import Cast
from vitaal.activity.contribution import reader_of
from vitaal.digests.chapter import Chapter
from vitaal.digests.contributions import chapter_of
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership, Workspace

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def told(cast: Cast, name: str, since: datetime = LONG_AGO) -> Chapter:
    """The chapter about Amersfoort in the digest of someone who has been told until a moment."""
    with cast.acting_as(name):
        member = db.session.get_one(Membership, (cast.amersfoort.id, cast.amersfoort.members[name]))
        workspace = db.session.get_one(Workspace, cast.amersfoort.id)
        return chapter_of(reader_of(member, workspace, since), {})


def asked(cast: Cast, name: str, since: datetime = LONG_AGO) -> list[str]:
    """What asks something of someone, each with the line below it."""
    return [f"{item.text} {item.detail}".strip() for item in told(cast, name, since).asks]
