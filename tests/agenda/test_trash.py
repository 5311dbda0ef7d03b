"""What lies in the trash can come back for thirty days; after that it is gone, with all that hung on it."""

from datetime import timedelta

from flask import Flask

from tests.agenda.story import an_action, found, member
from tests.cast import Cast
from vitaal.agenda import putting_away, steps
from vitaal.agenda.queries import action_numbered
from vitaal.kernel import clock
from vitaal.kernel.db import db


def test_what_was_thrown_away_thirty_days_ago_is_gone_and_what_came_later_can_come_back(
    cast: Cast, worker: Flask
) -> None:
    old, new = an_action(cast, "Oud"), an_action(cast, "Nieuw")
    with cast.acting_as("Anna"):
        steps.add(found(old), "Bellen", by=member(cast, "Anna"))
        db.session.commit()
    for number, days in ((old, 31), (new, 29)):
        with cast.acting_as("Anna"), clock.at(clock.now() - timedelta(days=days)):
            putting_away.throw_away(found(number), by=member(cast, "Anna"))
            db.session.commit()
    with worker.app_context():
        assert putting_away.empty_trash() == 1
        db.session.commit()
    with cast.acting_as("Anna"):
        assert action_numbered(old) is None
        putting_away.bring_back(found(new), by=member(cast, "Anna"))
        db.session.commit()
        assert found(new).deleted_at is None
