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
from vitaal.spelregels import deciding, proposing, strains
from vitaal.spelregels.consent import Answer, Stage
from vitaal.spelregels.models import ConsentVoice, ProposalKind
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

    if "<uuid:partner_id>" in path:
        return {name: _of(a_round, cast, place, name) for name in ("number", "partner_id")}
    names = ("number", "comment_id", "attachment_id", "amendment_id")
    return {name: _of(everything_among_the_spelregels, cast, place, name) for name in names}


def _of(
    made: Callable[[Cast, Place], dict[str, Any]], cast: Cast, place: Place, name: str
) -> Callable[[], Any]:
    return lambda: made(cast, place)[name]


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
    proposal.stage = Stage.REACTIONS
    db.session.flush()
    amendment = proposing.offer(proposal, {"title": "We bellen", "example": "", "why": ""}, by=by)
    return {
        "number": proposal.number, "comment_id": comment.id, "attachment_id": attachment, "amendment_id": amendment.id,
    }  # fmt: skip


def a_round(cast: Cast, place: Place) -> dict[str, Any]:
    """A round that closed, in which this workspace's lead objected."""
    return made_once(cast, place, "rounds", _object)


def _object(by: Membership) -> dict[str, Any]:
    text = proposing.Text("We bellen nooit", "", "Daarom", clock.today() + timedelta(90))
    proposal = proposing.propose(
        text,
        kind=ProposalKind.NEW,
        theme="relation",
        rule=None,
        guide=None,
        workspace=this_workspace(),
        by=by,
    )
    proposal.stage, proposal.round, proposal.asked = Stage.ROUND, 1, 1
    db.session.flush()
    key = {"workspace_id": proposal.workspace_id, "proposal_id": proposal.id, "partner_id": by.partner_id}
    voice = ConsentVoice(**key)
    db.session.add(voice)
    db.session.flush()
    deciding.speak(voice, proposal, Answer.OBJECTION, remark="Te streng", by=by)
    proposal.stage = Stage.INTEGRATING
    return {"number": proposal.number, "partner_id": by.partner_id}


def a_strain(cast: Cast, place: Place) -> dict[str, Any]:
    """What this workspace's lead has brought to the group."""
    return made_once(cast, place, "strains", _bring_up)


def _bring_up(by: Membership) -> dict[str, Any]:
    return {"strain_id": strains.bring_to_group("De datum schoof twee keer op.", by=by).id}


def a_rule_that_holds(cast: Cast, place: Place) -> dict[str, Any]:
    """A rule that was adopted in this workspace."""
    return made_once(cast, place, "rules", lambda by: {"rule": adopt_now("We luisteren eerst", by=by).number})
