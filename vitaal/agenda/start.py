"""The agenda that a workspace begins with: the first actions of its route, each with the reason for it.

The actions and reasons are the method's own texts (Lokaal Samenwerken 3.1); here stands only which belongs to which.
"""

from vitaal.agenda.models.action import append
from vitaal.method.routes import Route
from vitaal.method.texts import Text

# The key of an action to the key of the text of its route that says why.
_WHY = {
    "ask-one-question": "start-point",
    "listen-to-ten": "people-first",
    "find-what-exists": "trust-grows",
    "do-one-small-thing": "quick-result",
    "look-back-together": "early-exit",
    "name-bigger-question": "stays-small",
    "say-it-in-one-line": "clear-why",
    "who-does-what-now": "fits-side-by-side",
    "bring-and-need": "partners-hesitate",
    "picture-the-future": "room-to-change",
    "test-two-ideas": "too-rigid",
    "connect-to-policy": "bridge-both-ways",
    "read-the-plan-together": "shared-direction",
    "reserve-seats": "talking-shop",
    "check-with-stories": "grow",
    "goals-to-actions": "thought-up-elsewhere",
    "agree-spelregels": "firm-commitment",
    "appoint-liaison": "gap-with-practice",
}


def fill_from_route(route: Route, language: str) -> None:
    """Put the first actions of a route on the empty agenda of the workspace we are in, in the method's order.

    Done once, by who founds the workspace; from there on the agenda is the group's own.
    """
    reasons = _texts_of(route)
    append(
        {"title": point.text.in_(language), "reason": reasons[_WHY[point.key]].in_(language)}
        for point in route.start_agenda
    )


def _texts_of(route: Route) -> dict[str, Text]:
    """The texts of a route that can be a reason, by key: of a risk, what helps against it."""
    points = {point.key: point.text for point in (*route.fits_when, *route.strengths)}
    counters = {risk.key: risk.counter for risk in route.risks}
    return {"start-point": route.start_point, "grow": route.also_grow_towards, **points, **counters}
