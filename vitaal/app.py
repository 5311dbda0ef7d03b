"""The product's table of contents: what one application consists of."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix

from vitaal import navigation
from vitaal.activity import noticed as activity_noticed
from vitaal.activity import today as activity_today
from vitaal.activity.models import record
from vitaal.activity.noticing import NOTICED
from vitaal.activity.topics import TALKS, TOPICS
from vitaal.activity.views import blueprint as activity
from vitaal.agenda import meetings_ahead
from vitaal.agenda import noticed as agenda_noticed
from vitaal.agenda import report as agenda_report
from vitaal.agenda import talking as agenda_talking
from vitaal.agenda import today as agenda_today
from vitaal.agenda import waiting as agenda_waiting
from vitaal.agenda import whereabouts as agenda_whereabouts
from vitaal.agenda.views import blueprint as agenda
from vitaal.decisions import noticed as decisions_noticed
from vitaal.decisions import report as decisions_report
from vitaal.decisions import waiting as decisions_waiting
from vitaal.decisions import whereabouts as decisions_whereabouts
from vitaal.decisions.views import blueprint as decisions
from vitaal.digests.views import blueprint as digests
from vitaal.health import blueprint as health
from vitaal.invitations import waiting as invitations_waiting
from vitaal.invitations.views import blueprint as invitations
from vitaal.kernel import clock, db, limits, log, web
from vitaal.kernel.nudge import Nudger
from vitaal.kernel.storage import open_storage
from vitaal.onboarding.views import blueprint as onboarding
from vitaal.pages import shell
from vitaal.pages.views import blueprint as pages
from vitaal.people import sessions
from vitaal.people.views import blueprint as people
from vitaal.post.views import blueprint as local_mailbox
from vitaal.programme.views import blueprint as programme
from vitaal.reports import waiting as reports_waiting
from vitaal.reports import whereabouts as reports_whereabouts
from vitaal.reports.views import blueprint as reports
from vitaal.settings import Settings
from vitaal.spelregels import report as spelregels_report
from vitaal.spelregels import strain_waiting
from vitaal.spelregels import talking as spelregels_talking
from vitaal.spelregels import waiting as spelregels_waiting
from vitaal.spelregels.views import blueprint as spelregels
from vitaal.workspaces import asks, mail_waiting
from vitaal.workspaces import report as workspaces_report
from vitaal.workspaces.history import RECORD
from vitaal.workspaces.places import places_of
from vitaal.workspaces.queries import membership_in
from vitaal.workspaces.reporting import REPORTS
from vitaal.workspaces.today import TODAY
from vitaal.workspaces.views import blueprint as workspaces
from vitaal.workspaces.waiting import WAITING, Feature

LANGUAGES = ("nl", "en")


def create_app(settings: Settings | None = None, role: str = "vitaal_app") -> Flask:
    """Make the application. `role` is the database role it works as: vitaal_app or vitaal_worker.

    Raises BadSetting, AssetsMissing, or RuntimeError when a view carries no guard.
    """
    settings = settings or Settings.from_environment()
    settings.require_servers()
    app = web.Application("vitaal", static_folder=None, template_folder="pages/templates")
    _configure(app, settings)
    db.install(app, settings.database_url or "", role)
    web.install(app, *_who_and_where(settings))
    shell.install(app)
    app.context_processor(navigation.offer)
    _let_features_tell(app)
    for blueprint in (
        pages,
        people,
        workspaces,
        activity,
        agenda,
        decisions,
        spelregels,
        invitations,
        digests,
        reports,
        onboarding,
        programme,
        health,
    ):
        app.register_blueprint(blueprint)
    if settings.local_mailbox:
        app.register_blueprint(local_mailbox)
    web.refuse_unguarded(app)
    return app


def _let_features_tell(app: Flask) -> None:
    """What each feature has to say in what others make: history, Vandaag, mail, reports; and where its things are."""
    app.extensions[RECORD] = record
    app.extensions[TODAY] = tuple(
        feature.contribution for feature in (asks, activity_today, agenda_today, meetings_ahead)
    )
    app.extensions[WAITING] = tuple(
        Feature(feature.lines, feature.ask)
        for feature in (
            agenda_waiting,
            spelregels_waiting,
            strain_waiting,
            decisions_waiting,
            invitations_waiting,
            mail_waiting,
            reports_waiting,
        )
    )
    app.extensions[REPORTS] = tuple(
        feature.contributions
        for feature in (workspaces_report, agenda_report, spelregels_report, decisions_report)
    )
    app.extensions[TALKS] = {topic.KIND: topic.TALK for topic in (agenda_talking, spelregels_talking)}
    app.extensions[NOTICED] = activity_noticed.NOTICES | agenda_noticed.NOTICES | decisions_noticed.NOTICES
    talked_about = {topic.KIND: topic.whereabouts for topic in (agenda_talking, spelregels_talking)}
    app.extensions[TOPICS] = {
        **talked_about,
        **agenda_whereabouts.FINDERS,
        **decisions_whereabouts.FINDERS,
        **reports_whereabouts.FINDERS,
    }


def _configure(app: Flask, settings: Settings) -> None:
    log.configure(settings.log_level)
    app.config.update(
        VITAAL=settings,
        SECRET_KEY=settings.signing_key(),
        SIGN_IN_ENDPOINT="people.sign_in",
        SESSION_COOKIE_NAME="__Host-form" if settings.is_secure else "vitaal_form",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        BABEL_DEFAULT_LOCALE="nl",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    app.extensions["nudger"] = Nudger(settings.redis_url or "")
    app.extensions["storage"] = open_storage(settings)
    Babel(app, locale_selector=_language, timezone_selector=_time_zone)
    limits.install(app, settings.redis_url or "")
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _language() -> str:
    """The person's own language, else the best that their browser asks for."""
    person = g.get("person")
    if person:
        return str(person.language)
    return request.accept_languages.best_match(LANGUAGES, "nl") if has_request_context() else "nl"


def _time_zone() -> str:
    """The name of the person's own time zone, else of that of the Netherlands; Flask-Babel wants it by name."""
    person = g.get("person")
    return str(person.time_zone if person else clock.AMSTERDAM)


def _who_and_where(settings: Settings) -> tuple[Callable[[bytes], Any], Callable[[str], Any]]:
    identify = partial(
        sessions.person_signed_in, idle=settings.session_idle, absolute=settings.session_absolute
    )

    def find_membership(slug: str) -> tuple[Any, Any] | None:
        g.places = places_of(g.person.id)
        return membership_in(slug, g.person.id)

    return identify, find_membership
