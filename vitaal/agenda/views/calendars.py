"""Following what is planned in one's own calendar program: making an address, showing it once, revoking it."""

from typing import Any

from flask import Response, abort, flash, g, render_template, request, session
from flask_babel import gettext as _

from vitaal.agenda import calendar_feeds
from vitaal.agenda.access import MeetingPermission
from vitaal.agenda.meeting_forms import FeedForm
from vitaal.agenda.models import CalendarFeed, FeedKind
from vitaal.agenda.views.blueprint import blueprint
from vitaal.kernel import limits
from vitaal.kernel.web import address_of, public, requires, see_other

_ROOT = "/w/<slug>/bijeenkomsten/volgen"
_SHOWN_ONCE = "calendar"


@blueprint.get(_ROOT, endpoint="calendars")
@requires(MeetingPermission.FOLLOW)
def show_calendars() -> str:
    """The reader's own calendars here; an address that was just made is shown, this once."""
    return _page(FeedForm(formdata=None))


@blueprint.post(_ROOT)
@requires(MeetingPermission.FOLLOW)
def make_calendar() -> Any:
    """Make an address to follow."""
    form = FeedForm()
    if not form.validate():
        return _page(form), 422
    session[_SHOWN_ONCE] = CalendarFeed.make(FeedKind(form.kind.data), by=g.member)
    return see_other("agenda.calendars", _anchor="adres")


@blueprint.post(f"{_ROOT}/<uuid:feed_id>/intrekking")
@requires(MeetingPermission.FOLLOW, on=calendar_feeds.own_feed)
def revoke_calendar(feed: CalendarFeed) -> Any:
    """Make an address worth nothing."""
    feed.revoke()
    flash(_("Dat adres werkt niet meer."))
    return see_other("agenda.calendars")


@blueprint.get("/agenda/<secret>.ics")
@public
def read_calendar(secret: str) -> Any:
    """The calendar behind a secret address. A program that has this version already hears just that (304)."""
    secret_hash = calendar_feeds.hash_of(secret)
    limits.count(
        "120 per hour", "calendar", secret_hash.hex(), sentence=_("Dit adres wordt te vaak gevraagd.")
    )
    found = calendar_feeds.read(secret_hash)
    if found is None:
        who = request.remote_addr or ""
        limits.count(
            "60 per hour", "calendar nothing", who, sentence=_("Er wordt te vaak naar niets gevraagd.")
        )
        abort(404)
    answer = Response(found, mimetype="text/calendar", headers={"Cache-Control": "private, no-cache"})
    answer.add_etag()
    return answer.make_conditional(request)


def _page(form: FeedForm) -> str:
    secret = session.pop(_SHOWN_ONCE, None)
    return render_template(
        "agenda/calendars.html", form=form, feeds=calendar_feeds.feeds_of(g.member),
        address=address_of("agenda.read_calendar", secret=secret) if secret else "",
    )  # fmt: skip
