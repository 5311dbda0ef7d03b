"""A coalition in preparation: what was filled in at the five steps, kept until it is founded."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vitaal.kernel import clock
from vitaal.kernel.db import Base, new_id
from vitaal.onboarding.seats import Guest, Organisation
from vitaal.workspaces.models import Municipality

LONGEST_NAME = 80
Typed = Mapping[str, Sequence[str]]


class CoalitionDraft(Base):
    """What an officer has filled in so far, right or wrong; theirs alone."""

    __tablename__ = "coalition_draft"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    officer_id: Mapped[UUID] = mapped_column(ForeignKey("app.person.id"))
    municipality_code: Mapped[str] = mapped_column(ForeignKey("oversight.municipality.code"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    founded_slug: Mapped[str | None]

    municipality: Mapped[Municipality] = relationship(viewonly=True, lazy="raise")

    @property
    def name(self) -> str:
        """The name that was typed for the coalition, as far as it fits; empty when there is none yet."""
        return next(iter(self.typed("place").get("name", [])), "").strip()[:LONGEST_NAME]

    @property
    def organisations(self) -> list[Organisation]:
        """Who stands in the circles, in the order in which they were added."""
        return [Organisation(**kept) for kept in self.answers.get("organisations", [])]

    @property
    def guests(self) -> list[Guest]:
        """Whom else to invite, in the order in which they were added."""
        return [Guest(**kept) for kept in self.answers.get("guests", [])]

    def typed(self, part: str) -> Typed:
        """What was typed in one form, as it was typed."""
        typed: Typed = self.answers.get(part, {})
        return typed

    def keep(self, part: str, typed: Typed) -> None:
        """Keep what was typed in one form in the place of what was there."""
        self._set(**{part: dict(typed)})

    def add(self, *organisations: Organisation) -> None:
        """Give these organisations their places in the circles."""
        self._set(organisations=[kept.as_json() for kept in (*self.organisations, *organisations)])

    def remove(self, organisation_id: str) -> None:
        """Take an organisation out, with the guests who would come for it; repeating it changes nothing."""
        self._set(
            organisations=[kept.as_json() for kept in self.organisations if kept.id != organisation_id],
            guests=[kept.as_json() for kept in self.guests if kept.organisation_id != organisation_id],
        )

    def ask(self, guest: Guest) -> None:
        """Put someone on the list of who gets an invitation."""
        self._set(guests=[kept.as_json() for kept in (*self.guests, guest)])

    def skip(self, guest_id: str) -> None:
        """Take a guest, or the contact of an organisation, off the list; repeating it changes nothing."""
        self._set(
            guests=[kept.as_json() for kept in self.guests if kept.id != guest_id],
            organisations=[
                (kept.without_contact() if kept.id == guest_id else kept).as_json()
                for kept in self.organisations
            ],
        )

    def _set(self, **answers: Any) -> None:
        self.answers = {**self.answers, **answers}
        self.changed_at = clock.now()
