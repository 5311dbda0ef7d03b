"""A draft, read: what the five steps say, which of them are done, and who gets a letter."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from vitaal.onboarding.forms import FacilitatorForm, PeopleForm, PlaceForm, WayForm
from vitaal.onboarding.models import CoalitionDraft, Typed
from vitaal.onboarding.queries import Names
from vitaal.onboarding.seats import Guest, Organisation, Sort
from vitaal.workspaces.models import Circle, Role

LAST_STEP = 5


@dataclass(frozen=True)
class Invited:
    """Someone who gets a letter: for which organisation, and with which roles."""

    id: str
    name: str
    email: str
    organisation: Organisation
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Town:
    """The municipality whose officer prepares this."""

    code: str
    name: str
    slug: str


class Plan:
    """What a draft comes to, as plain values that outlive the session in which the draft was read.

    It is read once: change the draft first, then make a plan of it.
    """

    def __init__(self, draft: CoalitionDraft, names: Names) -> None:
        self.draft_id: UUID = draft.id
        self.municipality = Town(draft.municipality.code, draft.municipality.name, draft.municipality.slug)
        self.names = names
        self.organisations: list[Organisation] = draft.organisations
        self.guests: list[Guest] = draft.guests
        self.place = place_form(draft.typed("place"), names)
        self.way = WayForm.of(draft.typed("way"))
        self.people = PeopleForm.of(draft.typed("people")).choose_from(self.organisations)
        self.facilitator = FacilitatorForm.of(draft.typed("facilitator")).choose_from(self.organisations)

    @cached_property
    def first_open_step(self) -> int:
        """The first step that is not done; the last one when all before it are."""
        checks = (self.place.validate, self.way.validate, self.has_core, self.people_are_known)
        return next((number for number, holds in enumerate(checks, 1) if not holds()), LAST_STEP)

    @property
    def municipality_codes(self) -> list[str]:
        """Where the coalition is at work, the officer's own municipality first."""
        return list(dict.fromkeys([self.municipality.code, *self.place.more_codes()]))

    @property
    def municipality_names(self) -> list[str]:
        """The same, in words."""
        return [self.names.by_code[code] for code in self.municipality_codes]

    @property
    def has_facilitator(self) -> bool:
        """Whether someone else than the lead facilitates."""
        return self.people.has_other_facilitator

    @property
    def has_residents(self) -> bool:
        """Whether those whom it is about have a place in it."""
        return any(other.sort in {Sort.RESIDENT, Sort.INITIATIVE} for other in self.organisations)

    def has_core(self) -> bool:
        """Whether someone stands in the inner circle: without them there is no beginning."""
        return any(other.circle == Circle.INNER for other in self.organisations)

    def people_are_known(self) -> bool:
        """Whether it is known who leads and who facilitates."""
        known = self.people.validate()
        self.facilitator.lead_address = self.people.lead_email.data or ""
        return known and (not self.has_facilitator or self.facilitator.validate())

    def in_circle(self, circle: Circle) -> list[Organisation]:
        """Who stands in a circle."""
        return [other for other in self.organisations if other.circle == circle]

    def others_invited(self) -> list[Invited]:
        """Contacts and guests: who gets a letter beside lead and facilitator."""
        contacts = [
            Invited(other.id, other.name if other.sort == Sort.RESIDENT else "", other.email, other)
            for other in self.organisations
            if other.email and other.can_be_invited
        ]
        by_id = {other.id: other for other in self.organisations}
        guests = [
            Invited(guest.id, guest.name, guest.email, by_id[guest.organisation_id])
            for guest in self.guests
            if guest.organisation_id in by_id
        ]
        return _each_address_once(contacts + guests)

    def all_invited(self) -> list[Invited]:
        """Everyone who gets a letter, the lead first; only when every step is done."""
        by_id = {other.id: other for other in self.organisations}
        people = self.people
        also = () if self.has_facilitator else (Role.FACILITATOR,)
        leading = Invited(
            "lead", people.lead_name.data or "", people.lead_email.data or "", by_id[people.lead_organisation.data],
            (Role.LEAD, *also),
        )  # fmt: skip
        chosen = [leading]
        if self.has_facilitator:
            form = self.facilitator
            chosen.append(
                Invited(
                    "facilitator", form.facilitator_name.data or "", form.facilitator_email.data or "",
                    by_id[form.facilitator_organisation.data], (Role.FACILITATOR,),
                )
            )  # fmt: skip
        return _each_address_once(chosen + self.others_invited())


def place_form(typed: Typed, names: Names) -> PlaceForm:
    """The form of step 1, which knows the municipalities."""
    form = PlaceForm.of(typed)
    form.names = names
    return form


def _each_address_once(people: list[Invited]) -> list[Invited]:
    first: dict[str, Invited] = {}
    for person in people:
        first.setdefault(person.email, person)
    return list(first.values())
