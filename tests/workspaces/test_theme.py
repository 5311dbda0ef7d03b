"""A workspace takes the theme of its municipality: colours that can be read, and nothing else."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.cast import Cast
from vitaal.pages import theme
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.theming import OWN_LOOK, tokens_of

HOUSE_STYLE = (
    ".house {"
    + "".join(f"{name}: {value};" for name, value in theme.from_colour("#0a5ea8").items())
    + "--basis-border-radius-md: 4px; background: url(https://elsewhere.example) }"
)


def address(cast: Cast) -> str:
    return f"/w/{cast.amersfoort.slug}/instellingen/thema"


def hand_in(cast: Cast, css: str | bytes, name: str = "Anna") -> TestResponse:
    content = css if isinstance(css, bytes) else css.encode()
    return cast.client(name).post(address(cast), data={"file": (BytesIO(content), "theme.css")})


def stylesheet(cast: Cast, name: str = "Bram") -> str:
    """What the page of a member loads beside the product's own styles."""
    client = cast.client(name)
    links = BeautifulSoup(client.get(f"/w/{cast.amersfoort.slug}").text, "lxml").select(
        "link[rel=stylesheet]"
    )
    themes = [str(link["href"]) for link in links if str(link["href"]).startswith("/thema/")]
    return cast.app.test_client().get(themes[0]).text if themes else ""


def test_everyone_sees_the_theme_of_the_municipality(cast: Cast) -> None:
    assert stylesheet(cast) == ""
    assert hand_in(cast, HOUSE_STYLE).status_code == 303
    assert "--basis-border-radius-md: 4px" in stylesheet(cast)
    assert "elsewhere" not in stylesheet(cast)


def test_a_lead_can_stop_with_it(cast: Cast) -> None:
    hand_in(cast, HOUSE_STYLE)
    assert cast.client("Anna").post(address(cast), data={"stop": "1"}).status_code == 303
    assert stylesheet(cast) == ""


def test_what_is_no_page_has_the_colours_of_the_theme_too(cast: Cast) -> None:
    def colour() -> str:
        with cast.acting_as("Bram"):
            tokens = tokens_of(this_workspace(), cast.app.extensions["storage"])
        return tokens[f"{theme.PREFIX}action-1-inverse-bg-default"]

    assert colour() == OWN_LOOK
    hand_in(cast, HOUSE_STYLE)
    assert colour() == "#0a5ea8"


@pytest.mark.parametrize(
    ("css", "sentence"),
    [
        ("", "Kies een bestand."),
        ("body { color: red }", "Dit is geen thema van NL Design System"),
        (b"\xff\xfe\x00", "Dit is geen thema van NL Design System"),
        ("x" * 400_001, "Dit bestand is groter dan 400 kB."),
    ],
)
def test_what_is_no_theme_comes_back_with_the_reason(cast: Cast, css: str | bytes, sentence: str) -> None:
    answer = hand_in(cast, css) if css else cast.client("Anna").post(address(cast), data={})
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "lxml").find(id="file-e").get_text().startswith(sentence)
    assert stylesheet(cast) == ""


def test_only_who_arranges_chooses_it(cast: Cast) -> None:
    assert hand_in(cast, HOUSE_STYLE, "Bram").status_code == 403
    assert stylesheet(cast) == ""


@pytest.mark.parametrize("name", ["0" * 32, "..%2F..%2Fetc", "x"])
def test_a_theme_that_was_never_kept_is_not_found(cast: Cast, name: str) -> None:
    assert cast.app.test_client().get(f"/thema/gemeente/{name}.css").status_code == 404
