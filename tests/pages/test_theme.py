"""A municipality's look can be read by everyone, or it is not used."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitaal.pages import theme
from vitaal.pages.color import contrast, from_oklch, to_oklch
from vitaal.settings import ROOT

STYLES = ROOT / "vitaal" / "pages" / "styles"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
TEXT = [
    (ink, ground, 4.5)
    for ink in ("ink", "ink-soft")
    for ground in ("page", "surface", "sunken", "tint", "tint-soft")
]
LINKS = [
    (ink, ground, 4.5)
    for ink in ("link", "link-hover")
    for ground in ("page", "surface", "tint", "tint-soft")
]
SOLID = [
    ("on-brand", "brand", 4.5),
    ("on-brand", "brand-hover", 4.5),
    ("on-solid", "solid", 4.5),
    ("on-solid", "solid-deep", 4.5),
]
TONES = [
    ("sun-ink", "sun-soft", 4.5),
    ("good-ink", "good", 4.5),
    ("bad-ink", "bad", 4.5),
    ("bad-ink", "surface", 4.5),
]
PARTS = [
    ("edge", "surface", 3),
    ("edge", "page", 3),
    ("mark", "surface", 3),
    ("focus", "surface", 3),
    ("focus", "page", 3),
]
FACTOR = [("f-ink", "leaf", 4.5), ("f-ink", "surface", 4.5), ("r3", "surface", 3), ("vein", "leaf", 3)]


def test_contrast_is_what_wcag_says() -> None:
    assert round(contrast("#000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@given(COLOURS)
def test_a_colour_survives_the_way_there_and_back(colour: str) -> None:
    there_and_back = from_oklch(*to_oklch(colour))
    steps = [abs(int(colour[i : i + 2], 16) - int(there_and_back[i : i + 2], 16)) for i in (1, 3, 5)]
    assert max(steps) <= 4


@given(COLOURS)
def test_every_colour_gives_a_theme_that_can_be_read(colour: str) -> None:
    tokens = theme.from_colour(colour)
    assert theme.check(tokens) == []
    assert theme.css(tokens).startswith(":root {")


def test_yellow_is_darkened_for_buttons() -> None:
    solid = theme.from_colour("#ffcc00")["--basis-color-action-1-inverse-bg-default"]
    assert contrast(solid, "#ffffff") >= 5.5


@pytest.mark.parametrize("words", ["red", "#12345", "url(x)", "#14594b; } body { display: none"])
def test_what_is_not_a_colour_is_refused(words: str) -> None:
    with pytest.raises(theme.NotATheme):
        theme.from_colour(words)


def test_a_package_is_pruned_to_the_contract_and_its_references_followed() -> None:
    values = theme.from_colour("#0a5ea8") | {"--basis-border-radius-md": "4px"}
    first = next(iter(values))
    package = ".house {" + "".join(f"{name}: {value};" for name, value in values.items()) + "}"
    package = package.replace(f"{first}: {values[first]}", f"--white: {values[first]}; {first}: var(--white)")
    package += ".house { --basis-text-font-family-default: Elsewhere; --utrecht-button-color: red }"
    assert theme.from_package(package) == values


def test_a_package_without_colours_is_not_a_theme() -> None:
    with pytest.raises(theme.NotATheme, match="no usable value"):
        theme.from_package(".house { --basis-color-default-bg-document: url(https://elsewhere.example) }")


def test_a_theme_fails_closed() -> None:
    tokens = theme.from_colour("#0a5ea8")
    unreadable = tokens | {"--basis-color-default-color-document": "#ffffff"}
    sneaky = tokens | {"--basis-border-radius-sm": "1px} body{display:none", "--anything": "1"}
    assert theme.css(unreadable) == ""
    assert theme.css({}) == ""
    assert "display" not in theme.css(sneaky)
    assert "--anything" not in theme.css(sneaky)


def test_a_reference_to_itself_ends() -> None:
    with pytest.raises(theme.NotATheme):
        theme.from_package(
            ":root { --basis-color-default-bg-document: var(--a); --a: var(--b); --b: var(--a) }"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("brand", [None, "#b3261e", "#ffcc00", "#0a5ea8"])
def test_every_pair_of_colours_that_carries_text_can_be_read(scheme: str, brand: str | None) -> None:
    tokens = flattened(scheme, brand)
    failing = [
        (ink, ground, round(contrast(tokens[ink], tokens[ground]), 2))
        for ink, ground, least in (*TEXT, *LINKS, *SOLID, *TONES, *PARTS)
        if contrast(tokens[ink], tokens[ground]) < least
    ]
    assert failing == []


@pytest.mark.parametrize("file", ["tokens.css", "dark.css"])
def test_the_five_factors_can_be_told_apart_from_their_ground(file: str) -> None:
    text = (STYLES / file).read_text()
    surface = "#ffffff" if file == "tokens.css" else "#1a201d"
    factors = dict(re.findall(r"^  \.f-(\w+)\s+\{([^}]+)\}", text, re.MULTILINE))
    failing = []
    for name, block in factors.items():
        values = dict(re.findall(r"--([\w-]+):\s*(#\w+)", block)) | {"surface": surface}
        failing += [(name, a, b) for a, b, least in FACTOR if contrast(values[a], values[b]) < least]
    assert len(factors) == 5
    assert failing == []


def flattened(scheme: str, brand: str | None) -> dict[str, str]:
    """Every token of a scheme as a colour, under a theme of one brand colour."""
    themed = dict(re.findall(r"(--[\w-]+): ([^;]+);", theme.css(theme.from_colour(brand)))) if brand else {}
    values = dict(re.findall(r"--([\w-]+):\s*([^;]+);", block_of("tokens.css", ":root")))
    if scheme == "dark":
        values |= dict(re.findall(r"--([\w-]+):\s*([^;]+);", block_of("dark.css", ":root, :root[class]")))

    def colour(value: str) -> str:
        reference = re.fullmatch(r"var\((--[\w-]+)(?:,\s*(.+))?\)", value.strip())
        if not reference:
            return value.strip()
        if reference[1] in themed:
            return themed[reference[1]]
        own = values.get(reference[1].removeprefix("--"))
        return colour(own or reference[2])

    return {name: colour(value) for name, value in values.items()}


def block_of(file: str, selector: str) -> str:
    found = re.search(re.escape(selector) + r" \{(.*?)\n  \}", (STYLES / file).read_text(), re.DOTALL)
    assert found
    return found[1]
