"""Farah at the wizard: what she fills in, and the pages read by role and text."""

from uuid import UUID

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HOME = "/gemeente/amersfoort"
PLACE = {
    "challenge": "Veel ouderen in het Soesterkwartier spreken dagen niemand.",
    "name": "Thuis in het Soesterkwartier",
    "area": "Soesterkwartier",
    "kind": "coalition",
}
WAY = {"route": "learning-by-doing", "shape": "network"}
LEAD = {"lead_name": "Hanneke Vos", "lead_email": "hanneke@example.nl", "facilitation": "same"}


class Wizard:
    """One draft of Farah's."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.base = client.post(f"{HOME}/nieuw").location.rsplit("/", 1)[0]

    @property
    def draft_id(self) -> UUID:
        return UUID(self.base.rsplit("/", 1)[1])

    def get(self, step: int) -> BeautifulSoup:
        return page(self.client.get(f"{self.base}/{step}"))

    def send(self, step: int | str, **typed: str) -> TestResponse:
        return self.client.post(f"{self.base}/{step}", data=typed)

    def add(self, name: str, circle: str = "inner", sort: str = "formal", email: str = "") -> TestResponse:
        return self.send("organisaties", name=name, circle=circle, sort=sort, email=email)

    def organisation(self, name: str) -> str:
        """The value by which an organisation can be chosen at step 4."""
        option = self.get(4).find("option", string=name)
        assert option, name
        return str(option["value"])

    def fill(self, **lead: str) -> "Wizard":
        """Every step up to the last."""
        self.send(1, **PLACE)
        self.send(2, **WAY)
        self.add("Welzijn Oost")
        self.add("Wandelclub", circle="outer", sort="informal", email="wandelen@example.nl")
        self.add("Bibliotheek", circle="free")
        self.send(4, **{**LEAD, "lead_organisation": self.organisation("Welzijn Oost"), **lead})
        return self

    def found(self, message: str = "") -> TestResponse:
        return self.send("coalitie", message=message)


def page(response: TestResponse) -> BeautifulSoup:
    assert response.status_code in {200, 422}, response.status
    return BeautifulSoup(response.text, "lxml")


def words(soup: BeautifulSoup) -> str:
    """The text of a page's main part, with single spaces."""
    main = soup.find("main")
    assert main
    return " ".join(main.get_text(" ").split())


def error_at(soup: BeautifulSoup, name: str) -> str:
    """The error that stands at a field."""
    found = soup.find(id=f"{name}-e")
    assert found, f"no error at {name}: {[e.get('id') for e in soup.select('.error')]}"
    return found.get_text(" ", strip=True)
