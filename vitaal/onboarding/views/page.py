"""A step of a draft as a page: its forms, what is kept of them, and how they are shown again."""

from abc import ABC, abstractmethod
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from vitaal.kernel import web
from vitaal.onboarding.forms import StepForm, Together
from vitaal.onboarding.models import CoalitionDraft, Typed
from vitaal.onboarding.plan import Plan
from vitaal.onboarding.queries import names_of_municipalities


class Page(ABC):
    """A step as it is asked for, or as it is sent; then what was sent is kept first, right or wrong."""

    step: int
    template: str

    def __init__(self, draft: CoalitionDraft, sent: MultiDict[str, str] | None = None) -> None:
        self.draft, self.sent = draft, sent
        self.names = names_of_municipalities()
        self.fill()
        if sent is not None:
            for part, form in self.forms().items():
                draft.keep(part, form.typed_in(sent))

    @property
    def plan(self) -> Plan:
        """The draft as it is now, read afresh."""
        return Plan(self.draft, self.names)

    @abstractmethod
    def fill(self) -> None:
        """Make the forms, with what is sent or else with what was kept."""

    @abstractmethod
    def forms(self) -> dict[str, StepForm]:
        """The forms of this step, by the part of the draft that keeps what is typed in them."""

    def is_right(self) -> bool:
        """Whether this step is done; what was typed but not added yet is added first."""
        return all(form.validate() for form in self.forms().values())

    def beside(self, _plan: Plan) -> dict[str, Any]:
        """What this step shows beside its forms."""
        return {}

    def typed(self, part: str) -> MultiDict[str, str] | Typed:
        """What is sent now, or else what was typed in a part before."""
        return self.draft.typed(part) if self.sent is None else self.sent

    def refuse(self) -> Any:
        """The page again, with what is wrong at each field; what was sent stays kept."""
        web.commit()
        return self.show(), 422

    def show(self) -> str:
        """The page."""
        plan = self.plan
        forms = self.forms()
        return render_template(
            self.template,
            draft=self.draft,
            plan=plan,
            step=self.step,
            step_names=[_("Opgave"), _("Route"), _("Organisaties"), _("Trekker"), _("Nakijken")],
            furthest=plan.first_open_step,
            form=Together(*forms.values()),
            **{f"{part}_form": form for part, form in forms.items()},
            **self.beside(plan),
        )
