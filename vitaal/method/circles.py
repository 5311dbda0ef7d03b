"""The circles of a coalition, who is needed in them, how people move between them, and who leads.

Source: Lokaal Samenwerken (Samen Ouder Worden, 2023), sections 3.2.6, 3.2.9, 4.2.1 to 4.2.3 and 4.5.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from vitaal.method import content
from vitaal.method.texts import Point, Text, points


class UnknownCircle(KeyError):
    """The method has no circle with this key."""


@dataclass(frozen=True, slots=True)
class Circle:
    """How near to the core someone takes part: what that means, promises and asks."""

    key: str
    name: Text
    what: Text
    promise: Text
    organised: Text
    in_product: Text


@dataclass(frozen=True, slots=True)
class Group:
    """A group inside the coalition, such as the steering group, with a tip."""

    key: str
    name: Text
    what: Text
    tip: Text


@dataclass(frozen=True, slots=True)
class MinimumMass:
    """The smallest group that can usefully start."""

    name: Text
    what: Text
    depends_on: tuple[Point, ...]
    remember: tuple[Point, ...]
    check_prompt: Text
    begin_with: Point


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of people or organisation that may be asked; some are always needed."""

    key: str
    text: Text
    is_needed: bool


@dataclass(frozen=True, slots=True)
class MaximumMix:
    """As much difference as still works."""

    name: Text
    what: Text
    kinds: tuple[Kind, ...]
    dimensions: tuple[Point, ...]
    often_forgotten: Point
    check_prompt: Text


@dataclass(frozen=True, slots=True)
class WhoBelongs:
    """The questions that find out who belongs to the coalition."""

    name: Text
    questions: tuple[Point, ...]
    needed_to_start: Point
    can_join_later: Point


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one circle to the next, by their keys, and what goes with it."""

    key: str
    from_circle: str
    to_circle: str
    text: Text


@dataclass(frozen=True, slots=True)
class Moving:
    """How people move between the circles."""

    moves: tuple[Move, ...]
    rules: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class LeadRole:
    """One of the roles that a lead takes, alone or shared."""

    key: str
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead whom everyone accepts: roles, conditions, skills, and the question to ask everyone."""

    name: Text
    what: Text
    evidence: Point
    roles: tuple[LeadRole, ...]
    acceptance_conditions: tuple[Point, ...]
    skills: tuple[Point, ...]
    facilitation: Point
    acceptance_question: Point
    yearly: Point


def all_circles() -> tuple[Circle, ...]:
    """Give the circles, from the inside out."""
    return tuple(_circles().values())


def circle(key: str) -> Circle:
    """Give one circle: `inner`, `outer` or `free`. Raises UnknownCircle."""
    try:
        return _circles()[key]
    except KeyError:
        raise UnknownCircle(key) from None


@cache
def groups() -> tuple[Group, ...]:
    """Give the groups a coalition may have."""
    return tuple(
        Group(entry["key"], *(Text.from_content(entry[part]) for part in ("name", "what", "tip")))
        for entry in content.read("circles")["groups"]
    )


@cache
def minimum_mass() -> MinimumMass:
    """Give what the method says about who is enough to start with."""
    read = content.read("circles")
    mass = read["minimum_mass"]
    return MinimumMass(
        name=Text.from_content(mass["name"]),
        what=Text.from_content(mass["what"]),
        depends_on=points(mass["depends_on"]),
        remember=points(mass["remember"]),
        check_prompt=Text.from_content(mass["check_prompt"]),
        begin_with=Point.from_content(read["willing_first"]),
    )


@cache
def maximum_mix() -> MaximumMix:
    """Give the kinds of people and organisations that together make a good mix."""
    mix = content.read("circles")["maximum_mix"]
    return MaximumMix(
        name=Text.from_content(mix["name"]),
        what=Text.from_content(mix["what"]),
        kinds=tuple(Kind(k["key"], Text.from_content(k), k.get("must", False)) for k in mix["kinds"]),
        dimensions=points(mix["dimensions"]),
        often_forgotten=Point.from_content(mix["often_forgotten"]),
        check_prompt=Text.from_content(mix["check_prompt"]),
    )


@cache
def who_belongs() -> WhoBelongs:
    """Give the questions about who is needed to start and who can join later."""
    analysis = content.read("circles")["stakeholder_analysis"]
    questions = {question.key: question for question in points(analysis["questions"])}
    return WhoBelongs(
        name=Text.from_content(analysis["name"]),
        questions=tuple(questions.values()),
        needed_to_start=questions["needed-to-start"],
        can_join_later=questions["can-join-later"],
    )


@cache
def moving_between_circles() -> Moving:
    """Give the steps between circles and the rules that go with them."""
    moving = content.read("circles")["moving_between_circles"]
    return Moving(
        moves=tuple(Move(m["key"], m["from"], m["to"], Text.from_content(m)) for m in moving["moves"]),
        rules=points(moving["rules"]),
    )


@cache
def lead() -> Lead:
    """Give what the method says about the lead."""
    read = content.read("circles")["lead"]
    return Lead(
        name=Text.from_content(read["name"]),
        what=Text.from_content(read["what"]),
        evidence=Point.from_content(read["evidence"]),
        roles=tuple(
            LeadRole(role["key"], Text.from_content(role["name"]), Text.from_content(role))
            for role in read["roles"]
        ),
        acceptance_conditions=points(read["acceptance_conditions"]),
        skills=points(read["skills"]),
        facilitation=Point.from_content(read["facilitation"]),
        acceptance_question=Point.from_content(read["acceptance_question"]),
        yearly=Point.from_content(read["yearly"]),
    )


@cache
def _circles() -> Mapping[str, Circle]:
    read = content.read("circles")["circles"]
    return MappingProxyType({entry["key"]: _circle_from(entry) for entry in read})


def _circle_from(entry: dict[str, Any]) -> Circle:
    return Circle(
        key=entry["key"],
        name=Text.from_content(entry["name"]),
        what=Text.from_content(entry["what"]),
        promise=Text.from_content(entry["promise"]),
        organised=Text.from_content(entry["organised"]),
        in_product=Text.from_content(entry["in_product"]),
    )
