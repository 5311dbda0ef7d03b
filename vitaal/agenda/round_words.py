"""The pictures of a round with their words."""

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from vitaal.agenda.models import RoundAction
from vitaal.agenda.priority_round import Weighing
from vitaal.pages.pictures.priority import Spot, field, votes
from vitaal.pages.shell import initials


def field_of(weighed: Sequence[tuple[RoundAction, Weighing]]) -> Markup:
    """Where the group stands on every action that someone rated, numbered as the list beside it."""
    spots = [
        Spot(
            number, weighing.importance, weighing.urgency, float(weighing.importance_apart),
            float(weighing.urgency_apart), weighing.is_apart,
        )
        for number, (_line, weighing) in enumerate(weighed, start=1)
        if weighing.importance is not None and weighing.urgency is not None
    ]  # fmt: skip
    return field(spots, {
        "title": _("Zo denken we over de acties"),
        "desc": _("Hoe hoger, hoe belangrijker; hoe verder naar rechts, hoe dringender. De tabel eronder zegt hetzelfde."),
        "later": _("Uitzoeken en plannen"), "now": _("Nu doen"), "not": _("Loslaten"), "pass": _("Overdragen"),
        "urgent": _("dringend"), "can_wait": _("kan wachten"), "important": _("belangrijk"),
        "less": _("minder belangrijk"),
    })  # fmt: skip


def votes_of(title: str, weighing: Weighing) -> Markup:
    """Where each partner stands on one action."""
    given = [(view.importance, view.urgency, initials(view.partner)) for view in weighing.views]
    return votes(given, _("De meningen over ‘%(title)s’", title=title), _("dringend"), _("belangrijk"))
