"""The application refuses to start when a view is left open by mistake."""

import pytest
from flask import Flask

from tests.architecture.routes import every_route, the_app
from vitaal.kernel import access
from vitaal.kernel.access import Asker, Permission, permits
from vitaal.kernel.web import guard_of, refuse_unguarded


def test_every_view_carries_a_guard() -> None:
    assert all(guard_of(the_app().view_functions[endpoint]) for endpoint, _, _ in every_route())


def test_a_view_without_a_guard_stops_the_start() -> None:
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/open", "left_open", lambda: "hello")
    with pytest.raises(RuntimeError, match="left_open"):
        refuse_unguarded(app)


def test_ids_in_urls_are_uuids() -> None:
    loose = [path for _, path, _ in every_route() for part in path.split("/") if part.endswith("_id>")
             and not part.startswith("<uuid:")]  # fmt: skip
    assert loose == []


def test_what_no_table_grants_is_denied() -> None:
    class Secret(Permission):
        LOOK = "secret.look"

    assert not permits(Asker(person=object(), member=object()), Secret.LOOK)


def test_every_permission_that_a_route_asks_is_granted_to_someone() -> None:
    asked = {guard.permission for endpoint, _, _ in every_route()
             if (guard := guard_of(the_app().view_functions[endpoint])) and guard.permission}  # fmt: skip
    assert asked <= set(access.table())
