"""A picture as a file of its own: nothing that opens it knows our stylesheets, so each shape brings its look along.

The look is read from the stylesheets themselves, so that a picture on paper is the one on the screen.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import css_inline

from vitaal.kernel.plain_text import in_xml
from vitaal.pages.theme import resolved

_STYLES = Path(__file__).parents[1] / "styles"
_SHEETS = ("circles", "flower", "logo")
_MORE = ".sprig { fill: var(--tint-strong); }"  # on a page it stands on a dark card

_LEFT_OUT = re.compile(r"/\*.*?\*/|@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_LOOK = re.compile(r"((?:fill|stroke|font)[\w-]*)\s*:\s*([^;]+)")
_VALUE = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)")


def alone(svg: str, tokens: Mapping[str, str]) -> str:
    """A drawing of ours as the text of an SVG file, in the colours of a theme."""
    styled = _inliner(tuple(sorted(tokens.items()))).inline_fragment(in_xml(svg), "")
    opening, rest = styled.replace("&nbsp;", "\N{NO-BREAK SPACE}").split(">", 1)
    return f'{opening} xmlns="http://www.w3.org/2000/svg">{rest}'


@lru_cache(maxsize=32)
def _inliner(tokens: tuple[tuple[str, str], ...]) -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, extra_css=_look(dict(tokens)))


def _look(tokens: Mapping[str, str]) -> str:
    """The rules for what is drawn, with real values; a rule in the colours of a factor once for each of them."""
    base, factors = _values()
    known = {**base, **tokens}
    rules = []
    for selector, look in _rules():
        for factor, colours in factors.items() if _is_of_a_factor(look) else [("", {})]:
            drawn = "; ".join(f"{name}: {resolved(value, known | colours)}" for name, value in look.items())
            outside, _, shape = selector.rpartition(" ")
            rules.append(f"{outside} {factor} {shape} {{ {drawn} }}")
    return "\n".join(rules)


def _is_of_a_factor(look: Mapping[str, str]) -> bool:
    return any(re.search(r"var\(--(?:leaf|vein|r\d)", value) for value in look.values())


def _rules() -> Iterator[tuple[str, dict[str, str]]]:
    sheets = "".join((_STYLES / f"{name}.css").read_text("utf-8") for name in _SHEETS)
    for selector, body in _RULE.findall(_LEFT_OUT.sub("", sheets + _MORE)):
        if look := dict(_LOOK.findall(body)):
            yield selector.strip(), look


@cache
def _values() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """What the tokens are without a theme, and those of each factor by its class."""
    sheet = _LEFT_OUT.sub("", (_STYLES / "tokens.css").read_text("utf-8"))
    values = {selector.strip(): dict(_VALUE.findall(body)) for selector, body in _RULE.findall(sheet)}
    return values.pop(":root"), values
