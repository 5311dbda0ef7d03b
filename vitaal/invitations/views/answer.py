"""The page behind the link in a letter: what it is about, and yes or no. Looking changes nothing (D-31)."""

from typing import Any

from flask import g, make_response, render_template, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from vitaal.invitations import answering, asking_again, mails, words
from vitaal.invitations.answering import AlreadyAnswered, Decline
from vitaal.invitations.forms import DeclineForm, NameForm
from vitaal.invitations.presented import MAY_ANSWER, MAY_ASK_AGAIN, Case, Presented, present
from vitaal.invitations.views.blueprint import blueprint
from vitaal.kernel import web
from vitaal.kernel.db import db
from vitaal.kernel.web import public
from vitaal.people import browser, sessions
from vitaal.people.addresses import masked
from vitaal.people.models import Purpose

_STATUS = {Case.SOMEONE_ELSE: 403, Case.MEMBER: 200}


@blueprint.get("/uitnodiging/<token>")
@public
def show_invitation(token: str) -> Any:
    """What the invitation says, before any signing in."""
    presented = present(token, g.person)
    name = presented.invitation.name if presented.invitation else ""
    return _page(presented, token, NameForm(name=name))


@blueprint.post("/uitnodiging/<token>")
@public
def accept_invitation(token: str) -> Any:
    """Yes. A new person gives their name; who has an account and is signed out shows first that it is theirs."""
    presented = present(token, g.person)
    form = NameForm()
    if presented.case == Case.SIGN_IN_FIRST and presented.invitation:
        here = url_for("invitations.show_invitation", token=token)
        return browser.start_asking(presented.invitation.email, Purpose.SIGN_IN, here)
    if presented.case == Case.MEMBER:
        return _as_member(presented)
    if presented.case not in MAY_ANSWER or (presented.case == Case.NEW and not form.validate()):
        return _page(presented, token, form, otherwise=422)
    return _let_in(presented, form, token)


@blueprint.get("/uitnodiging/<token>/nee")
@public
def consider_declining(token: str) -> Any:
    """Where someone may say why not, before saying it."""
    presented = present(token, g.person)
    form = DeclineForm()
    form.offer_months()
    return _page(presented, token, form, template="decline")


@blueprint.post("/uitnodiging/<token>/nee")
@public
def decline_invitation(token: str) -> Any:
    """No. Whoever holds the letter may say so, whatever account is signed in here."""
    presented = present(token, g.person)
    form = DeclineForm()
    form.offer_months()
    if presented.case not in MAY_ANSWER | {Case.SOMEONE_ELSE} or not form.validate():
        return _page(presented, token, form, template="decline", otherwise=422)
    try:
        answering.decline(presented, Decline(form.reason.data), form.ask_again_on)
    except AlreadyAnswered:
        return web.see_other("invitations.show_invitation", token=token)
    return _sealed(render_template("invitations/declined.html", ask_again_on=form.ask_again_on))


@blueprint.post("/uitnodiging/<token>/nieuwe")
@public
def ask_for_new(token: str) -> Any:
    """Ask for a new invitation: the inviter hears it, or who arranges the workspace."""
    presented = present(token, g.person)
    if presented.case not in MAY_ASK_AGAIN or not presented.invitation_id:
        return _page(presented, token, NameForm())
    asking_again.promise_for(presented.invitation_id)
    web.promise()
    return _sealed(render_template("invitations/asked_again.html"))


@blueprint.post("/uitnodiging/<token>/uitloggen")
@public
def switch_account(token: str) -> Any:
    """Sign out here and go on with the invitation."""
    sessions.end_this(browser.this_session())
    return browser.end_session(web.see_other("invitations.show_invitation", token=token))


@blueprint.post("/uitnodiging/<token>/ook-van-mij")
@public
def claim_address(token: str) -> Any:
    """The invited address is mine too: show it with a code, sent to that address."""
    presented = present(token, g.person)
    if presented.case != Case.SOMEONE_ELSE or not presented.invitation:
        return web.see_other("invitations.show_invitation", token=token)
    here = url_for("invitations.show_invitation", token=token)
    return browser.start_asking(presented.invitation.email, Purpose.PROVE_ADDRESS, here)


def _let_in(presented: Presented, form: NameForm, token: str) -> Any:
    assert presented.workspace is not None
    home = url_for("workspaces.today", slug=presented.workspace.slug)
    try:
        if presented.case == Case.NEW:
            locale = get_locale()
            language = locale.language if locale else "nl"
            person, _member = answering.accept_as_newcomer(presented, form.name.data or "", language)
            return browser.begin_session(person, home)
        answering.accept(presented, g.person)
    except AlreadyAnswered:
        db.session.rollback()
        return web.see_other("invitations.show_invitation", token=token)
    return web.see_other("workspaces.today", slug=presented.workspace.slug)


def _as_member(presented: Presented) -> Any:
    assert presented.workspace is not None
    if answering.is_further_in(presented):
        answering.ask_further_in(presented)
    return web.see_other("workspaces.today", slug=presented.workspace.slug)


def _page(
    presented: Presented, token: str, form: Any, template: str = "answer", otherwise: int = 200
) -> Response:
    """The page for a case. Links that are worth nothing (any more) get the same status, whatever the reason."""
    case = presented.case
    if case == Case.SOMEONE_ELSE and template != "decline" and presented.invitation:
        return _sealed(
            render_template(
                "invitations/someone_else.html",
                token=token,
                mine=masked(g.person.email),
                theirs=masked(presented.invitation.email),
            ),
            403,
        )
    if case == Case.MEMBER:
        further = answering.is_further_in(presented)
        words_for_member = {"workspace": presented.workspace, "is_further_in": further, "token": token}
        return _sealed(render_template("invitations/already_member.html", **words_for_member))
    if case not in MAY_ANSWER | {Case.SOMEONE_ELSE}:
        asks = case in MAY_ASK_AGAIN
        return _sealed(render_template("invitations/closed.html", case=case, asks=asks, token=token), 410)
    return _sealed(
        render_template(f"invitations/{template}.html", **_letter(presented), token=token, form=form),
        otherwise,
    )


def _letter(presented: Presented) -> dict[str, Any]:
    invitation, partner = presented.invitation, presented.partner
    assert invitation is not None
    assert partner is not None
    assert presented.workspace is not None
    said = mails.contents(invitation, presented.workspace, partner)
    return {**said, "case": presented.case, "seen_by_others": words.seen_by_others()}


def _sealed(page: str, status: int = 200) -> Response:
    """An answer that never tells another site which secret led to it."""
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
