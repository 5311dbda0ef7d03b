"""The agenda of a meeting: points of one's own, from actions or from the method, in an order."""

from typing import Any
from uuid import UUID

from flask import flash, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _

from vitaal.agenda import minutes
from vitaal.agenda.access import MeetingPermission
from vitaal.agenda.meeting_forms import PickForm, PointForm
from vitaal.agenda.meeting_queries import (
    PointAt,
    actions_to_take,
    actions_with,
    meeting_numbered,
    point_at,
)
from vitaal.agenda.models import Meeting
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.meetings import meeting_page
from vitaal.kernel.searching import tidy
from vitaal.kernel.web import requires, see_other
from vitaal.method import ingredients

_POINTS = "/w/<slug>/bijeenkomsten/<int:number>/punten"
_POINT = f"{_POINTS}/<uuid:point_id>"
_MOST = 50


@blueprint.get(_POINTS)
@requires(MeetingPermission.WRITE, on=meeting_numbered)
def choose_meeting_points(meeting: Meeting) -> str:
    """The open actions (those with the words in `q`), and the ingredients, to take points from."""
    words = tidy(request.args.get("q", ""))
    return render_template(
        "agenda/meeting_points.html", meeting=meeting, q=words, actions=actions_to_take(words),
        factors=ingredients.factors(),
    )  # fmt: skip


@blueprint.post(_POINTS)
@requires(MeetingPermission.WRITE, on=meeting_numbered)
def add_meeting_point(meeting: Meeting) -> Any:
    """Put a point in own words on the meeting's agenda."""
    form = PointForm()
    if not form.validate():
        return meeting_page(meeting, point=form), 422
    minutes.add_points(meeting, [{"title": form.title.data, "minutes": form.minutes.data}])
    return see_other("agenda.show_meeting", number=meeting.number, _anchor=form.title.id)


@blueprint.post(f"{_POINTS}/keuze")
@requires(MeetingPermission.WRITE, on=meeting_numbered)
def take_meeting_points(meeting: Meeting) -> Any:
    """Put the chosen actions and ingredients on the meeting's agenda; what is there no longer is left out."""
    form = PickForm()
    actions = actions_with(_ids(form.actions.data or []))
    known = {one.key: one for factor in ingredients.factors() for one in factor.ingredients}
    language = str(get_locale())
    chosen = [
        (key, known[key].name.in_(language))
        for key in dict.fromkeys(form.ingredients.data or [])
        if key in known
    ]
    minutes.add_points(meeting, [*minutes.from_actions(actions), *minutes.from_ingredients(chosen)])
    return see_other("agenda.show_meeting", number=meeting.number, _anchor="punten")


@blueprint.post(_POINT)
@requires(MeetingPermission.WRITE, on=point_at)
def change_meeting_point(at: PointAt) -> Any:
    """Give a point another name, or another time."""
    form = PointForm(prefix="punt-")
    if not form.validate():
        return render_template("agenda/meeting_point_form.html", at=at, form=form), 422
    at.point.title, at.point.minutes = form.title.data or "", form.minutes.data
    return see_other("agenda.show_meeting", number=at.meeting.number, _anchor="punten")


@blueprint.get(f"{_POINT}/aanpassen")
@requires(MeetingPermission.WRITE, on=point_at)
def edit_meeting_point(at: PointAt) -> str:
    """A point as it is now, to change."""
    form = PointForm(formdata=None, prefix="punt-", obj=at.point)
    return render_template("agenda/meeting_point_form.html", at=at, form=form)


@blueprint.post(f"{_POINT}/plaats")
@requires(MeetingPermission.WRITE, on=point_at)
def move_meeting_point(at: PointAt) -> Any:
    """Let a point change places with its neighbour: `naar` is `op` or `neer`."""
    minutes.move(at.meeting, at.point, up=request.form.get("naar") == "op")
    return see_other("agenda.show_meeting", number=at.meeting.number, _anchor=f"punt-{at.point.id}")


@blueprint.post(f"{_POINT}/verwijdering")
@requires(MeetingPermission.WRITE, on=point_at)
def remove_meeting_point(at: PointAt) -> Any:
    """Take a point off, unless something came of it."""
    try:
        minutes.remove(at.meeting, at.point)
    except minutes.HasOutcome:
        flash(_("Bij dit punt staat al iets in het verslag. Daarom blijft het staan."), "bad")
    return see_other("agenda.show_meeting", number=at.meeting.number, _anchor="punten")


def _ids(texts: list[str]) -> list[UUID]:
    """The ids among what was sent; what is none is left out."""
    found = []
    for text in texts[:_MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
