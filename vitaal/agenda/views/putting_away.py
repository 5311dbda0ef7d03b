"""The archive and the trash of the agenda, and the way back from both."""

from flask import flash, g, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.agenda import putting_away as rules
from vitaal.agenda import words
from vitaal.agenda.access import AgendaPermission
from vitaal.agenda.models import Action
from vitaal.agenda.queries import action_numbered
from vitaal.agenda.views.blueprint import blueprint
from vitaal.agenda.views.lists import after
from vitaal.kernel import clock
from vitaal.kernel.web import requires, see_other


@blueprint.get("/w/<slug>/agenda/archief", endpoint="archive")
@requires(AgendaPermission.SEE)
def show_archive() -> str:
    """What was put in the archive, newest first; `?na=<number>` goes on after that action."""
    return _page(in_trash=False)


@blueprint.get("/w/<slug>/agenda/prullenbak", endpoint="trash")
@requires(AgendaPermission.CHANGE)
def show_trash() -> str:
    """What was thrown away in the past thirty days, each with the way back."""
    return _page(in_trash=True)


@blueprint.post("/w/<slug>/agenda/<int:number>/archief")
@requires(AgendaPermission.CHANGE, on=action_numbered)
def archive_action(action: Action) -> Response:
    """Put an action in the archive."""
    rules.archive(action, by=g.member)
    flash(_("‘%(title)s’ staat in het archief. Daar haal je haar zo weer uit.", title=action.title), "good")
    return see_other("agenda.show_action", number=action.number)


@blueprint.post("/w/<slug>/agenda/<int:number>/prullenbak")
@requires(AgendaPermission.CHANGE, on=action_numbered)
def throw_action_away(action: Action) -> Response:
    """Put an action in the trash for thirty days."""
    rules.throw_away(action, by=g.member)
    flash(
        _(
            "‘%(title)s’ ligt in de prullenbak. Dertig dagen lang kun je haar terugzetten.",
            title=action.title,
        ),
        "good",
    )
    return see_other("agenda.trash")


@blueprint.post("/w/<slug>/agenda/<int:number>/terug")
@requires(AgendaPermission.CHANGE, on=action_numbered)
def bring_action_back(action: Action) -> Response:
    """Put an action back on the agenda."""
    rules.bring_back(action, by=g.member)
    flash(_("‘%(title)s’ staat weer op de agenda.", title=action.title), "good")
    return see_other("agenda.show_action", number=action.number)


def _page(*, in_trash: bool) -> str:
    found = rules.put_away(in_trash=in_trash, after=after())
    return render_template(
        "agenda/put_away.html",
        actions=found[: rules.PAGE],
        next_after=found[rules.PAGE - 1].number if len(found) > rules.PAGE else None,
        is_newest=not request.args,
        in_trash=in_trash,
        days_left=rules.days_left,
        permissions=AgendaPermission,
        today=clock.today(),
        words=words,
    )
