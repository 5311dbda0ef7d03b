"""Ground rules to start a conversation from: themes to cover, suggestions, and what helps when a rule is strained.

Source: Lokaal Samenwerken (Samen Ouder Worden, 2023), section 4.5.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from vitaal.method import content
from vitaal.method.texts import Point, Text, points


class UnknownTheme(KeyError):
    """The method has no theme with this key."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What rules are about: its name, and the question that starts the conversation."""

    key: str
    name: Text
    prompt: Text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule that other groups have, its theme, and what to talk about before taking it over."""

    key: str
    theme: str
    text: Text
    talk: Text


@dataclass(frozen=True, slots=True)
class StrainStep:
    """One step when a rule is strained: its name and its question."""

    key: str
    name: Text
    question: Text


@cache
def themes() -> tuple[Theme, ...]:
    """Give the themes to cover, rules about rules last."""
    return tuple(
        Theme(entry["key"], Text.from_content(entry["name"]), Text.from_content(entry["prompt"]))
        for entry in content.read("spelregels")["themes"]
    )


def theme(key: str) -> Theme:
    """Give one theme, such as `relation`. Raises UnknownTheme."""
    try:
        return _by_key()[key]
    except KeyError:
        raise UnknownTheme(key) from None


@cache
def suggestions() -> tuple[Suggestion, ...]:
    """Give the ten suggestions, in the order of the method."""
    return tuple(
        Suggestion(entry["key"], entry["theme"], Text.from_content(entry), Text.from_content(entry["talk"]))
        for entry in content.read("spelregels")["suggestions"]
    )


@cache
def note() -> Text:
    """Give why there is no right list."""
    return Text.from_content(content.read("spelregels")["meta"]["note"])


@cache
def writing() -> tuple[Point, ...]:
    """Give what helps to write a rule: plain, an example, a reason, a day to look again."""
    return points(content.read("spelregels")["writing"])


@cache
def strain_steps() -> tuple[StrainStep, ...]:
    """Give the path when a rule is strained: say it, need, talk, agree, learn."""
    return tuple(
        StrainStep(entry["key"], Text.from_content(entry["name"]), Text.from_content(entry))
        for entry in content.read("spelregels")["strain"]
    )


@cache
def renewal() -> tuple[Point, ...]:
    """Give the questions for when a rule is looked at again."""
    return points(content.read("spelregels")["renewal"])


@cache
def _by_key() -> Mapping[str, Theme]:
    return MappingProxyType({each.key: each for each in themes()})
