"""From a draft to a coalition: everything or nothing, once, and from then on it belongs to its members."""

import psycopg
import pytest
from sqlalchemy import select, text

from tests.cast import AMERSFOORT, Cast
from tests.onboarding.wizard import HOME, Wizard, page, words
from vitaal.agenda.models import Action
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import Context, entering, switch
from vitaal.method.routes import route
from vitaal.onboarding.models import CoalitionDraft
from vitaal.onboarding.queries import coalitions_in


def test_a_coalition_is_founded_with_its_agenda_its_circles_and_its_invitations(cast: Cast) -> None:
    wizard = Wizard(cast.client("Farah")).fill()
    answer = wizard.found("Kom je ook?")
    assert (answer.status_code, answer.location) == (303, HOME)
    shown = words(page(wizard.client.get(HOME)))
    assert "Thuis in het Soesterkwartier is gestart" in shown
    assert "2 uitnodigingen" in shown
    assert "In voorbereiding" not in shown
