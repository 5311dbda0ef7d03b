"""The history of a workspace, as far as the reader's circle may know it."""

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from vitaal.activity.access import ActivityPermission
from vitaal.activity.models import Event
from vitaal.activity.queries import Page, page_of_events
from vitaal.activity.sentences import sentence_html
from vitaal.activity.topics import whereabouts
from vitaal.kernel import clock
from vitaal.kernel.web import requires
from vitaal.pages.days import day_in_words, time_in_words
from vitaal.workspaces.models import LastSeen

blueprint = Blueprint("activity", __name__, template_folder="templates")


@blueprint.get("/w/<slug>/geschiedenis")
@requires(ActivityPermission.SEE)
def history() -> str:
    """What happened, newest first, by day. `?voor=<event>` goes on before that event."""
    opened_at = clock.now()
    before = _event_id(request.args.get("voor"))
    page = page_of_events(before)
    if before is None and _reaches_what_was_seen(page):
        LastSeen.mark(g.member, opened_at)
    by_day = groupby(page.events, key=lambda event: clock.day_of(event.happened_at))
    return render_template(
        "activity/history.html",
        days=[(day_in_words(day), [_as_line(event) for event in events]) for day, events in by_day],
        earlier=page.earlier,
        is_newest=before is None,
    )


@blueprint.get("/w/<slug>/naar/<kind>/<uuid:object_id>")
@requires(ActivityPermission.SEE)
def go_to(kind: str, object_id: UUID) -> Response:
    """The page of what a letter speaks of, wherever that is now; 404 when it is there no more."""
    found = whereabouts({(kind, object_id)}).get((kind, object_id))
    if found is None:
        abort(404)
    return redirect(url_for(found.endpoint, **found.values))


def _event_id(typed: str | None) -> UUID | None:
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError:
        abort(404)


def _reaches_what_was_seen(page: Page) -> bool:
    """Whether nothing new is left on the pages after this one."""
    return page.earlier is None or page.events[-1].happened_at <= LastSeen.of(g.member)


def _as_line(event: Event) -> dict[str, Any]:
    return {
        "person": {"name": event.actor_name},
        "text": sentence_html(event),
        "when": time_in_words(event.happened_at),
    }
