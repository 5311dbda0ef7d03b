"""What people paste and upload, read as they meant it."""

import pytest

from vitaal.invitations import lists
from vitaal.invitations.lists import Line, ListTooLong


def people(text: str) -> list[tuple[str, str, str]]:
    return [(line.name, line.email, line.organisation) for line in lists.read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jan@x.nl\nkees@x.nl", [("", "jan@x.nl", ""), ("", "kees@x.nl", "")]),
        ("jan@x.nl; kees@x.nl", [("", "jan@x.nl", ""), ("", "kees@x.nl", "")]),
        ("Jan Jansen <jan@x.nl>\n", [("Jan Jansen", "jan@x.nl", "")]),
        (
            '"Jan Jansen" <jan@x.nl>, Kees <kees@x.nl>',
            [("Jan Jansen", "jan@x.nl", ""), ("Kees", "kees@x.nl", "")],
        ),
        ("Jan;jan@x.nl;Wandelclub", [("Jan", "jan@x.nl", "Wandelclub")]),
        ('naam,e-mail,organisatie\nJan,jan@x.nl,"Kom, de"', [("Jan", "jan@x.nl", "Kom, de")]),
        ("Organisatie;E-mail;Naam\r\nWandelclub;jan@x.nl;Jan\r\n", [("Jan", "jan@x.nl", "Wandelclub")]),
        ("naam\te-mail\nJan\tjan@x.nl", [("Jan", "jan@x.nl", "")]),
        ("\ufeffnaam;e-mail;organisatie\nJan;jan@x.nl", [("Jan", "jan@x.nl", "")]),
        ("geen adres\n\n\n", [("", "geen adres", "")]),
        ("", []),
    ],
)
def test_a_list_is_read_as_it_was_meant(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_from_excel_keeps_its_accents(encoding: str) -> None:
    text = "naam;e-mail;organisatie\r\nZoë Müller-Çelik;zoe@x.nl;Café De Brûlée\r\nRenée André;renee@x.nl;Hôtel\r\n"
    assert people(lists.decode(text.encode(encoding)))[0] == (
        "Zoë Müller-Çelik",
        "zoe@x.nl",
        "Café De Brûlée",
    )


def test_too_long_a_list_is_refused() -> None:
    with pytest.raises(ListTooLong):
        lists.read("jan@x.nl\n" * 10_001)
    with pytest.raises(ListTooLong):
        lists.decode(b"x" * (lists.MOST_BYTES + 1))


def test_a_line_survives_the_way_through_the_form() -> None:
    line = Line(1, "jan@x.nl", 'Jan "de ; Man', "Kom, de")
    assert people(line.as_row()) == [(line.name, line.email, line.organisation)]


@pytest.mark.parametrize("rubbish", ['"', "\x00", '"a\nb', "\r", ";;;;", "x" * 200_000, "\ud800@x.nl"])
def test_rubbish_is_read_without_falling_over(rubbish: str) -> None:
    lists.read(rubbish)
