"""The five pages of the wizard, each with what it asks, takes and shows."""

from typing import Any

from flask import flash, g, request
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.kernel.db import new_id
from vitaal.method import circles, routes
from vitaal.onboarding import lists
from vitaal.onboarding.forms import (
    MOST_MUNICIPALITIES,
    SORTS,
    FacilitatorForm,
    GuestForm,
    LetterForm,
    ListForm,
    OrganisationForm,
    PeopleForm,
    StepForm,
    WayForm,
)
from vitaal.onboarding.letter import organisation_of, preview
from vitaal.onboarding.plan import Plan, place_form
from vitaal.onboarding.seats import Guest
from vitaal.onboarding.views.page import Page
from vitaal.workspaces.models import Circle
from vitaal.workspaces.words import CIRCLES


class PlacePage(Page):
    """Step 1; there is always an empty line for one more municipality."""

    step, template = 1, "onboarding/place.html"

    def fill(self) -> None:
        """The form of the challenge, the name and the area."""
        self.place = place_form(self.typed("place"), self.names)
        lines = self.place.municipalities
        if all(line.data for line in lines) and len(lines) < MOST_MUNICIPALITIES:
            lines.append_entry()

    def forms(self) -> dict[str, StepForm]:
        """One form."""
        return {"place": self.place}


class WayPage(Page):
    """Step 2."""

    step, template = 2, "onboarding/way.html"

    def fill(self) -> None:
        """The form of the route and the shape."""
        self.way = WayForm.of(self.typed("way"))

    def forms(self) -> dict[str, StepForm]:
        """One form."""
        return {"way": self.way}

    def beside(self, _plan: Plan) -> dict[str, Any]:
        """What the method says about routes and forms."""
        return {"routes": routes.all_routes(), "shapes": routes.forms(), "chooser": routes.chooser()}


class OrganisationsPage(Page):
    """Step 3: one by one, or a list of which wrong lines stay."""

    step, template = 3, "onboarding/organisations.html"

    def fill(self) -> None:
        """A form for one, and a form for many."""
        self.one = OrganisationForm.of(self.typed("organisation"))
        self.many = ListForm.of(self.typed("list"))
        self.wrong_lines: list[lists.WrongLine] = []

    def forms(self) -> dict[str, StepForm]:
        """Both forms."""
        return {"organisation": self.one, "list": self.many}

    def is_right(self) -> bool:
        """Whether someone stands in the inner circle, and nothing is left that was typed and not taken."""
        taken = (
            not self.one.is_touched or self.take_one(),
            not self.many.is_touched or self.take_many(),
        )
        return all(taken) and self._core_is_there()

    def take_one(self) -> bool:
        """Add the organisation that was typed; False when something is wrong with it."""
        form = self.one
        form.taken = self.draft.organisations
        if not form.validate():
            return False
        self.draft.add(lists.organisation_in(form))
        kept = {"sort": [form.sort.data], "circle": [form.circle.data]}
        self.draft.keep("organisation", kept)
        self.one = OrganisationForm.of(kept)
        return True

    def take_many(self) -> bool:
        """Add the lines that are right; False when lines remain, each with what is wrong."""
        form = self.many
        if not form.validate():
            return False
        reading = lists.read(form.lines.data or "", self.draft.organisations, Circle(form.otherwise.data))
        self.draft.add(*reading.organisations)
        count = len(reading.organisations)
        if count:
            flash(
                ngettext("%(num)d toegevoegd uit je lijst.", "%(num)d toegevoegd uit je lijst.", count),
                "good",
            )
        left = "\n".join(wrong.line for wrong in reading.wrong)
        kept = {"lines": [left], "otherwise": [form.otherwise.data]}
        self.draft.keep("list", kept)
        self.many, self.wrong_lines = ListForm.of(kept), list(reading.wrong)
        if self.wrong_lines:
            self.many.lines.errors = [_("Deze regels lukten niet. Verbeter ze, of haal ze weg.")]
        return not self.wrong_lines

    def beside(self, _plan: Plan) -> dict[str, Any]:
        """What the method says about circles, and the lines that could not be taken."""
        return {
            "circles": CIRCLES,
            "sorts": SORTS,
            "method": {circle.key: circle for circle in circles.all_circles()},
            "mix": circles.maximum_mix(),
            "wrong_lines": self.wrong_lines,
        }

    def _core_is_there(self) -> bool:
        is_there = self.plan.has_core()
        if not is_there:
            self.one.name.errors = [
                _("Zet minstens één organisatie in de binnencirkel. Wie is nodig om te beginnen?")
            ]
        return is_there


class PeoplePage(Page):
    """Step 4: lead and facilitator, and guests."""

    step, template = 4, "onboarding/people.html"

    def fill(self) -> None:
        """Three forms, of which the people come from the organisations of step 3."""
        there = self.draft.organisations
        self.people = PeopleForm.of(self.typed("people")).choose_from(there)
        self.facilitator = FacilitatorForm.of(self.typed("facilitator")).choose_from(there)
        self.guest = GuestForm.of(self.typed("guest")).choose_from(there)

    def forms(self) -> dict[str, StepForm]:
        """All three."""
        return {"people": self.people, "facilitator": self.facilitator, "guest": self.guest}

    def is_right(self) -> bool:
        """Whether it is known who leads and who facilitates, and no guest is left that was typed only."""
        known = bool(self.people.validate())
        if self.people.has_other_facilitator:
            self.facilitator.lead_address = self.people.lead_email.data or ""
            known = bool(self.facilitator.validate()) and known
        return (not self.guest.is_touched or self.take_guest()) and known

    def take_guest(self) -> bool:
        """Add the guest that was typed; False when something is wrong with them."""
        form = self.guest
        form.taken = [person.email for person in self.plan.others_invited()]
        if not form.validate():
            return False
        seat = form.guest_organisation.data
        self.draft.ask(Guest(str(new_id()), form.guest_name.data or "", form.guest_email.data or "", seat))
        kept = {"guest_organisation": [seat]}
        self.draft.keep("guest", kept)
        self.guest = GuestForm.of(kept).choose_from(self.draft.organisations)
        return True

    def beside(self, _plan: Plan) -> dict[str, Any]:
        """What the method says about a lead."""
        return {"lead": circles.lead()}


class CheckPage(Page):
    """Step 5: everything once more, and the letter."""

    step, template = 5, "onboarding/check.html"

    def fill(self) -> None:
        """The form for a word of one's own."""
        self.letter = LetterForm.of(self.typed("letter"))

    def forms(self) -> dict[str, StepForm]:
        """One form."""
        return {"letter": self.letter}

    def beside(self, plan: Plan) -> dict[str, Any]:
        """What will be founded, who gets a letter, and the letter itself."""
        invited = plan.all_invited()
        return {
            "circles": CIRCLES,
            "route": routes.route(plan.way.route.data),
            "shape": routes.form(plan.way.shape.data),
            "invited": invited,
            "letter": preview(plan, invited[0], g.person, self.letter.message.data or ""),
            "is_open": request.form.get("naar") == "brief",
            "organisation": organisation_of(plan.municipality),
        }


PAGES: dict[int, type[Page]] = {
    page.step: page for page in (PlacePage, WayPage, OrganisationsPage, PeoplePage, CheckPage)
}
