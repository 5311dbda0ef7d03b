"""A long agenda to measure: many actions in the first coalition, in every state and spread over a year."""

from datetime import timedelta
from itertools import cycle, islice

from flask import Flask
from sqlalchemy import select, text

from vitaal.agenda.models import Goal, Status
from vitaal.agenda.models.action import append
from vitaal.demo.plan import LEAD
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.tenancy import entering
from vitaal.people.models import person_with
from vitaal.workspaces.models import Membership
from vitaal.workspaces.queries import my_workspaces

_WORDS = (
    "Koffie drinken in de huiskamer",
    "Wandelen langs de bankjes",
    "Bellen met de buren",
    "Soep uitdelen",
)


def put_on_the_agenda(app: Flask, count: int) -> None:
    """Put so many actions on the agenda of the coalition that the demo's lead leads, each with an owner and a day."""
    with app.app_context():
        person = person_with(LEAD)
        assert person
        person_id = person.id
        db.session.commit()
        with entering(db.session, person_id=person_id):
            places = [
                place.id for place, _ in my_workspaces(person_id) if place.slug == "thuis-in-amersfoort"
            ]
        with entering(db.session, person_id=person_id, workspace_id=places[0]):
            owners = cycle(
                db.session.scalars(select(Membership.id).where(Membership.left_at.is_(None))).all()
            )
            goals = cycle([*db.session.scalars(select(Goal.id)), None])
            kinds = cycle(Status)
            append(
                {
                    "title": f"{words} {number}", "reason": "Omdat wie elkaar kent, elkaar helpt. " * 5,
                    "owner_id": next(owners), "goal_id": next(goals), "status": (status := next(kinds)),
                    "stop_reason": "Het werkte niet." if status == Status.STOPPED else "",
                    "due_on": clock.today() + timedelta(days=number % 400 - 60),
                }
                for number, words in enumerate(islice(cycle(_WORDS), count))
            )  # fmt: skip
            db.session.commit()
        db.session.execute(text("ANALYZE app.action"))
        db.session.commit()
