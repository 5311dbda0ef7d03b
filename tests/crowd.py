"""Many people at once, for tests that ask whether a page stays quick."""

from tests.cast import Cast, Place
from vitaal.activity.models import record
from vitaal.agenda.models import Action
from vitaal.kernel.db import db, new_id
from vitaal.people.models import Person
from vitaal.workspaces.models import Circle, Membership, Partner


def fill(cast: Cast, count: int, place: Place | None = None) -> None:
    """Let `count` people join Amersfoort's inner circle, each with an event and an action."""
    place = place or cast.amersfoort
    with cast.app.app_context():
        people = [Person.join(f"Buur {number}", f"buur{number}@example.nl").id for number in range(count)]
        db.session.commit()
    with cast.acting_as("Anna", place):
        partner = db.session.get_one(Partner, (place.id, place.partners["Anna"]))
        for number, person_id in enumerate(people):
            member = Membership(
                id=new_id(), person_id=person_id, partner_id=partner.id, name=f"Buur {number}",
                circle=Circle.INNER, roles=[],
            )  # fmt: skip
            db.session.add(member)
            db.session.flush()
            record("joined", "partner", partner.name, by=member, object_id=partner.id, circle=Circle.OUTER)
            record("welcomed", "partner", f"Groep {number}", by=member, to="outer")
            db.session.add(Action(title=f"Actie {number}", reason="Omdat het kan", position=number))
        db.session.commit()
