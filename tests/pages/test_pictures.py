"""Pictures are well-formed, name themselves, and let no text break out."""

from xml.etree import ElementTree as ET

import pytest
from markupsafe import Markup

from tests.pages.sample import CIRCLES, FLOWER
from vitaal.pages import theme
from vitaal.pages.document import Picture
from vitaal.pages.pictures.alone import alone
from vitaal.pages.pictures.circles import Kind, Mark, Ring, circles, dots, key
from vitaal.pages.pictures.drawn import draw
from vitaal.pages.pictures.flower import Answer, Petal, angles, empty_flower, flower, mini_flower
from vitaal.pages.pictures.marks import logo, sprig

YES, PARTLY, NO = Answer.YES, Answer.PARTLY, Answer.NOT_YET
PETALS = [Petal("relatie", (YES, PARTLY, NO)), Petal("relatie"), Petal("ambitie", (YES, YES, YES))]


def parsed(picture: Markup) -> ET.Element:
    return ET.fromstring(str(picture))


def classes(picture: Markup) -> list[str]:
    return [name for element in parsed(picture).iter() for name in (element.get("class") or "").split()]


def test_a_flower_shows_each_answer_in_its_own_way() -> None:
    drawn = classes(flower(PETALS))
    assert [drawn.count(name) for name in ("leaf", "r1", "r2", "r3", "vein")] == [3, 2, 1, 1, 1]


def test_petals_of_a_factor_stand_together_and_go_once_round() -> None:
    first, second, third = angles(PETALS)
    assert second - first < third - second
    assert -90 < first < third < 270


def test_a_flower_without_petals_is_only_its_heart() -> None:
    assert "fl-heart" in classes(flower([]))


def test_a_picture_with_a_title_has_a_name_and_one_without_is_decoration() -> None:
    named, bare = parsed(flower(PETALS, "b", "Onze bloem", "Drie bladen")), parsed(empty_flower())
    assert named.get("aria-labelledby") == "b-t b-d"
    assert [element.text for element in named if element.get("id")] == ["Onze bloem", "Drie bladen"]
    assert bare.get("aria-hidden") == "true"


def test_a_small_flower_is_as_long_as_the_furthest_check_that_is_met() -> None:
    drawn = classes(mini_flower(PETALS, "Relatie en ambitie"))
    assert (drawn.count("base"), drawn.count("f-relatie"), drawn.count("f-ambitie")) == (3, 1, 1)


def test_circles_draw_every_partner_in_the_shape_of_its_kind() -> None:
    rings = [
        Ring("Binnen", [Mark("AB", Kind.FORMAL), Mark("CD", Kind.RESIDENT)]),
        Ring("Buiten", [Mark("?", Kind.MISSING)]),
        Ring("Vrij", [], is_free=True),
    ]
    picture = parsed(circles(rings, "Cirkels", "Wie doet mee"))
    shapes = {
        element.get("class"): element.tag
        for element in picture.iter()
        if "node " in (element.get("class") or "")
    }
    assert shapes == {"node formal": "rect", "node resident": "polygon", "node missing": "circle"}
    assert [e.text for e in picture.iter("text")] == ["AB", "CD", "?", "Buiten", "Vrij"]


def test_a_crowded_ring_shrinks_its_marks_instead_of_piling_them_up() -> None:
    crowd = [Ring("Binnen", [Mark("AB", Kind.INFORMAL)] * 40)]
    sizes = {
        float(c.get("r", 0))
        for c in parsed(circles(crowd, "x", "y")).iter("circle")
        if c.get("class") == "node informal"
    }
    assert max(sizes) < 10


def test_a_name_can_not_become_markup() -> None:
    picture = circles([Ring("a", []), Ring("<script>", [Mark("<b", Kind.FORMAL)])], "<i>", '"&')
    assert "<script>" not in picture
    assert parsed(picture).find("title").text == "<i>"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "picture",
    [logo(), logo("vitaal"), sprig(), key(Kind.RESIDENT), dots(3, Kind.FORMAL), dots(0, Kind.FORMAL)],
)
def test_small_marks_are_decoration(picture: Markup) -> None:
    assert parsed(picture).get("aria-hidden") == "true"


TOKENS = theme.from_colour("#7a1f5c")


@pytest.mark.parametrize(
    ("name", "data", "shapes"), [("circles", CIRCLES, "node"), ("flower", FLOWER, "leaf")]
)
def test_a_picture_of_a_document_is_drawn_from_plain_data(
    name: str, data: dict[str, object], shapes: str
) -> None:
    picture = Picture(name, data, "Zo <staat> het")
    assert parsed(draw(picture, "p")).get("aria-labelledby") == "p-t"
    assert parsed(draw(picture)).get("aria-hidden") == "true"
    assert shapes in classes(draw(picture))


def test_a_picture_that_nobody_can_draw_is_told() -> None:
    with pytest.raises(KeyError):
        draw(Picture("graph", {}, "x"), "p")


@pytest.mark.parametrize("picture", [Picture("circles", CIRCLES, "a"), Picture("flower", FLOWER, "a")])
def test_a_picture_alone_brings_a_colour_for_every_shape(picture: Picture) -> None:
    coloured = False
    for element in ET.fromstring(alone(draw(picture, "p"), TOKENS)).iter():
        if element.tag.rpartition("}")[2] in {"circle", "rect", "polygon", "text"} and element.get("class"):
            assert "fill:" in str(element.get("style")), element.attrib
            coloured = True
    assert coloured
    assert "var(" not in alone(draw(picture, "p"), TOKENS)


def test_a_picture_alone_wears_the_theme_and_a_petal_its_own_factor() -> None:
    brand = TOKENS[f"{theme.PREFIX}action-1-inverse-bg-default"]
    assert f"fill: {brand}" in alone(draw(Picture("circles", CIRCLES, "a"), "p"), TOKENS)
    leaves = [
        element.get("style")
        for element in ET.fromstring(alone(flower(PETALS), TOKENS)).iter()
        if element.get("class") == "leaf"
    ]
    assert len(set(leaves)) == 2


def test_a_text_in_a_picture_alone_stays_text() -> None:
    text = "\u00a0&nbsp; <b> \x07 \ud800"
    found = ET.fromstring(alone(flower(PETALS, "p", text), TOKENS))
    assert found[0].text == "\u00a0&nbsp; <b> \ufffd \ufffd"
