"""A page asks as little of the database with five hundred members as with five."""

import pytest

from tests.cast import Cast
from tests.counting import statements
from tests.crowd import fill

PAGES = ["", "/agenda", "/geschiedenis", "/instellingen"]


@pytest.mark.parametrize("count", [5, 500])
def test_every_page_asks_at_most_twelve_statements(cast: Cast, count: int) -> None:
    fill(cast, count)
    for name in ("Anna", "Bram", "Chaima"):
        client = cast.client(name)
        for page in PAGES if name == "Anna" else PAGES[:-1]:
            with statements(cast.app) as asked:
                assert client.get(f"/w/{cast.amersfoort.slug}{page}").status_code == 200
            assert len(asked) <= 12, (name, page, asked)
