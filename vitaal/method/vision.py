"""How a group words its ambition and goals: promise × commitment × doing, and what to ask at a goal.

Source: Lokaal Samenwerken (Samen Ouder Worden, 2023), section 4.3.1; the formula is of Dees and Opheij (2019).
"""

from dataclasses import dataclass
from functools import cache

from vitaal.method import content
from vitaal.method.texts import Point, Text, points


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three parts of an ambition: its name and its question."""

    key: str
    name: Text
    question: Text


@cache
def ambition_parts() -> tuple[Part, ...]:
    """Give promise, commitment and doing, in this order."""
    return tuple(
        Part(entry["key"], Text.from_content(entry["name"]), Text.from_content(entry))
        for entry in content.read("vision")["ambition"]["parts"]
    )


@cache
def ambition_note() -> Text:
    """Give what happens when one of the parts is missing."""
    return Text.from_content(content.read("vision")["ambition"]["note"])


@cache
def turn_around() -> Text:
    """Give the advice to word what you wish for, not what goes wrong."""
    return Text.from_content(content.read("vision")["turn_around"])


@cache
def goal_prompts() -> tuple[Point, ...]:
    """Give the questions that help to word a goal."""
    return points(content.read("vision")["goal_prompts"])
