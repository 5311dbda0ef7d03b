"""The agenda as a list, a board, a timeline or a calendar; which part of it stands in the address."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flask import Response, g, make_response, render_template, request
from flask_babel import gettext as _

from vitaal.agenda import board, listing, month, queries, timeline, words
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.choices import Choice, Choices, choices
from vitaal.agenda.filters import NONE, Filter, Grouping, View
from vitaal.agenda.models import AgendaView
from vitaal.agenda.quick_forms import IdeaForm, QuickForm, TogetherForm, ViewForm
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.frame import frame_for, number_at, sent_from
from vitaal.kernel import clock
from vitaal.kernel.web import may, requires
from vitaal.pages.forms import Form
from vitaal.workspaces.queries import live_members


@blueprint.get("/w/<slug>/agenda")
@requires(AgendaPermission.SEE)
def actions() -> Response:
    """The agenda as the address asks for it; `?na=<number>` goes on after that action."""
    found = Filter.read(request.args)
    answer = make_response(show(found))
    if request.headers.get("HX-Request"):
        header = "HX-Replace-Url" if sent_from("nieuw") else "HX-Push-Url"
        answer.headers[header] = frame_for(found).href()
    return answer


def show(
    found: Filter,
    form: Form | None = None,
    view_form: ViewForm | None = None,
    together: TogetherForm | None = None,
    ticked: Collection[int] = (),
) -> str:
    """A page of the agenda, with the forms that belong to it (where one failed, that one) and what is ticked."""
    chosen = choices()
    at = frame_for(found, ticked)
    is_new = not (found.is_narrowed or chosen.goals or queries.actions(limit=1))
    if at.adjusts and together is None:
        together = TogetherForm(formdata=None).offer(live_members(), chosen.goals)
    return render_template(
        "agenda/actions.html",
        at=at,
        together=together,
        has_errors=together is not None and bool(together.errors),
        found=found,
        form=form or _empty_form(),
        adds=sent_from("nieuw") and not (form and form.errors),
        view_form=view_form or ViewForm(formdata=None),
        choices=chosen,
        selects=_selects(found, chosen),
        views=AgendaView.all(),
        permissions=AgendaPermission,
        words=words,
        kinds={"view": View, "grouping": Grouping},
        is_new=is_new,
        **{"is_empty": is_new, **_SHOWN[found.view](found, chosen)},
    )


def _empty_form() -> Form:
    return QuickForm(formdata=None) if may(AgendaPermission.ADD) else IdeaForm(formdata=None)


def _selects(found: Filter, chosen: Choices) -> list[tuple[str, str, list[tuple[Any, Any]], Any]]:
    """The further choices: the name of each in the address, its label, its options, and which is chosen."""
    nobody, no_goal = (NONE, _("Nog niemand")), (NONE, _("Nog zonder doel"))
    offered = [
        ("status", _("Hoe ver"), [("", _("Alles")), *words.STAGES.items()], found.stage),
        ("eigenaar", _("Wie trekt het"), [("", _("Iedereen")), nobody, *_pairs(chosen.owners)], found.owner),
        ("doel", _("Doel"), [("", _("Alle doelen")), no_goal, *_pairs(chosen.goals)], found.goal),
        ("werkgroep", _("Werkgroep"), [("", _("Alle werkgroepen")), *_pairs(chosen.groups)], found.group),
        (
            "label",
            _("Label"),
            [("", _("Alle labels")), *((name, name) for name in chosen.labels)],
            found.label,
        ),
    ]
    if found.view == View.LIST:
        offered.insert(0, ("groep", _("Zet bij elkaar"), list(words.GROUPINGS.items()), found.grouping))
    return [select for select in offered if len(select[2]) > 1]


def _pairs(many: list[Choice]) -> list[tuple[Any, Any]]:
    return [(one.id, one.name) for one in many]


def after() -> int | None:
    """The number of the action that the page goes on after, when the address has one."""
    return number_at("na")


def _list(found: Filter, chosen: Choices) -> Mapping[str, Any]:
    shown = listing.page_of_list(found, g.member, after())
    counted = listing.counts(found, g.member)
    return {
        "page": shown,
        "sections": listing.sections(shown, found, counted, chosen.goals),
        "count": sum(tally.all for tally in counted.values()),
        "is_empty": not counted and (found.is_narrowed or not chosen.goals),
    }


def _board(found: Filter, _chosen: Choices) -> Mapping[str, Any]:
    lanes = board.lanes(found, g.member)
    count = sum(lane.count for lane in lanes)
    return {"lanes": lanes, "count": count, "is_empty": not count}


def _timeline(found: Filter, _chosen: Choices) -> Mapping[str, Any]:
    first = timeline.first_day(found.start, clock.today())
    shown = timeline.page_of_timeline(found, g.member, first, after())
    return {
        "first": first,
        "quarters": [
            (_("%(number)se kwartaal", number=(day.month + 2) // 3), day) for day in timeline.quarters(first)
        ],
        "earlier": timeline.later(first, -timeline.QUARTERS),
        "later": timeline.later(first, timeline.QUARTERS),
        "page": shown,
        "count": timeline.count(found, g.member, first) if found.is_narrowed else None,
        "rows": list(timeline.rows(shown.lines, first)),
    }


def _calendar(found: Filter, _chosen: Choices) -> Mapping[str, Any]:
    first = month.first_day(found.start, clock.today())
    weeks = month.weeks(found, g.member, first)
    return {
        "first": first,
        "count": sum(day.count for week in weeks for day in week),
        "earlier": month.month_before(first),
        "later": month.next_month(first),
        "weeks": weeks,
    }


_SHOWN: dict[View, Callable[[Filter, Choices], Mapping[str, Any]]] = {
    View.LIST: _list,
    View.BOARD: _board,
    View.TIMELINE: _timeline,
    View.CALENDAR: _calendar,
}
