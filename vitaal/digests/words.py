"""How digests say numbers, days and rhythms."""

from flask_babel import gettext as _

from vitaal.people.models import Cadence


def in_words(number: int) -> str:
    """A number as people say it: words up to ten (rule D-23)."""
    words = (
        _("nul"), _("een"), _("twee"), _("drie"), _("vier"), _("vijf"), _("zes"), _("zeven"), _("acht"),
        _("negen"), _("tien"),
    )  # fmt: skip
    return words[number] if number < len(words) else str(number)


def why(cadence: Cadence, weekday: int) -> str:
    """Why someone gets this digest, as the last line of it says; `weekday` is that of ISO."""
    match cadence:
        case Cadence.DAILY:
            return str(_("Je krijgt deze mail elke dag dat er iets nieuws is."))
        case Cadence.WEEKLY:
            days = (
                _("maandag"), _("dinsdag"), _("woensdag"), _("donderdag"), _("vrijdag"), _("zaterdag"), _("zondag"),
            )  # fmt: skip
            return str(_("Je krijgt deze mail op %(day)s, als er iets nieuws is.", day=days[weekday - 1]))
    return str(_("Je krijgt deze mail aan het begin van de maand, als er iets nieuws is."))


def title(first_name: str, cadence: Cadence) -> str:
    """What stands above a digest."""
    match cadence:
        case Cadence.DAILY:
            return str(_("Dag %(name)s, dit is er nieuw", name=first_name))
        case Cadence.WEEKLY:
            return str(_("Dag %(name)s, dit is jouw week", name=first_name))
    return str(_("Dag %(name)s, dit gebeurde er deze maand", name=first_name))
