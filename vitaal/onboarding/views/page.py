"""One step of one draft: its forms, what they change, and how it is shown."""

from typing import Any

from flask import abort, flash, g, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from vitaal.kernel import web
from vitaal.kernel.db import new_id
from vitaal.method import circles, routes
from vitaal.onboarding import lists
from vitaal.onboarding.forms import (
    CIRCLES,
    MOST_MUNICIPALITIES,
    SORTS,
    FacilitatorForm,
    GuestForm,
    LetterForm,
    ListForm,
    OrganisationForm,
    PeopleForm,
    StepForm,
    Together,
    WayForm,
)
from vitaal.onboarding.letter import organisation_of, preview
from vitaal.onboarding.models import CoalitionDraft
from vitaal.onboarding.plan import LAST_STEP, Plan, place_form
from vitaal.onboarding.queries import names_of_municipalities
from vitaal.onboarding.seats import Guest
from vitaal.workspaces.models import Circle

TEMPLATES = {
    1: "onboarding/place.html",
    2: "onboarding/way.html",
    3: "onboarding/organisations.html",
    4: "onboarding/people.html",
    5: "onboarding/check.html",
}


class Page:
    """A step as it is asked for, or as it is sent; then what was sent is kept first, right or wrong."""

    def __init__(self, draft: CoalitionDraft, step: int, sent: MultiDict[str, str] | None = None) -> None:
        if step not in TEMPLATES:
            abort(404)
        self.draft, self.step, self.sent = draft, step, sent
        self.names = names_of_municipalities()
        self.wrong_lines: list[lists.WrongLine] = []
        self.forms = self._forms()
        if sent is not None:
            for part, form in self.forms.items():
                draft.keep(part, form.typed_in(sent))

    @property
    def plan(self) -> Plan:
        """The draft as it is now, read afresh."""
        return Plan(self.draft, self.names)

    def is_right(self) -> bool:
        """Whether this step is done; what was typed but not added yet is added first."""
        if self.step == 3:
            return self.take_typed_organisations() and self._core_is_there()
        if self.step == 4:
            return all((self._people_are_right(), not self.guest.is_touched or self.take_guest()))
        return all(form.validate() for form in self.forms.values())

    def take_organisation(self) -> bool:
        """Add the organisation that was typed; False when something is wrong with it."""
        form = self.organisation
        form.taken = self.draft.organisations
        if not form.validate():
            return False
        self.draft.add(lists.organisation_in(form))
        self._empty("organisation", sort=[form.sort.data], circle=[form.circle.data])
        return True

    def take_list(self) -> bool:
        """Add the lines that are right; False when lines remain, each with what is wrong."""
        form = self.list
        if not form.validate():
            return False
        reading = lists.read(form.lines.data, self.draft.organisations, Circle(form.otherwise.data))
        self.draft.add(*reading.organisations)
        if reading.organisations:
            count = len(reading.organisations)
            flash(
                ngettext("%(num)d toegevoegd uit je lijst.", "%(num)d toegevoegd uit je lijst.", count),
                "good",
            )
        left = "\n".join(wrong.line for wrong in reading.wrong)
        self._empty("list", lines=[left], otherwise=[form.otherwise.data])
        self.wrong_lines = list(reading.wrong)
        if self.wrong_lines:
            self.list.lines.errors = [_("Deze regels lukten niet. Verbeter ze, of haal ze weg.")]
        return not self.wrong_lines

    def take_typed_organisations(self) -> bool:
        """Add what was typed or pasted on step 3 and not added yet."""
        return all(
            (
                not self.organisation.is_touched or self.take_organisation(),
                not self.list.is_touched or self.take_list(),
            )
        )

    def take_guest(self) -> bool:
        """Add the guest that was typed; False when something is wrong with them."""
        form = self.guest
        form.taken = [person.email for person in self.plan.others_invited()]
        if not form.validate():
            return False
        self.draft.ask(
            Guest(
                str(new_id()), form.guest_name.data or "", form.guest_email.data, form.guest_organisation.data
            )
        )
        self._empty("guest", guest_organisation=[form.guest_organisation.data])
        return True

    def refuse(self) -> Any:
        """The page again, with what is wrong at each field; what was sent stays kept."""
        web.commit()
        return self.show(), 422

    def show(self) -> str:
        """The page of this step."""
        plan = self.plan
        return render_template(
            TEMPLATES[self.step],
            draft=self.draft,
            plan=plan,
            step=self.step,
            step_names=[_("Opgave"), _("Route"), _("Organisaties"), _("Trekker"), _("Nakijken")],
            furthest=plan.first_open_step,
            form=Together(*self.forms.values()),
            **{f"{part}_form": form for part, form in self.forms.items()},
            **self._beside(plan),
        )

    def __getattr__(self, part: str) -> Any:
        try:
            return self.__dict__["forms"][part]
        except KeyError:
            raise AttributeError(part) from None

    def _beside(self, plan: Plan) -> dict[str, Any]:
        """What a step shows beside its forms."""
        if self.step == 2:
            return {"routes": routes.all_routes(), "shapes": routes.forms(), "chooser": routes.chooser()}
        if self.step == 3:
            method = {circle.key: circle for circle in circles.all_circles()}
            return {
                "circles": CIRCLES, "sorts": SORTS, "method": method, "mix": circles.maximum_mix(),
                "wrong_lines": self.wrong_lines,
            }  # fmt: skip
        if self.step == LAST_STEP:
            return self._check(plan)
        return {"lead": circles.lead()}

    def _check(self, plan: Plan) -> dict[str, Any]:
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

    def _people_are_right(self) -> bool:
        is_right = bool(self.people.validate())
        if self.people.facilitation.data != "other":
            return is_right
        self.facilitator.lead_address = self.people.lead_email.data or ""
        return bool(self.facilitator.validate()) and is_right

    def _core_is_there(self) -> bool:
        there = self.plan.has_core()
        if not there:
            self.organisation.name.errors = [
                _("Zet minstens één organisatie in de binnencirkel. Wie is nodig om te beginnen?")
            ]
        return there

    def _empty(self, part: str, **typed: list[str]) -> None:
        """Begin a form afresh, but for these."""
        self.draft.keep(part, typed)
        self.forms[part] = type(self.forms[part]).of(typed)
        if part == "guest":
            self.guest.choose_from(self.draft.organisations)

    def _forms(self) -> dict[str, StepForm]:
        def of(kind: type[StepForm], part: str) -> Any:
            return kind.of(self.draft.typed(part) if self.sent is None else self.sent)

        if self.step == 1:
            place = place_form(self.draft.typed("place") if self.sent is None else self.sent, self.names)
            entries = place.municipalities
            if all(entry.data for entry in entries) and len(entries) < MOST_MUNICIPALITIES:
                entries.append_entry()
            return {"place": place}
        there = self.draft.organisations
        return {
            2: lambda: {"way": of(WayForm, "way")},
            3: lambda: {"organisation": of(OrganisationForm, "organisation"), "list": of(ListForm, "list")},
            4: lambda: {
                "people": of(PeopleForm, "people").choose_from(there),
                "facilitator": of(FacilitatorForm, "facilitator").choose_from(there),
                "guest": of(GuestForm, "guest").choose_from(there),
            },
            5: lambda: {"letter": of(LetterForm, "letter")},
        }[self.step]()
