"""What an invitation says about a circle, a role and a state, in words for who reads it."""

from dataclasses import dataclass

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from vitaal.workspaces.models import Circle, Role


@dataclass(frozen=True)
class CircleWords:
    """A circle as an invited person needs to know it."""

    name: str
    line: str
    sees: tuple[str, ...]
    does: tuple[str, ...]
    rules: tuple[str, ...]


def circle_words(circle: str) -> CircleWords:
    """The words for the inner or the outer circle (method: circles.yaml)."""
    if circle == Circle.INNER:
        return CircleWords(
            _("Binnencirkel"),
            _("Beslist mee. Ziet alles van de coalitie."),
            (
                _("alle acties en gesprekken"),
                _("wie er meedoet en namens wie"),
                _("wanneer we bij elkaar komen"),
            ),
            (_("je beslist mee"), _("je pakt samen met anderen acties op"), _("je geeft tijd en kennis")),
            (
                _("We zijn er en doen wat we beloven."),
                _("Wat iemand persoonlijk vertelt, blijft onder ons."),
            ),
        )
    return CircleWords(
        _("Buitencirkel"),
        _("Doet mee als het past. Ziet wat met de buitencirkel is gedeeld."),
        (
            _("wat met de buitencirkel is gedeeld"),
            _("wie de samenwerking draagt"),
            _("wat er lukt en wat we leren"),
        ),
        (
            _("je haakt aan als het je past"),
            _("je helpt bij een actie als je wilt"),
            _("je denkt mee als we iets vragen"),
        ),
        (
            _("Afzeggen mag altijd. Laat het even weten."),
            _("Wat iemand persoonlijk vertelt, blijft onder ons."),
        ),
    )


def seen_by_others() -> tuple[str, ...]:
    """What the other members see of someone who takes part."""
    return (
        _("je naam en namens wie je meedoet"),
        _("wat je zelf schrijft"),
        _("niet je e-mail en niet je telefoon"),
    )


def role_word(role: str) -> str:
    """The name of a role in the middle of a sentence."""
    names: dict[Role, str] = {
        Role.LEAD: _("trekker"),
        Role.FACILITATOR: _("procesbegeleider"),
        Role.LIAISON: _("verbindingsofficier"),
    }
    return names[Role(role)]


def roles_words(roles: list[str]) -> str:
    """Roles in one phrase: "trekker en procesbegeleider"; empty without roles."""
    return format_list([role_word(role) for role in roles], locale=get_locale() or "nl")
