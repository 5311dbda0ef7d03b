"""A partner: an organisation, an initiative or a resident, with a place in a circle and one voice."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from vitaal.kernel import clock
from vitaal.kernel.db import Base, Tenant, db, new_id
from vitaal.workspaces.models.circle import Circle, CirclePeriod


class PartnerKind(StrEnum):
    """What a partner is."""

    ORGANISATION = "organisation"
    INITIATIVE = "initiative"
    RESIDENT = "resident"


class Partner(Tenant, Base):
    """The central object: it stands in a circle, has one voice and signs; members represent it."""

    __tablename__ = "partner"

    name: Mapped[str]
    kind: Mapped[str]
    is_formal: Mapped[bool]
    sector: Mapped[str] = mapped_column(default="")
    circle: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_at: Mapped[datetime | None]

    @classmethod
    def welcome(
        cls,
        name: str,
        kind: PartnerKind,
        circle: Circle,
        *,
        is_formal: bool,
        reason: str,
        decided_by: str,
        sector: str = "",
    ) -> "Partner":
        """A new partner takes its place in a circle of the workspace we are in."""
        partner = cls(
            id=new_id(), name=name.strip(), kind=kind, is_formal=is_formal, sector=sector, circle=circle
        )
        db.session.add(partner)
        db.session.flush()
        CirclePeriod.begin(partner.id, circle, reason=reason, decided_by=decided_by)
        return partner

    def move(self, circle: Circle, *, reason: str, decided_by: str) -> None:
        """Stand in another circle from now on. Raises ValueError without a reason."""
        if not reason.strip():
            raise ValueError("A move needs a reason.")
        self.circle = circle
        CirclePeriod.begin(self.id, circle, reason=reason, decided_by=decided_by)
