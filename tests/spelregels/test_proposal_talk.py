"""Talking about a proposal: who sees it talks along until it is over, and who does not see it hears nothing of it."""

from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.agenda.story import member, page
from tests.cast import Cast
from vitaal.activity.models import Attachment, Comment, Event, record
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.spelregels import deciding, proposing
from vitaal.spelregels.models import Proposal, ProposalKind
from vitaal.workspaces.models import Circle
from vitaal.workspaces.queries import this_workspace

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def a_proposal(cast: Cast, title: str = "We bellen eerst", circle: Circle = Circle.OUTER) -> int:
    """Anna proposes a rule that Bram guides; its number."""
    text = proposing.Text(
        title, "Wie iets dwarszit, belt.", "Mail loopt uit de hand.", clock.today() + timedelta(90)
    )
    with cast.acting_as("Anna"):
        workspace = this_workspace()
        workspace.outer_talks = circle == Circle.OUTER
        proposal = proposing.propose(
            text, kind=ProposalKind.NEW, theme="relation", rule=None, guide=member(cast, "Bram"),
            workspace=workspace, by=member(cast, "Anna"),
        )  # fmt: skip
        db.session.commit()
        return proposal.number


def is_over(cast: Cast, number: int) -> None:
    """Anna takes her proposal back."""
    with cast.acting_as("Anna"):
        deciding.withdraw(the_proposal(number), "Het hoeft niet", by=member(cast, "Anna"))
        db.session.commit()


def the_proposal(number: int) -> Proposal:
    return db.session.scalars(select(Proposal).where(Proposal.number == number)).one()


def address(cast: Cast, number: int, *more: str) -> str:
    return "/".join([f"/w/{cast.amersfoort.slug}/spelregels/voorstellen/{number}", *more])


def says(cast: Cast, name: str, number: int, words: str) -> TestResponse:
    return cast.client(name).post(address(cast, number, "reacties"), data={"reactie-text": words})


def adds(cast: Cast, name: str, number: int, file_name: str) -> TestResponse:
    return cast.client(name).post(
        address(cast, number, "bijlagen"), data={"bijlage-file": (BytesIO(PDF), file_name)}
    )


def comments(cast: Cast, name: str, number: int) -> list[str]:
    lines = page(cast, name, address(cast, number)).select("#praat ol > li")
    return [line.get_text(" ", strip=True) for line in lines]


def news(cast: Cast, name: str) -> str:
    return page(cast, name, f"/w/{cast.amersfoort.slug}/geschiedenis").main.get_text(" ", strip=True)


def today(cast: Cast, name: str) -> str:
    return page(cast, name, f"/w/{cast.amersfoort.slug}").main.get_text(" ", strip=True)


def test_the_outer_circle_talks_along_about_what_it_sees(cast: Cast) -> None:
    number = a_proposal(cast)
    answer = says(cast, "Chaima", number, "Ook op zondag?")
    assert answer.status_code == 303
    assert answer.location.startswith(address(cast, number) + "#reactie-")
    (said,) = comments(cast, "Bram", number)
    assert "Chaima" in said
    assert "Ook op zondag?" in said


@pytest.mark.parametrize("more", ["reacties", "bijlagen", "volgen"])
def test_a_proposal_of_the_inner_circle_is_not_there_for_the_outer_circle(cast: Cast, more: str) -> None:
    number = a_proposal(cast, circle=Circle.INNER)
    answer = cast.client("Chaima").post(address(cast, number, more), data={"reactie-text": "Hoi"})
    assert answer.status_code == 404
    assert "gesloten" not in answer.text


def test_saying_nothing_comes_back_on_the_page_of_the_proposal(cast: Cast) -> None:
    number = a_proposal(cast)
    answer = says(cast, "Chaima", number, " ")
    assert answer.status_code == 422
    assert "Schrijf eerst iets" in BeautifulSoup(answer.text, "lxml").find(id="reactie-text-e").get_text()


def test_who_is_mentioned_reads_it_on_vandaag(cast: Cast) -> None:
    number = a_proposal(cast)
    says(cast, "Anna", number, "@Chaima, hoe doen jullie dit?")
    assert "Anna noemt je bij ‘We bellen eerst’" in today(cast, "Chaima")


def test_who_proposed_it_and_who_guides_it_hear_what_others_say(cast: Cast) -> None:
    number = a_proposal(cast)
    says(cast, "Chaima", number, "Ook op zondag?")
    for name in ("Anna", "Bram"):
        assert "Chaima reageerde bij ‘We bellen eerst’" in today(cast, name)


def test_a_file_with_a_shared_proposal_is_news_for_all(cast: Cast) -> None:
    number = a_proposal(cast)
    assert adds(cast, "Bram", number, "voorbeelden.pdf").status_code == 303
    assert "voorbeelden.pdf" in news(cast, "Chaima")


def test_a_file_with_a_proposal_of_the_inner_circle_is_no_news_for_the_outer_circle(cast: Cast) -> None:
    number = a_proposal(cast, circle=Circle.INNER)
    adds(cast, "Bram", number, "geld.pdf")
    assert "geld.pdf" in news(cast, "Anna")
    assert "geld.pdf" not in news(cast, "Chaima")


def test_the_wall_hides_news_about_a_file_whatever_the_code_asks(cast: Cast) -> None:
    hidden, shown = a_proposal(cast, circle=Circle.INNER), a_proposal(cast)
    with cast.acting_as("Anna"):
        for number in (hidden, shown):
            record("added", "attachment", f"{number}.pdf", by=member(cast, "Anna"), object_id=the_proposal(number).id,
                   circle=Circle.OUTER)  # fmt: skip
        db.session.commit()
    with cast.acting_as("Chaima"):
        assert db.session.scalars(
            select(Event.object_name).where(Event.object_kind == "attachment")
        ).all() == [f"{shown}.pdf"]


def test_after_it_is_over_people_read_what_was_said_and_say_no_more(cast: Cast) -> None:
    number = a_proposal(cast)
    says(cast, "Chaima", number, "Ook op zondag?")
    adds(cast, "Chaima", number, "voorbeelden.pdf")
    with cast.acting_as("Chaima"):
        comment_id = db.session.scalars(select(Comment.id)).one()
        file_id = db.session.scalars(select(Attachment.id)).one()
    is_over(cast, number)
    chaima = cast.client("Chaima")
    for path in ("reacties", f"reacties/{comment_id}/aanpassen", f"reacties/{comment_id}/weg", "bijlagen",
                 f"bijlagen/{file_id}/weg", "volgen"):  # fmt: skip
        answer = chaima.post(address(cast, number, path), data={"reactie-text": "En op zaterdag?"})
        assert answer.status_code == 404, path
        assert "Het gesprek hierover is gesloten." in answer.text
    (said,) = comments(cast, "Chaima", number)
    assert "Ook op zondag?" in said
    with chaima.get(address(cast, number, "bijlagen", str(file_id))) as answer:
        assert answer.data == PDF
