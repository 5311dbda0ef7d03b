"""Writing the letters about a strain that were promised: each as its reader, once, and only while it is there."""

from uuid import uuid5

from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import entering
from vitaal.people.models import Person
from vitaal.post.compose import send_once
from vitaal.spelregels.strain_mails import invitation_to_talk
from vitaal.spelregels.strain_queries import strain_with
from vitaal.workspaces.queries import this_workspace


def invite_to_talk(promise: Promise) -> None:
    """Write that someone is asked to talk; nothing when they left or it was taken back or closed. Commits."""
    with entering(db.session, person_id=promise.person_id, workspace_id=promise.scope_id):
        strain = strain_with(promise.subject_id)
        reader = db.session.get(Person, promise.person_id)
        if strain and reader and not strain.is_over:
            send_once(
                uuid5(strain.id, str(reader.id)), lambda: invitation_to_talk(strain, reader, this_workspace())
            )
        db.session.commit()
