"""The letters about a proposal: your partner is asked, the round closes soon, this came of it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.kernel import clock
from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.spelregels import words
from vitaal.spelregels.closing_days import last_day
from vitaal.spelregels.consent import Stage
from vitaal.spelregels.models import ObjectionClosing, Proposal, ProposalKind
from vitaal.workspaces.models import Workspace


def question(
    proposal: Proposal, reader: Person, workspace: Workspace, partners: Sequence[str], *, is_reminder: bool
) -> Letter:
    """What these partners think of the text, until when that can be said, and what the answers mean."""
    with force_locale(reader.language):
        name = _how_soon(proposal) if is_reminder else _asked(proposal)
        return _compose(
            "spelregels.question", "spelregels/mail/question", proposal, reader, workspace,
            subject=f"{name}: {words.heading(proposal)}", title=name, partners=words.and_(partners),
            give_up_at=proposal.closes_at,
        )  # fmt: skip


def outcome(proposal: Proposal, reader: Person, workspace: Workspace) -> Letter:
    """What came of the round, and what is next."""
    with force_locale(reader.language):
        name = {
            Stage.ADOPTED: _ended(proposal),
            Stage.INTEGRATING: _("Er is een bezwaar, we praten verder"),
        }.get(Stage(proposal.stage), _("Nog niet besloten"))
        return _compose(
            "spelregels.outcome", "spelregels/mail/outcome", proposal, reader, workspace,
            subject=f"{name}: {proposal.text.title}", title=name,
        )  # fmt: skip


def objection_closed(
    proposal: Proposal, closing: ObjectionClosing, reader: Person, workspace: Workspace
) -> Letter:
    """What the group did with the objection of the reader's partner, and where that can be read."""
    with force_locale(reader.language):
        name = _("Jullie bezwaar is besproken")
        return _compose(
            "spelregels.objection", "spelregels/mail/objection", proposal, reader, workspace,
            subject=f"{name}: {proposal.text.title}", title=name, closing=closing,
        )  # fmt: skip


def _asked(proposal: Proposal) -> str:
    if proposal.round > 1:
        return str(_("Ronde %(number)s, de tekst is veranderd", number=proposal.round))
    return str(_("Wat vinden jullie?"))


def _how_soon(proposal: Proposal) -> str:
    days = (last_day(proposal.closes_at) - clock.today()).days if proposal.closes_at else 0
    return str(_("Nog één dag")) if days <= 1 else str(_("Nog een paar dagen"))


def _ended(proposal: Proposal) -> str:
    return str(_("Dit geldt niet meer") if proposal.kind == ProposalKind.RETIRE else _("Dit geldt vanaf nu"))


def _compose(
    kind: str, template: str, proposal: Proposal, reader: Person, workspace: Workspace, **data: Any
) -> Letter:
    return compose(
        kind, reader.email, template=template, language=reader.language, assurance=Assurance.AT_LEAST_ONCE,
        sender_name=workspace.name, workspace=workspace, proposal=proposal, words=words,
        href=address_of("spelregels.show_proposal", slug=workspace.slug, number=proposal.number),
        sign_href=address_of("spelregels.ask_to_sign", slug=workspace.slug), **data,
    )  # fmt: skip
