"""Coming in without a password, and going out."""

from flask import current_app, flash, g, make_response, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from vitaal.kernel import limits, web
from vitaal.kernel.db import db
from vitaal.kernel.web import public
from vitaal.people import browser, queries, sessions, signing_in
from vitaal.people.addresses import attach, let_mail_follow, masked
from vitaal.people.forms import CodeForm, SignInForm
from vitaal.people.models import Person, Purpose, SignInRequest, person_with
from vitaal.people.signing_in import Proven
from vitaal.people.views.blueprint import blueprint

Answer = str | Response | tuple[str, int]


@blueprint.route("/inloggen", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    """Ask for a letter with a button and a code. The answer is the same for every address."""
    back = web.back_to(request.args.get("next"), "")
    form = SignInForm()
    if form.validate_on_submit():
        return browser.start_asking(form.email.data or "", return_to=back, was_typed=True)
    if g.person and not form.is_submitted():
        return redirect(back or "/", code=303)
    page = render_template("people/sign_in.html", form=form, back=back, demo=_demo_people())
    return page, 422 if form.errors else 200


@blueprint.route("/inloggen/code", methods=["GET", "POST"])
@public
def enter_code() -> Answer:
    """Say that a letter is on its way, and take its code: only in the browser that asked for it."""
    asked = signing_in.asked_in(browser.asking_secret())
    if asked is None or not _may_use(asked):
        return _over()
    form = CodeForm()
    if form.validate_on_submit():
        _count_tries()
        proven = signing_in.use_code(form.code.data or "", browser.asking_secret())
        if proven:
            return _welcome(proven)
        web.commit()  # a wrong code counts, also when the answer is no
        left = signing_in.TRIES - asked.wrong_codes - 1
        if left < 1:
            return _over()
        form.code.errors = [_("Deze code klopt niet. Je kunt het nog %(left)d keer proberen.", left=left)]
    page = render_template(
        "people/enter_code.html",
        form=form,
        email=browser.as_shown(asked),
        proves=asked.purpose == Purpose.PROVE_ADDRESS,
        has_mailbox=current_app.config["VITAAL"].local_mailbox,
    )
    return page, 422 if form.errors else 200


@blueprint.route("/inloggen/<token>", methods=["GET", "POST"])
@public
def open_link(token: str) -> Response:
    """Show a button; only pressing it uses the link up, because mail scanners open links too."""
    response = make_response(_press(token) if request.method == "POST" else _show_button(token))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.post("/uitloggen")
@public
def sign_out() -> Response:
    """End this session; then to `next`, or to the start."""
    sessions.end_this(browser.this_session())
    return browser.end_session(redirect(web.back_to(request.values.get("next"), "/"), code=303))


def _show_button(token: str) -> Answer:
    asked = signing_in.asked_with(token)
    if asked is None or not _may_use(asked):
        return _over()
    here = signing_in.asked_in(browser.asking_secret())
    if here is None or here.id != asked.id:
        return render_template("people/other_browser.html"), 403
    return render_template(
        "people/open_link.html", email=masked(asked.email), proves=asked.purpose == Purpose.PROVE_ADDRESS
    )


def _press(token: str) -> Answer:
    _count_tries()
    asked = signing_in.asked_with(token)
    if asked is None or not _may_use(asked):
        return _over()
    proven = signing_in.use_link(token, browser.asking_secret())
    return _welcome(proven) if proven else (render_template("people/other_browser.html"), 403)


def _may_use(asked: SignInRequest) -> bool:
    """Only who is signed in can say that another address is theirs too."""
    return asked.purpose == Purpose.SIGN_IN or bool(g.person)


def _welcome(proven: Proven) -> Answer:
    if proven.purpose is Purpose.PROVE_ADDRESS:
        return _add_address(proven)
    person = person_with(proven.email)
    if person is None:
        return _over()
    let_mail_follow(person, proven.email)
    return browser.begin_session(person, proven.return_to)


def _add_address(proven: Proven) -> Answer:
    person = db.session.get_one(Person, g.person.id)
    if attach(person, proven.email):
        let_mail_follow(person, proven.email)
        flash(_("%(email)s is nu ook van jou.", email=proven.email))
        return redirect(web.back_to(proven.return_to, "/mijn/voorkeuren"), code=303)
    web.commit()  # the link is used up, also when the answer is no
    page = render_template("people/someone_elses.html", email=proven.email, back=proven.return_to)
    return page, 409


def _over() -> Answer:
    return render_template("people/over.html"), 410


def _count_tries() -> None:
    sentence = _("Je probeerde het te vaak. Wacht een kwartier en vraag dan een nieuwe mail.")
    limits.count("30 per 15 minutes", "tries", request.remote_addr or "", sentence=sentence)


def _demo_people() -> list[tuple[str, str]]:
    """Who can sign in to the demo: address and role, in local mode only."""
    if not current_app.config["VITAAL"].local_mailbox:
        return []
    people = {
        "trekker@demo.example": _("Trekker van een coalitie"),
        "procesbegeleider@demo.example": _("Procesbegeleider"),
        "binnencirkel@demo.example": _("In de binnencirkel"),
        "buitencirkel@demo.example": _("In de buitencirkel"),
        "gemeente@demo.example": _("Ambtenaar bij een gemeente"),
        "programma@demo.example": _("Medewerker van het programma"),
        "beheer@demo.example": _("Beheerder van Vitaal"),
    }
    known = queries.known_among(list(people))
    return [(address, who) for address, who in people.items() if address in known]
