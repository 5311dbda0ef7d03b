"""From a draft to a coalition: everything or nothing, once, and from then on it belongs to its members."""

from collections.abc import Callable
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.cast import Cast
from tests.invitations.letters import letters_to, link_in
from tests.onboarding.wizard import HOME, Wizard, page, words
from vitaal.agenda.models import Action
from vitaal.invitations.inviting import BadAddress
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.method.routes import route
from vitaal.onboarding.access import my_draft
from vitaal.onboarding.founding import FoundedAlready, found
from vitaal.onboarding.plan import Plan
from vitaal.onboarding.queries import names_of_municipalities
from vitaal.onboarding.seats import Guest
from vitaal.people.models import Person
from vitaal.workspaces.models import CirclePeriod, Membership, Partner, Progress, Workspace

NAME = "Thuis in het Soesterkwartier"
FOUND = {"from_the_start": "Vanaf de start", "organisation": "Gemeente Amersfoort"}


@pytest.fixture
def wizard(cast: Cast) -> Wizard:
    """Farah's draft, filled in up to the last step."""
    return Wizard(cast.client("Farah")).fill()


def handed_up(cast: Cast) -> list[tuple[str, str, int, int]]:
    """Name, municipality and counts of every coalition, as a municipality's officer may read them."""
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Farah"]):
        asked = select(
            Progress.workspace_name, Progress.municipality_code, Progress.invited, Progress.accepted
        ).where(Progress.workspace_name == NAME)
        with db.engines["programme"].connect() as connection:
            return [tuple(row) for row in connection.execute(asked)]


def accept(cast: Cast, worker: Flask, email: str, name: str) -> None:
    [letter] = letters_to(worker, email)
    answer = cast.client().post(link_in(letter), data={"name": name})
    assert answer.status_code == 303


def inside(cast: Cast, email: str, ask: Callable[[], Any]) -> Any:
    """What someone who accepted sees in their one workspace."""
    with cast.app.app_context():
        person_id = db.session.scalars(select(Person.id).where(Person.email == email)).one()
    with cast.app.app_context(), entering(db.session, person_id=person_id):
        everywhere = {"across_workspaces": True}
        workspace_id = db.session.scalars(
            select(Membership.workspace_id).where(Membership.person_id == person_id),
            execution_options=everywhere,
        ).one()
    with cast.app.app_context(), entering(db.session, person_id=person_id, workspace_id=workspace_id):
        return ask()


def rows_left(worker: Flask) -> dict[str, int]:
    """How many rows that a founding makes there are, told by who has no workspace's wall before them."""
    with worker.app_context():
        return {
            table: db.session.scalars(text(f"SELECT count(*) FROM ops.{table}")).one()
            for table in ("letter", "promise")
        }


def test_a_coalition_gets_its_circles_its_agenda_and_its_story(
    cast: Cast, worker: Flask, wizard: Wizard
) -> None:
    answer = wizard.found()
    assert (answer.status_code, answer.location) == (303, HOME)
    accept(cast, worker, "hanneke@example.nl", "Hanneke Vos")

    def look() -> tuple[Any, ...]:
        workspace = db.session.scalars(select(Workspace).where(Workspace.name == NAME)).one()
        partners = db.session.execute(
            select(Partner.name, Partner.circle, Partner.is_formal).order_by(Partner.id)
        ).all()
        reasons = set(db.session.execute(select(CirclePeriod.reason, CirclePeriod.decided_by)).all())
        titles = list(db.session.scalars(select(Action.title).order_by(Action.position)))
        told = db.session.execute(text("SELECT verb, actor_name FROM app.event ORDER BY id LIMIT 1")).one()
        return (workspace.route, workspace.form, workspace.area), partners, reasons, titles, tuple(told)

    about, partners, reasons, titles, told = inside(cast, "hanneke@example.nl", look)
    assert about == ("learning-by-doing", "network", "Soesterkwartier")
    assert partners == [
        ("Welzijn Oost", "inner", True),
        ("Wandelclub", "outer", False),
        ("Bibliotheek", "free", True),
    ]
    assert reasons == {("Vanaf de start", "Farah")}
    assert titles == [point.text.nl for point in route("learning-by-doing").start_agenda]
    assert told == ("founded", "Farah")


def test_exactly_those_who_were_named_get_a_letter(worker: Flask, wizard: Wizard) -> None:
    wizard.found("Kom je ook?")
    [letter] = letters_to(worker, "hanneke@example.nl")
    assert "Farah" in letter.text
    assert "Gemeente Amersfoort" in letter.text
    assert "Kom je ook?" in letter.text
    assert len(letters_to(worker, "wandelen@example.nl")) == 1
    assert rows_left(worker)["letter"] == 2


def test_an_officer_who_reads_english_founds_in_dutch(cast: Cast, worker: Flask, wizard: Wizard) -> None:
    with cast.app.app_context():
        db.session.get_one(Person, cast.people["Farah"]).language = "en"
        db.session.commit()
    assert wizard.found().status_code == 303
    [letter] = letters_to(worker, "hanneke@example.nl")
    assert "Farah van Gemeente Amersfoort vraagt jou" in letter.text
    accept(cast, worker, "hanneke@example.nl", "Hanneke Vos")
    reasons = inside(cast, "hanneke@example.nl", lambda: set(db.session.scalars(select(CirclePeriod.reason))))
    assert reasons == {"Vanaf de start"}


def test_the_lead_who_facilitates_too_arranges_with_one_letter(
    cast: Cast, worker: Flask, wizard: Wizard
) -> None:
    wizard.found()
    accept(cast, worker, "hanneke@example.nl", "Hanneke Vos")
    roles = inside(cast, "hanneke@example.nl", lambda: db.session.scalars(select(Membership.roles)).one())
    assert set(roles) == {"lead", "facilitator"}


def test_the_officer_sees_nothing_inside_and_the_counts_go_up_when_people_accept(
    cast: Cast, worker: Flask, wizard: Wizard
) -> None:
    wizard.found()
    assert handed_up(cast) == [(NAME, "GM0307", 2, 0)]
    accept(cast, worker, "wandelen@example.nl", "Wim")
    assert handed_up(cast) == [(NAME, "GM0307", 2, 1)]
    shown = words(page(wizard.client.get(HOME)))
    assert "1 doet mee" in shown
    assert "Wim" not in shown
    assert "Wandelclub" not in shown
    assert wizard.client.get("/w/thuis-in-het-soesterkwartier").status_code == 404


def test_the_other_municipalities_see_how_far_it_is_too(cast: Cast, worker: Flask, wizard: Wizard) -> None:
    kept = {"challenge": "Buren", "name": NAME, "kind": "coalition"}
    assert (
        wizard.send(
            1, **kept, **{"municipalities-0": "leusden", "municipalities-1": "Amersfoort"}
        ).status_code
        == 303
    )
    wizard.found()
    accept(cast, worker, "hanneke@example.nl", "Hanneke Vos")
    codes = inside(
        cast,
        "hanneke@example.nl",
        lambda: list(db.session.scalars(select(Progress.municipality_code).order_by(text("1")))),
    )
    assert codes == ["GM0307", "GM0327"]


def test_pressing_the_button_twice_founds_once(worker: Flask, wizard: Wizard) -> None:
    assert wizard.found().status_code == 303
    again = wizard.found()
    assert (again.status_code, again.location) == (303, HOME)
    assert words(page(wizard.client.get(HOME))).count(f"{NAME} Gestart") == 1
    assert rows_left(worker)["letter"] == 2


def test_two_buttons_at_the_same_moment_found_once(cast: Cast, worker: Flask, wizard: Wizard) -> None:
    answers = []

    def press() -> None:
        answers.append(Wizard.found(wizard))

    browsers = [Thread(target=press) for _browser in range(2)]
    for browser in browsers:
        browser.start()
    for browser in browsers:
        browser.join()
    assert [answer.status_code for answer in answers] == [303, 303]
    assert handed_up(cast) == [(NAME, "GM0307", 2, 0)]
    assert rows_left(worker)["letter"] == 2


def test_a_plan_that_was_read_before_comes_too_late(cast: Cast, wizard: Wizard) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Farah"]):
        plan, farah = _plan(wizard.draft_id), db.session.get_one(Person, cast.people["Farah"])
        db.session.expunge(farah)
        found(plan, farah, **FOUND)
        db.session.commit()
        with pytest.raises(FoundedAlready):
            found(plan, farah, **FOUND)
    assert handed_up(cast) == [(NAME, "GM0307", 2, 0)]


def test_a_wrong_address_in_the_last_invitation_leaves_nothing(
    cast: Cast, worker: Flask, wizard: Wizard
) -> None:
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Farah"]):
        draft = my_draft(wizard.draft_id)
        assert draft
        draft.ask(Guest("last", "", "geen adres", draft.organisations[0].id))
        db.session.commit()
    before = rows_left(worker)
    with pytest.raises(BadAddress):
        wizard.found()
    assert (handed_up(cast), rows_left(worker)) == ([], before)
    assert NAME in words(wizard.get(5))


def test_a_row_that_the_database_refuses_leaves_nothing(cast: Cast, worker: Flask, wizard: Wizard) -> None:
    before = rows_left(worker)
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Farah"]):
        plan, farah = _plan(wizard.draft_id), db.session.get_one(Person, cast.people["Farah"])
        db.session.expunge(farah)
        with pytest.raises(IntegrityError):
            found(plan, farah, **FOUND, message="x" * 601)
    assert (handed_up(cast), rows_left(worker)) == ([], before)


def test_the_same_name_gets_an_address_of_its_own(cast: Cast, wizard: Wizard) -> None:
    wizard.found()
    Wizard(wizard.client).fill().found()
    assert len(handed_up(cast)) == 2


def test_a_message_that_is_too_long_stays_and_founds_nothing(cast: Cast, wizard: Wizard) -> None:
    answer = wizard.found("x" * 601)
    assert answer.status_code == 422
    assert "x" * 601 in answer.text
    assert handed_up(cast) == []


def test_a_draft_that_is_not_done_founds_nothing(cast: Cast) -> None:
    wizard = Wizard(cast.client("Farah"))
    answer = wizard.found()
    assert (answer.status_code, answer.location) == (303, f"{wizard.base}/1")


def _plan(draft_id: UUID) -> Plan:
    draft = my_draft(draft_id)
    assert draft
    plan = Plan(draft, names_of_municipalities())
    assert plan.first_open_step == 5
    return plan
