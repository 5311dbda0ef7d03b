"""Something real on the agenda for every variable in its URLs: what belongs together is made together."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image
from sqlalchemy import select

from tests.cast import Cast, Place
from vitaal.activity import attachments, conversation
from vitaal.activity.models import Attachment
from vitaal.activity.topics import Topic
from vitaal.activity.uploads import examine
from vitaal.agenda import groups, minutes, rounds, steps
from vitaal.agenda.imports import keeping
from vitaal.agenda.imports.lines import Line, Listed
from vitaal.agenda.models import (
    Action,
    AgendaView,
    CalendarFeed,
    Challenge,
    FeedKind,
    Goal,
    Meeting,
    Step,
)
from vitaal.agenda.talking import KIND
from vitaal.decisions import agreeing
from vitaal.decisions.models import How
from vitaal.decisions.origins import Origin
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.workspaces.models import Circle, Membership


def agenda_samples(cast: Cast, place: Place, path: str) -> dict[str, Callable[[], Any]]:
    """By name of the variable; `number` is that of a meeting on the pages of meetings, else of an action."""

    def remembered(name: str) -> Callable[[], Any]:
        return lambda: everything_in_the_agenda(cast, place)[name]

    return {
        "number": remembered("meeting" if "bijeenkomsten" in path else "action"),
        **{name: remembered(name) for name in ("action_id", "step_id", "comment_id", "attachment_id", "round_id",
           "point_id", "decision_id", "agreement_id", "feed_id", "view_id", "goal_id", "challenge_id", "group_id",
           "import_id")},
        "part": lambda: "status",
    }  # fmt: skip


def everything_in_the_agenda(cast: Cast, place: Place) -> dict[str, Any]:
    """What this workspace's lead has put on the agenda."""
    return made_once(cast, place, "agenda", _make)


def made_once(
    cast: Cast, place: Place, feature: str, make: Callable[[Membership], dict[str, Any]]
) -> dict[str, Any]:
    """What this workspace's lead makes of a feature, once for as long as this cast plays."""
    kept: dict[UUID, dict[str, Any]] = cast.__dict__.setdefault(feature, {})
    if place.id not in kept:
        lead = next(iter(place.members))
        with cast.acting_as(lead, place):
            by = here(Membership, place.members[lead])
            assert by
            kept[place.id] = make(by)
            db.session.commit()
    return kept[place.id]


def _make(by: Membership) -> dict[str, Any]:
    action = Action.add("Samen eten", by=by)
    steps.add(action, "Bellen", by=by)
    topic = Topic(KIND, action.id, action.title, action.circle)
    comment = conversation.say(topic, "Hallo", by=by)
    attachments.add(topic, attachments.store(examine("plein.png", a_picture())), by=by)
    opened = rounds.open_round(
        [action, Action.add("Koken", by=by)], closes_on=clock.today() + timedelta(9), why="", by=by
    )
    meeting = Meeting.plan(
        "Bijpraten", by=by, place="De Kom", starts_at=clock.now() + timedelta(7), ends_at=clock.now() + timedelta(7, hours=1),
        asks=[Circle.INNER],
    )  # fmt: skip
    point = minutes.add_points(meeting, [{"title": "Rondje"}])[0]
    decision = minutes.decide(meeting, point, "Wij koken", how=How.CONSENT, on=clock.today(), by=by)
    agreement = agreeing.agree(
        "Wie kookt, wast niet af", owner=by, check_on=clock.today() + timedelta(9), on=clock.today(), by=by, origin=Origin()
    )  # fmt: skip
    CalendarFeed.make(FeedKind.MINE, by=by)
    AgendaView.keep("Van mij", "wie=mij", by=by, is_shared=False)
    db.session.flush()
    return {
        "action": action.number, "action_id": action.id, "comment_id": comment.id, "round_id": opened.id,
        "meeting": meeting.number, "point_id": point.id, "decision_id": decision.id,
        "agreement_id": agreement.id,
        "step_id": _newest(Step), "attachment_id": _newest(Attachment), "feed_id": _newest(CalendarFeed),
        "view_id": _newest(AgendaView), "goal_id": Goal.add("Ontmoeten", by=by).id,
        "challenge_id": Challenge.add("Alleen zijn", by=by).id,
        "group_id": groups.begin("Keuken", purpose="", lead=None, by=by).id,
        "import_id": keeping.keep("lijst.csv", Listed([Line(2, {"title": "Bakken"})], []), by=by).id,
    }  # fmt: skip


def a_picture() -> bytes:
    """A small green picture."""
    written = BytesIO()
    Image.new("RGB", (8, 8), "green").save(written, "PNG")
    return written.getvalue()


def _newest(model: Any) -> UUID:
    found: UUID = db.session.scalars(select(model.id).order_by(model.id.desc())).first()
    return found
