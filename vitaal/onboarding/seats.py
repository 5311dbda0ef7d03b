"""Who gets a place in a coalition that is in preparation: organisations in circles, and guests for them."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from vitaal.workspaces.models import Circle, PartnerKind


class Sort(StrEnum):
    """What an organisation is, in the one question that the wizard asks about it."""

    FORMAL = "formal"
    INFORMAL = "informal"
    INITIATIVE = "initiative"
    RESIDENT = "resident"

    @property
    def kind(self) -> PartnerKind:
        """The kind of partner it becomes."""
        return {Sort.INITIATIVE: PartnerKind.INITIATIVE, Sort.RESIDENT: PartnerKind.RESIDENT}.get(
            self, PartnerKind.ORGANISATION
        )


@dataclass(frozen=True)
class Organisation:
    """An organisation, initiative or resident with a place in a circle, and perhaps a contact's address."""

    id: str
    name: str
    sort: str
    circle: str
    email: str = ""

    @property
    def can_be_invited(self) -> bool:
        """Nobody is invited into the free space."""
        return self.circle != Circle.FREE

    def without_contact(self) -> "Organisation":
        """The same, but nobody gets a letter for it."""
        return replace(self, email="")

    def as_json(self) -> dict[str, str]:
        """What a draft keeps of it."""
        return asdict(self)


@dataclass(frozen=True)
class Guest:
    """Someone to invite for an organisation, beside its contact."""

    id: str
    name: str
    email: str
    organisation_id: str

    def as_json(self) -> dict[str, str]:
        """What a draft keeps of them."""
        return asdict(self)
