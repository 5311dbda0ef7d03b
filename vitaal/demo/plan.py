"""Which localities the demo has, and who takes part where: decided once, the same every time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from slugify import slugify

from vitaal.demo.stock import (
    CHALLENGES,
    FIRST_NAMES,
    LAST_NAMES,
    MUNICIPALITIES,
    PARTNERS,
    STREETS,
    THINGS,
    Challenge,
    Kind,
)
from vitaal.workspaces.models import Role

DOMAIN = "demo.example"
FULL_LOCALITIES = 35
LEAD, FACILITATOR, INNER, OUTER = (
    f"{name}@{DOMAIN}" for name in ("trekker", "procesbegeleider", "binnencirkel", "buitencirkel")
)
STARS = {
    LEAD: "Ria Appelman",
    FACILITATOR: "Youssef El Yamani",
    INNER: "Joke Bloemendaal",
    OUTER: "Henk Lindeboom",
}
_VISITED_BY_FACILITATOR = 4


@dataclass
class Seat:
    """Someone who is invited, for the partner with this index, and how they answer."""

    email: str
    name: str
    partner: int
    circle: str
    roles: tuple[Role, ...] = ()
    answer: str = "accept"


@dataclass
class Locality:
    """One coalition: where, on what, with which partners and people."""

    number: int
    municipality: str
    challenge: Challenge
    partners: list[Kind] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    age_days: int = 60

    @property
    def name(self) -> str:
        """What the coalition is called."""
        return self.challenge.name.format(place=self.municipality)


def localities(count: int, names: list[str]) -> Iterator[Locality]:
    """`count` localities: the first 35 full of life, the rest small. `names` are all municipalities."""
    order = [*MUNICIPALITIES[:FULL_LOCALITIES], *(name for name in names if name not in MUNICIPALITIES)]
    for number in range(count):
        chance = Random(number)  # noqa: S311 - the same world every time, nothing secret
        turn, place = divmod(number, len(order))
        challenge = CHALLENGES[(number + turn) % len(CHALLENGES)]
        locality = Locality(number, order[place], challenge, age_days=30 + (number * 37) % 300)
        kinds = PARTNERS if number < FULL_LOCALITIES else PARTNERS[:4]
        locality.partners = [_named(kind, locality, chance) for kind in kinds]
        locality.seats = list(_seats(locality, chance))
        yield locality


def _named(kind: Kind, locality: Locality, chance: Random) -> Kind:
    name = kind.name.format(
        place=locality.municipality, thing=chance.choice(THINGS), street=chance.choice(STREETS)
    )
    return Kind(name, kind.kind, kind.is_formal, kind.sector, kind.circle)


def _seats(locality: Locality, chance: Random) -> Iterator[Seat]:
    """The lead and facilitator first; then one or two people for every partner in a circle."""
    yield from _stars(locality) if locality.number < _VISITED_BY_FACILITATOR else ()
    has_lead = locality.number == 0
    for index, partner in enumerate(locality.partners):
        if partner.circle == "free":
            continue
        for _ in range(1 + (chance.random() < 0.25)):
            name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
            roles = () if has_lead or index == 0 else (Role.LEAD,)
            has_lead = has_lead or index > 0
            answer = "accept" if roles else chance.choices(("accept", "wait", "decline"), (85, 10, 5))[0]
            yield Seat(_address(name, locality), name, index, partner.circle, roles, answer)


def _stars(locality: Locality) -> Iterator[Seat]:
    """The people to sign in as: all in the first locality, the facilitator in four."""
    if locality.number == 0:
        yield Seat(LEAD, STARS[LEAD], 3, "inner", (Role.LEAD,))
        yield Seat(INNER, STARS[INNER], 4, "inner")
        yield Seat(OUTER, STARS[OUTER], 8, "outer")
    yield Seat(FACILITATOR, STARS[FACILITATOR], 1, "inner", (Role.FACILITATOR,))


def _address(name: str, locality: Locality) -> str:
    """The same person again where name and province chance to agree: people work in several places."""
    return f"{slugify(name)}.{locality.number % 5}@{DOMAIN}"
