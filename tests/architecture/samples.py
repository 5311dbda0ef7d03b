"""A value for every variable that occurs in a URL; a new variable needs a line here."""

from typing import Any
from uuid import UUID, uuid4

from tests.cast import Cast, Place


def sample(name: str, cast: Cast, place: Place, endpoint: str, actor: str | None) -> Any:
    """Something real of this place in the cast. Raises KeyError with advice for an unknown variable."""
    makers = {
        "slug": lambda: place.slug,
        "municipality_slug": lambda: "amersfoort",
        "programme_slug": lambda: cast.programme_slug,
        "partner_id": lambda: next(iter(place.partners.values())),
        "member_id": lambda: next(iter(place.members.values())),
        "person_id": lambda: cast.people["Els" if "staff" in endpoint else "Farah"],
        "step": lambda: 1,
        "draft_id": lambda: a_draft(cast),
        "organisation_id": uuid4,
        "guest_id": uuid4,
        "session_id": uuid4,
        "invitation_id": uuid4,
        "request_id": uuid4,
        "token": lambda: "a-secret-that-nobody-was-given",
    }
    if name not in makers:
        raise KeyError(f"Add a sample for <{name}> (route {endpoint}) to tests/architecture/samples.py.")
    return makers[name]()


def a_draft(cast: Cast) -> UUID:
    """A coalition that Farah has just begun to prepare."""
    answer = cast.client("Farah").post("/gemeente/amersfoort/nieuw")
    return UUID(answer.location.split("/")[-2])
