"""Many people at once, for tests that ask whether a page stays quick."""

from tests.cast import Cast
from vitaal.activity.models import record
from vitaal.agenda.models.action import append
from vitaal.kernel.db import db, new_id
from vitaal.people.models import Person
from vitaal.workspaces.models import Circle, Membership


def fill(cast: Cast, count: int) -> None:
    """Let `count` people join Amersfoort's inner circle, each with two events and an action."""
    place = cast.amersfoort
    people = [
        Person(id=new_id(), name=f"Buur {number}", email=f"buur{number}@example.nl")
        for number in range(count)
    ]
    ids = [person.id for person in people]
    with cast.app.app_context():
        db.session.add_all(people)
        db.session.commit()
    partner_id = place.partners["Anna"]
    with cast.acting_as("Anna"):
        members = [
            Membership(
                id=new_id(),
                person_id=person_id,
                partner_id=partner_id,
                name=f"Buur {number}",
                circle=Circle.INNER,
                roles=[],
            )
            for number, person_id in enumerate(ids)
        ]
        db.session.add_all(members)
        db.session.flush()
        for number, member in enumerate(members):
            record("joined", "partner", "De Kom", by=member, object_id=partner_id, circle=Circle.OUTER)
            record("welcomed", "partner", f"Groep {number}", by=member, circle=Circle.OUTER, to="outer")
        append({"title": f"Actie {number}", "reason": "Omdat het kan"} for number in range(count))
        db.session.commit()
