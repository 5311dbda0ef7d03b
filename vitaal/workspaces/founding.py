"""How a workspace comes into being: until it is founded, its founder stands in it; after that, only members do."""

from collections.abc import Iterable
from uuid import UUID

from slugify import slugify
from sqlalchemy.exc import IntegrityError

from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.kernel.tenancy import Context, switch
from vitaal.workspaces.models import Workspace, WorkspaceMunicipality
from vitaal.workspaces.progress import hand_up


def begin(
    founder_id: UUID,
    *,
    name: str,
    kind: str,
    route: str,
    form: str,
    municipalities: Iterable[str],
    challenge: str = "",
    area: str = "",
    theme_colour: str | None = None,
    programme_id: UUID | None = None,
) -> Workspace:
    """Start a workspace in these municipalities (CBS codes) and go on in its context, as its founder.

    What was not committed before is rolled back. Nobody sees the workspace until `finish`, in the same
    transaction; without it nothing remains. The database accepts only an officer as founder.
    """
    workspace_id = new_id()
    switch(db.session, Context(founder_id, workspace_id))
    workspace = Workspace(
        id=workspace_id,
        kind=kind,
        name=name,
        route=route,
        form=form,
        challenge=challenge,
        area=area,
        theme_colour=theme_colour,
        programme_id=programme_id,
        founder_id=founder_id,
    )
    _store_under_free_slug(workspace)
    for code in municipalities:
        db.session.add(WorkspaceMunicipality(workspace_id=workspace_id, municipality_code=code))
    db.session.flush()
    return workspace


def finish(workspace: Workspace) -> None:
    """Open the workspace to its members. From here on its founder sees only what it hands up."""
    hand_up(workspace)
    workspace.founded_at = clock.now()
    db.session.flush()


def _store_under_free_slug(workspace: Workspace) -> None:
    """Addresses are unique over all workspaces, and the wall hides those that are taken: so try."""
    wanted = slugify(workspace.name, max_length=60) or "werkruimte"
    for attempt in range(1, 1000):
        workspace.slug = wanted if attempt == 1 else f"{wanted}-{attempt}"
        try:
            with db.session.begin_nested():
                db.session.add(workspace)
        except IntegrityError:
            continue
        return
    raise ValueError(f"No free address for {workspace.name!r}.")
