"""What decisions have to say at once: an agreement to look after from now on, and one to look at within two days."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from vitaal.activity.contribution import Item, Weight
from vitaal.activity.noticing import Noticed, Notices, is_soon
from vitaal.activity.unheard import shortened
from vitaal.decisions import words
from vitaal.decisions.agreeing import AGREEMENT_GIVEN, CHECK_DUE
from vitaal.decisions.models import Agreement
from vitaal.kernel.db import db
from vitaal.kernel.web import address_of
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import helped_by, this_workspace


def given(member: Membership, agreement_ids: Sequence[UUID]) -> Mapping[UUID, Noticed]:
    """The agreements that this member, or who they help, looks after now."""
    found = {}
    for agreement, helped in _looked_after_by(member, agreement_ids):
        about = {"text": shortened(agreement.text), "name": helped}
        text = (
            _("%(name)s, die jij helpt, let nu op de afspraak ‘%(text)s’", **about)
            if helped
            else _("Jij let nu op de afspraak ‘%(text)s’", text=about["text"])
        )
        why = (
            _("%(name)s, die jij helpt, op een afspraak let", name=helped)
            if helped
            else _("je op een afspraak let")
        )
        found[agreement.id] = _noticed(agreement, text, _("Bekijk de afspraak"), why)
    return found


def check_due(member: Membership, agreement_ids: Sequence[UUID]) -> Mapping[UUID, Noticed]:
    """The agreements of this member, or of who they help, of which the day to look comes within two days."""
    found = {}
    for agreement, helped in _looked_after_by(member, agreement_ids):
        if is_soon(agreement.check_on):
            about = {"text": shortened(agreement.text), "name": helped}
            text = (
                _("%(name)s, die jij helpt, let op een afspraak. Werkt ze nog? ‘%(text)s’", **about)
                if helped
                else _("Werkt deze afspraak nog? ‘%(text)s’", text=about["text"])
            )
            why = _("het tijd is om naar een afspraak te kijken")
            found[agreement.id] = _noticed(agreement, text, _("Kijk terug"), why)
    return found


def _looked_after_by(member: Membership, agreement_ids: Sequence[UUID]) -> Iterator[tuple[Agreement, str]]:
    """Those of this member, and of who they help with that one's name."""
    owners = {member.id: "", **helped_by(member)}
    asked = select(Agreement).where(
        Agreement.id.in_(agreement_ids), Agreement.owner_id.in_(owners), Agreement.ended_at.is_(None)
    )
    for agreement in db.session.scalars(asked):
        yield agreement, owners[agreement.owner_id]


def _noticed(agreement: Agreement, text: str, verb: str, why: str) -> Noticed:
    return Noticed(
        Item(
            text,
            address_of("decisions.show_agreement", slug=this_workspace().slug, agreement_id=agreement.id),
            agreement.written_at,
            Weight.ASKS,
            topic=("agreement", agreement.id),
            detail=words.when_to_check(agreement.check_on),
            verb=verb,
            on=agreement.check_on,
        ),
        why=why,
    )


NOTICES: dict[str, Notices] = {AGREEMENT_GIVEN: given, CHECK_DUE: check_due}
