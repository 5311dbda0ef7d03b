"""Something real among the spelregels for every variable in its URLs: what belongs together is made together."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from tests.architecture.agenda_samples import a_picture, made_once
from tests.cast import Cast, Place
from tests.spelregels.story import adopt_now
from vitaal.activity import attachments, conversation
from vitaal.activity.models import Attachment
from vitaal.activity.uploads import examine
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.spelregels import proposing, strains
from vitaal.spelregels.models import ProposalKind
from vitaal.spelregels.talking import KIND, topic_of
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import this_workspace


def spelregel_samples(cast: Cast, place: Place, path: str) -> dict[str, Callable[[], Any]]:
    """By name of the variable, for the pages of the spelregels; `number` is that of a rule on its own pages, else of a proposal."""
    if "/spelregels/bespreken/" in path:
        return {"strain_id": lambda: a_strain(cast, place)["strain_id"]}
    if "/spelregels/<int:number>" in path:
        return {"number": lambda: a_rule_that_holds(cast, place)["rule"]}
    if "/spelregels/voorstellen/" not in path:
        return {}

    def remembered(name: str) -> Callable[[], Any]:
        return lambda: everything_among_the_spelregels(cast, place)[name]

    return {name: remembered(name) for name in ("number", "comment_id", "attachment_id")}


def everything_among_the_spelregels(cast: Cast, place: Place) -> dict[str, Any]:
    """What this workspace's lead has proposed, and said about it."""
    return made_once(cast, place, "spelregels", _make)


def _make(by: Membership) -> dict[str, Any]:
    workspace = this_workspace()
    workspace.outer_talks = True
    text = proposing.Text("We bellen eerst", "Wie iets dwarszit, belt.", "", clock.today() + timedelta(90))
    proposal = proposing.propose(
        text, kind=ProposalKind.NEW, theme="relation", rule=None, guide=None, workspace=workspace, by=by
    )
    topic = topic_of(proposal)
    comment = conversation.say(topic, "Hallo", by=by)
    attachments.add(topic, attachments.store(examine("plein.png", a_picture())), by=by)
    attachment = db.session.scalars(select(Attachment.id).where(Attachment.object_kind == KIND)).one()
    return {"number": proposal.number, "comment_id": comment.id, "attachment_id": attachment}


def a_strain(cast: Cast, place: Place) -> dict[str, Any]:
    """What this workspace's lead has brought to the group."""
    return made_once(cast, place, "strains", _bring_up)


def _bring_up(by: Membership) -> dict[str, Any]:
    return {"strain_id": strains.bring_to_group("De datum schoof twee keer op.", by=by).id}


def a_rule_that_holds(cast: Cast, place: Place) -> dict[str, Any]:
    """A rule that was adopted in this workspace."""
    return made_once(cast, place, "rules", lambda by: {"rule": adopt_now("We luisteren eerst", by=by).number})
