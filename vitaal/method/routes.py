"""The three routes into collaboration, how to choose one, and the forms a collaboration can take.

Source: Lokaal Samenwerken (Samen Ouder Worden, 2023), sections 1.2, 3.1 and 4.5.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from vitaal.method import content
from vitaal.method.texts import Point, Text, points


class UnknownRoute(KeyError):
    """The method has no route with this key."""


class UnknownForm(KeyError):
    """The method has no form with this key."""


@dataclass(frozen=True, slots=True)
class Risk:
    """What can go wrong on a route, and what helps against it."""

    key: str
    risk: Text
    counter: Text


@dataclass(frozen=True, slots=True)
class Route:
    """One of the three starting points, with the agenda to begin with."""

    key: str
    name: Text
    from_to: Text
    start_point: Text
    fits_when: tuple[Point, ...]
    strengths: tuple[Point, ...]
    risks: tuple[Risk, ...]
    start_agenda: tuple[Point, ...]
    also_grow_towards: Text


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to the question where it begins, and the key of the route it leads to."""

    key: str
    route: str
    text: Text


@dataclass(frozen=True, slots=True)
class Chooser:
    """The question that helps a coalition to choose its route, and what is good to know with it."""

    question: Point
    options: tuple[Option, ...]
    notes: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How firmly a collaboration is organised: network, partnership or coalition."""

    key: str
    name: Text
    what: Text
    fits: Text
    needs: Text


@dataclass(frozen=True, slots=True)
class FormAdvice:
    """Form follows function: the questions to ask, when light and when heavy, and what heavy asks you to agree on."""

    name: Text
    questions: tuple[Point, ...]
    light_when: tuple[Point, ...]
    heavy_when: tuple[Point, ...]
    heavy_agreements: tuple[Point, ...]
    advice: Point
    note: Point


def all_routes() -> tuple[Route, ...]:
    """Give the three routes, in the order of the method."""
    return tuple(_routes().values())


def route(key: str) -> Route:
    """Give one route, such as `learning-by-doing`. Raises UnknownRoute."""
    try:
        return _routes()[key]
    except KeyError:
        raise UnknownRoute(key) from None


@cache
def chooser() -> Chooser:
    """Give the question that leads to a route, with its answers and notes."""
    read = content.read("routes")
    options = read["route_chooser"]["options"]
    return Chooser(
        question=Point.from_content(read["route_chooser"]["question"]),
        options=tuple(Option(o["key"], o["route"], Text.from_content(o)) for o in options),
        notes=points(read["route_notes"]),
    )


def forms() -> tuple[Form, ...]:
    """Give the forms, from light to heavy."""
    return tuple(_forms().values())


def form(key: str) -> Form:
    """Give one form, such as `network`. Raises UnknownForm."""
    try:
        return _forms()[key]
    except KeyError:
        raise UnknownForm(key) from None


@cache
def form_advice() -> FormAdvice:
    """Give the advice for choosing a form."""
    read = content.read("routes")["forms"]
    advice = read["form_follows_function"]
    return FormAdvice(
        name=Text.from_content(advice["name"]),
        questions=points(advice["questions"]),
        light_when=points(advice["light_when"]),
        heavy_when=points(advice["heavy_when"]),
        heavy_agreements=points(advice["heavy_agreements"]),
        advice=Point.from_content(advice["advice"]),
        note=Point.from_content(read["note"]),
    )


@cache
def _routes() -> Mapping[str, Route]:
    read = content.read("routes")["routes"]
    return MappingProxyType({entry["key"]: _route_from(entry) for entry in read})


def _route_from(entry: dict[str, Any]) -> Route:
    return Route(
        key=entry["key"],
        name=Text.from_content(entry["name"]),
        from_to=Text.from_content(entry["from_to"]),
        start_point=Text.from_content(entry["start_point"]),
        fits_when=points(entry["fits_when"]),
        strengths=points(entry["strengths"]),
        risks=tuple(
            Risk(risk["key"], Text.from_content(risk["risk"]), Text.from_content(risk["counter"]))
            for risk in entry["risks"]
        ),
        start_agenda=points(entry["start_agenda"]),
        also_grow_towards=Text.from_content(entry["also_grow_towards"]),
    )


@cache
def _forms() -> Mapping[str, Form]:
    read = content.read("routes")["forms"]["items"]
    return MappingProxyType({entry["key"]: _form_from(entry) for entry in read})


def _form_from(entry: dict[str, Any]) -> Form:
    return Form(
        key=entry["key"],
        name=Text.from_content(entry["name"]),
        what=Text.from_content(entry["what"]),
        fits=Text.from_content(entry["fits"]),
        needs=Text.from_content(entry["needs"]),
    )
