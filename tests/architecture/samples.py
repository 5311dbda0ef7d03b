"""A value for every variable that occurs in a URL; a new variable needs a line here."""

from typing import Any

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
        "token": lambda: "a-secret-that-nobody-was-given",
    }
    if name not in makers:
        raise KeyError(f"Add a sample for <{name}> (route {endpoint}) to tests/architecture/samples.py.")
    return makers[name]()
