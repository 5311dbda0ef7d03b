"""Every route, as every member of the cast, in the own and in another workspace, and with a nonsense id.

What is expected is not written here: it follows from the guards and from the features' permission tables.
"""

from dataclasses import dataclass
from inspect import signature
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.architecture.agenda_samples import everything_in_the_agenda
from tests.architecture.routes import every_route, name_of
from tests.architecture.samples import sample
from tests.architecture.spelregel_samples import a_rule_that_holds, a_strain, everything_among_the_spelregels
from tests.cast import Cast, Place
from tests.tables import bring_all_back, keep_all
from vitaal.kernel.access import Asker, permits
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import Context, switch
from vitaal.kernel.web import Guard, guard_of
from vitaal.people.models import Person
from vitaal.settings import Settings
from vitaal.workspaces.queries import membership_in

ACTORS = (None, "Anna", "Bram", "Chaima", "Daan", "Els", "Farah", "Olga")
ROUTES = every_route()


@dataclass
class Scene:
    """The cast with something real for every variable in a URL, and everyone signed in."""

    cast: Cast
    settings: Settings
    secrets: dict[str, str]

    def begin(self) -> Cast:
        """Let everything be as it was when it was made."""
        bring_all_back(self.settings, "scene")
        self.cast.app.extensions["limits"].forget()
        return self.cast

    def browser(self, actor: str | None) -> FlaskClient:
        """A new browser in which this person is signed in."""
        client = self.cast.app.test_client()
        if actor:
            client.set_cookie("vitaal_session", self.secrets[actor])
        return client


@pytest.fixture(scope="module")
def whole_scene(first_cast: Cast, settings: Settings) -> Scene:
    """Made once, and kept."""
    bring_all_back(settings, "cast")
    cast = first_cast.afresh()
    for place in (cast.amersfoort, cast.elsewhere):
        everything_in_the_agenda(cast, place)
        everything_among_the_spelregels(cast, place)
        a_rule_that_holds(cast, place)
        a_strain(cast, place)
    secrets = {name: cast.secret_of(name) for name in cast.people}
    keep_all(settings, "scene")
    return Scene(cast, settings, secrets)


@pytest.fixture
def scene(app: Flask, whole_scene: Scene) -> Scene:
    """As it was made."""
    whole_scene.begin()
    return whole_scene


@pytest.mark.parametrize(("endpoint", "path", "method"), ROUTES, ids=[name_of(*route) for route in ROUTES])
def test_everyone_gets_what_the_permission_table_says(
    scene: Scene, endpoint: str, path: str, method: str
) -> None:
    cast = scene.cast
    rule = next(r for r in cast.app.url_map.iter_rules(endpoint) if r.rule == path)
    for place_name in ("amersfoort", "elsewhere") if "slug" in rule.arguments else ("amersfoort",):
        for actor in ACTORS:
            place: Place = getattr(cast, place_name)
            values = {name: sample(name, cast, place, endpoint, actor) for name in rule.arguments}
            wanted = _expected(cast, rule, values, actor)
            got = _visit(scene.browser(actor), rule, values, method)
            assert _verdict(got) in wanted, f"{actor} at {method} {path} in {place_name}: {got.status}"
            if method != "GET" and got.status_code < 400:
                scene.begin()


@pytest.mark.parametrize(
    ("endpoint", "path", "method"),
    [route for route in ROUTES if "<uuid:" in route[1]],
    ids=[name_of(*route) for route in ROUTES if "<uuid:" in route[1]],
)
def test_a_nonsense_id_is_not_found(scene: Scene, endpoint: str, path: str, method: str) -> None:
    cast = scene.cast
    rule = next(r for r in cast.app.url_map.iter_rules(endpoint) if r.rule == path)
    values = {
        name: uuid4() if name.endswith("_id") else sample(name, cast, cast.amersfoort, endpoint, "Anna")
        for name in rule.arguments
    }
    for actor in ("Anna", "Farah"):
        assert _visit(scene.browser(actor), rule, values, method).status_code in {404, 410}


def _expected(cast: Cast, rule: Rule, values: dict[str, Any], actor: str | None) -> set[str]:
    guard = guard_of(cast.app.view_functions[rule.endpoint])
    assert guard
    if guard.kind in {"public", "machine"}:
        return {"answered", "not found", "sign in"}
    if actor is None:
        return {"sign in"}
    if guard.kind == "signed_in":
        return {"answered", "not found"}
    return {_by_permission(cast, guard, dict(values), cast.people[actor])}


def _by_permission(cast: Cast, guard: Guard, values: dict[str, Any], person_id: UUID) -> str:
    """What the permission table says, for this person on this object."""
    with cast.app.test_request_context():
        g.person, g.member, g.workspace = db.session.get_one(Person, person_id), None, None
        _leave_for(Context(person_id))
        if "slug" in values:
            found = membership_in(values.pop("slug"), person_id)
            if found is None:
                return "not found"
            g.workspace, g.member = found
            _leave_for(Context(person_id, g.workspace.id))
        thing = None
        if guard.on:
            thing = guard.on(**{name: values[name] for name in signature(guard.on).parameters})
            if thing is None:
                return "not found"
        assert guard.permission
        allowed = permits(Asker(g.person, g.member, g.workspace), guard.permission, thing)
        return "answered" if allowed else "forbidden"


def _leave_for(context: Context) -> None:
    """Go on in another context with what was loaded: a rollback would empty it."""
    db.session.expunge_all()
    switch(db.session, context)


def _visit(client: FlaskClient, rule: Rule, values: dict[str, Any], method: str) -> TestResponse:
    adapter = client.application.url_map.bind("localhost")
    path = adapter.build(rule.endpoint, values, method=method)
    return client.open(path, method=method, buffered=True)


def _verdict(response: TestResponse) -> str:
    status = response.status_code
    if status == 303 and response.location.startswith("/inloggen"):
        return "sign in"
    if status in {403, 404}:
        return {403: "forbidden", 404: "not found"}[status]
    return "answered" if status < 500 else f"broke with {status}"
