"""What the agenda's tests share: someone puts an action on the agenda, someone looks at it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bs4 import BeautifulSoup

from tests.cast import Cast, Place
from vitaal.agenda.models import Action
from vitaal.agenda.queries import action_numbered
from vitaal.kernel.db import db
from vitaal.workspaces.models import Membership


def member(cast: Cast, name: str, place: Place | None = None) -> Membership:
    """Someone's membership; within `cast.acting_as`."""
    place = place or cast.amersfoort
    return db.session.get_one(Membership, (place.id, place.members[name]))


def an_action(
    cast: Cast, title: str = "Samen eten", by: str = "Anna", place: Place | None = None, **fields: Any
) -> int:
    """Someone puts an action on the agenda; its number."""
    with cast.acting_as(by, place):
        action = Action.add(title, by=member(cast, by, place), **fields)
        db.session.commit()
        return action.number


def meanwhile(deed: Callable[[], Any]) -> None:
    """Someone else does something in a transaction of their own, while ours goes on."""
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(deed).result()


def found(number: int) -> Action:
    """The action with this number; within `cast.acting_as`."""
    action = action_numbered(number)
    assert action
    return action


def address(cast: Cast, number: int, *more: str) -> str:
    """The page of an action, or one below it."""
    return "/".join([f"/w/{cast.amersfoort.slug}/agenda/{number}", *more])


def page(cast: Cast, name: str, path: str) -> BeautifulSoup:
    """A page as someone sees it."""
    answer = cast.client(name).get(path)
    assert answer.status_code == 200, answer.status
    return BeautifulSoup(answer.text, "lxml")
