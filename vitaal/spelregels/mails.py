"""The letters about a proposal: your partner is asked, the round closes soon, this came of it."""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from vitaal.kernel.web import address_of
from vitaal.people.models import Person
from vitaal.post.compose import compose
from vitaal.post.models import Assurance, Letter
from vitaal.spelregels import words
from vitaal.spelregels.consent import Stage
from vitaal.spelregels.models import Proposal
from vitaal.workspaces.models import Workspace


def question(proposal: Proposal, reader: Person, workspace: Workspace, *, is_reminder: bool) -> Letter:
    """What a partner thinks of the text, until when that can be said, and what the answers mean."""
    with force_locale(reader.language):
        name = _("Nog een paar dagen") if is_reminder else _("Wat vinden jullie?")
        return _compose(
            "spelregels.question", "spelregels/mail/question", proposal, reader, workspace,
            subject=f"{name}: {proposal.text.title}", title=name, is_reminder=is_reminder,
            give_up_at=proposal.closes_at,
        )  # fmt: skip


def outcome(proposal: Proposal, reader: Person, workspace: Workspace) -> Letter:
    """What came of the round, and what is next."""
    with force_locale(reader.language):
        name = {
            Stage.ADOPTED: _("Dit geldt vanaf nu"),
            Stage.INTEGRATING: _("Er is een bezwaar, we praten verder"),
        }.get(Stage(proposal.stage), _("Nog niet besloten"))
        return _compose(
            "spelregels.outcome", "spelregels/mail/outcome", proposal, reader, workspace,
            subject=f"{name}: {proposal.text.title}", title=name,
        )  # fmt: skip


def _compose(
    kind: str, template: str, proposal: Proposal, reader: Person, workspace: Workspace, **data: Any
) -> Letter:
    return compose(
        kind, reader.email, template=template, language=reader.language, assurance=Assurance.AT_LEAST_ONCE,
        sender_name=workspace.name, workspace=workspace, proposal=proposal, words=words,
        href=address_of("spelregels.show_proposal", slug=workspace.slug, number=proposal.number),
        sign_href=address_of("spelregels.ask_to_sign", slug=workspace.slug), **data,
    )  # fmt: skip
