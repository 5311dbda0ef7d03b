"""The agreement on one page: what holds, who signed, who still can; a PDF that everyone can read."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from tests.agenda.story import member
from tests.cast import Cast
from tests.counting import statements
from tests.pages.pdf import Read, read
from tests.spelregels.story import a_rule
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.people.models import Person
from vitaal.spelregels.models import Signature, Spelregel
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind, Workspace
from vitaal.workspaces.theming import OWN_LOOK, readable

ADOPTED = datetime(2026, 3, 3, 9, tzinfo=UTC)
SIGNED = datetime(2026, 11, 16, 9, tzinfo=UTC)
ROOM = "Teken hier"
ALSO = "Teken je op papier? Teken daarna ook in Vitaal, dan telt het mee."


def asked(cast: Cast, name: str = "Anna") -> TestResponse:
    return cast.client(name).get(f"/w/{cast.amersfoort.slug}/spelregels/afsprakenblad.pdf")


def sheet(cast: Cast, name: str = "Anna") -> Read:
    return read(asked(cast, name).data)


def sign(cast: Cast, name: str, rules: Iterable[UUID], at: datetime = SIGNED) -> None:
    """Someone signs the version that holds of these rules for their partner."""
    with cast.acting_as(name):
        by = member(cast, name)
        for rule_id in rules:
            rule = here(Spelregel, rule_id)
            assert rule
            db.session.add(
                Signature(workspace_id=by.workspace_id, spelregel_id=rule_id, version=rule.version,
                          partner_id=by.partner_id, signed_by_id=by.id, signed_by_name=by.name, signed_at=at)
            )  # fmt: skip
        db.session.commit()


def greet_joins(cast: Cast, circle: Circle = Circle.OUTER) -> None:
    """Another group, with Greet, joins the coalition."""
    with cast.app.app_context():
        cast.people["Greet"] = Person.join("Greet", "greet@example.nl").id
        db.session.commit()
    with cast.acting_as("Anna"):
        partner = Partner.welcome(
            "Breiclub", PartnerKind.INITIATIVE, circle, is_formal=False, reason="Erbij", decided_by="Anna"
        )
        greet = Membership(
            id=new_id(), person_id=cast.people["Greet"], partner_id=partner.id, name="Greet", circle=circle
        )
        db.session.add(greet)
        db.session.commit()
        cast.amersfoort.members["Greet"], cast.amersfoort.partners["Greet"] = greet.id, partner.id


def two_rules(cast: Cast) -> list[UUID]:
    with clock.at(ADOPTED):
        return [
            a_rule(cast, "We luisteren eerst"),
            a_rule(cast, "We besluiten samen", example="Ook als het lang duurt."),
        ]


def test_the_sheet_says_which_rules_hold_and_since_when(cast: Cast) -> None:
    two_rules(cast)
    pdf = sheet(cast)
    assert "1 We luisteren eerst Sinds 3 maart 2026 Wie praat, praat uit." in pdf.text
    assert "2 We besluiten samen Sinds 3 maart 2026 Ook als het lang duurt." in pdf.text
    assert pdf.text.startswith("Samen in Amersfoort")
    assert len(pdf.pages) == 1


def test_the_sheet_says_of_which_day_it_is(cast: Cast) -> None:
    with clock.at(SIGNED):
        assert "16 november 2026" in sheet(cast).text


def test_a_changed_rule_stands_on_it_as_it_is_now(cast: Cast) -> None:
    rule = a_rule(cast, "We luisteren eerst")
    with clock.at(SIGNED):
        a_rule(cast, "We luisteren altijd eerst", changes=rule)
    text = sheet(cast).text
    assert "1 We luisteren altijd eerst Sinds 16 november 2026, versie 2" in text
    assert "We luisteren eerst" not in text


def test_a_rule_that_ended_does_not_stand_on_it(cast: Cast) -> None:
    first, _second = two_rules(cast)
    with cast.acting_as("Anna"):
        db.session.get_one(Spelregel, (cast.amersfoort.id, first)).retired_at = clock.now()
        db.session.commit()
    text = sheet(cast).text
    assert "We luisteren eerst" not in text
    assert "2 We besluiten samen" in text


def test_without_rules_it_says_so(cast: Cast) -> None:
    pdf = sheet(cast)
    assert "Jullie hebben nog geen spelregels." in pdf.text
    assert "Table" not in pdf.tags


def test_who_signed_everything_stands_on_it_with_the_day(cast: Cast) -> None:
    sign(cast, "Bram", two_rules(cast))
    text = sheet(cast).text
    assert "Welzijn Oost Bram, 16 november 2026" in text
    assert f"Buurthuis De Kom {ROOM}" in text
    assert f"Wandelclub {ROOM}" in text


def test_who_signs_on_paper_is_asked_to_do_so_in_vitaal_too(cast: Cast) -> None:
    rules = two_rules(cast)
    assert ALSO in sheet(cast).text
    for name in ("Anna", "Bram", "Chaima"):
        sign(cast, name, rules)
    assert ALSO not in sheet(cast).text


def test_who_signed_in_parts_sees_which_and_finds_room_for_the_rest(cast: Cast) -> None:
    first, second = two_rules(cast)
    third = a_rule(cast, "We bellen terug")
    sign(cast, "Bram", [first])
    assert "Welzijn Oost Bram, 16 november 2026 Teken hier voor regels 2 en 3 " in sheet(cast).text + " "
    sign(cast, "Bram", [second, third], at=ADOPTED)
    assert (
        "Welzijn Oost Bram, 3 maart 2026 (regels 2 en 3) Bram, 16 november 2026 (regel 1)" in sheet(cast).text
    )


def test_a_new_version_asks_for_a_new_signature(cast: Cast) -> None:
    first, second = two_rules(cast)
    sign(cast, "Bram", [first, second])
    a_rule(cast, "We luisteren altijd eerst", changes=first)
    assert "Welzijn Oost Bram, 16 november 2026 Teken hier voor regel 1 " in sheet(cast).text + " "


def test_the_outer_circle_sees_that_an_outer_partner_signed_but_not_by_whom(cast: Cast) -> None:
    greet_joins(cast)
    rules = two_rules(cast)
    for name in ("Anna", "Bram", "Chaima", "Greet"):
        sign(cast, name, rules)
    for insider in ("Anna", "Bram"):
        assert "Breiclub Greet, 16 november 2026" in sheet(cast, insider).text
    text = sheet(cast, "Chaima").text
    assert "Breiclub 16 november 2026" in text
    assert "Greet" not in text
    assert b"Greet" not in asked(cast, "Chaima").data
    assert "Welzijn Oost Bram, 16 november 2026" in text
    assert "Wandelclub Chaima, 16 november 2026" in text


def test_a_partner_that_left_does_not_stand_on_it(cast: Cast) -> None:
    greet_joins(cast, Circle.INNER)
    sign(cast, "Greet", two_rules(cast))
    assert "Breiclub" in sheet(cast).text
    with cast.acting_as("Anna"):
        db.session.get_one(
            Partner, (cast.amersfoort.id, cast.amersfoort.partners["Greet"])
        ).left_at = clock.now()
        db.session.commit()
    assert "Breiclub" not in sheet(cast).text


def test_a_signer_who_left_still_stands_on_it(cast: Cast) -> None:
    sign(cast, "Bram", two_rules(cast))
    with cast.acting_as("Anna"):
        member(cast, "Bram").left_at = clock.now()
        db.session.commit()
    assert "Welzijn Oost Bram, 16 november 2026" in sheet(cast).text


def test_everyone_can_read_it(cast: Cast) -> None:
    sign(cast, "Bram", two_rules(cast))
    pdf = sheet(cast)
    assert (pdf.title, pdf.ua_part, pdf.a_level, pdf.catalogue["/Lang"]) == (
        "Onze spelregels",
        "1",
        "2A",
        "nl",
    )
    assert pdf.catalogue["/MarkInfo"]["/Marked"]
    assert pdf.catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.bookmarks == ["Onze spelregels", "Wie heeft getekend?"]
    parts = [tag for tag in pdf.tags if tag in {"H1", "H2", "L", "LI", "Table", "TR", "TH", "TD"}]
    assert parts == ["H1", "L", "LI", "LI", "H2", "Table", "TR", "TH", "TH", *["TR", "TD", "TD"] * 3]


def test_it_is_in_the_language_of_the_rules_also_for_who_reads_vitaal_in_english(cast: Cast) -> None:
    two_rules(cast)
    with cast.app.app_context():
        db.session.get_one(Person, cast.people["Bram"]).language = "en"
        db.session.commit()
    pdf = sheet(cast, "Bram")
    assert (pdf.title, pdf.catalogue["/Lang"]) == ("Onze spelregels", "nl")
    assert "3 maart 2026" in pdf.text


def test_the_file_has_a_name_of_its_own_and_nobody_keeps_it_on_the_way(cast: Cast) -> None:
    with clock.at(SIGNED):
        answer = asked(cast, "Chaima")
    assert answer.mimetype == "application/pdf"
    name = f"onze-spelregels-{cast.amersfoort.slug}-2026-11-16.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_who_is_no_member_gets_nothing(cast: Cast) -> None:
    assert asked(cast, "Daan").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        "#sys.inputs", '#eval("1")', '#read("/etc/passwd")', "*niet vet* $x$ \\ ] } )", "W" * 300, "Fijn 🎉 سلام שלום",
        "Een\nTwee\n\nDrie",
    ],
)  # fmt: skip
def test_a_rule_is_text_whatever_it_says(cast: Cast, typed: str) -> None:
    a_rule(cast, typed, example=f"Zo: {typed}")
    sign(cast, "Bram", [a_rule(cast)])
    pdf = sheet(cast)
    letters = "".join(pdf.text.split())
    assert letters.count("".join(typed.split())) == 2
    assert len(pdf.pages) == 1
    assert pdf.tags.count("LI") == 2


@pytest.mark.parametrize("name", ["#panic()", "V" * 300, "Club ] 🎉"])
def test_names_are_text_too(cast: Cast, name: str) -> None:
    with cast.acting_as("Anna"):
        db.session.get_one(Partner, (cast.amersfoort.id, cast.amersfoort.partners["Bram"])).name = name
        db.session.get_one(Workspace, cast.amersfoort.id).name = name
        db.session.commit()
    sign(cast, "Bram", [a_rule(cast)])
    assert "".join(sheet(cast).text.split()).count("".join(name.split())) == 2


def test_what_fits_stays_on_one_page(cast: Cast) -> None:
    for number in range(12):
        a_rule(
            cast,
            f"Dit is onze regel nummer {number}",
            example="Zo ziet dat er in de praktijk bij ons uit. " * (number % 4),
        )
        assert len(sheet(cast).pages) == 1, number + 1


RULES = {
    "Iedereen telt even zwaar": "Vrijwilliger, bewoner of directeur: ieder heeft één stem.",
    "We praten mét ouderen, niet over ouderen": "Bij elk besluit zit minstens één oudere bewoner aan tafel.",
    "We besluiten samen": "Een besluit geldt als niemand een groot bezwaar heeft. Een bezwaar maakt het plan beter.",
    "Wat we afspreken, schrijven we op": "De actie staat binnen een week in de agenda, met een naam en een datum.",
    "Lukt het niet? Dan zeg je het op tijd": "Je zegt het vóór de datum. Niemand wordt boos.",
    "Wat we hier delen, blijft hier": "Namen en verhalen gaan alleen naar buiten als mensen dat goed vinden.",
}


def sign_all_but_the_changed_one(cast: Cast, rules: list[UUID]) -> None:
    """Every partner signed everything, and then one rule got another text: the fullest that the sheet gets."""
    with cast.acting_as("Anna"):
        partners = db.session.query(Partner.id).all()
    for (partner_id,) in partners:
        _speak_for(cast, partner_id)
        sign(cast, "Bram", rules)
    _speak_for(cast, cast.amersfoort.partners["Bram"])
    a_rule(
        cast,
        "Wat we afspreken, schrijven we altijd op",
        changes=rules[3],
        example="Met een naam en een datum.",
    )


def _speak_for(cast: Cast, partner_id: UUID) -> None:
    with cast.acting_as("Anna"):
        member(cast, "Bram").partner_id = partner_id
        db.session.commit()


@pytest.mark.parametrize("is_signed", [False, True])
def test_six_rules_and_twelve_partners_stand_on_one_page_large_enough_to_read(
    cast: Cast, is_signed: bool
) -> None:
    rules = [a_rule(cast, title, example=example) for title, example in RULES.items()]
    with cast.acting_as("Anna"):
        for number in range(9):
            Partner.welcome(f"Stichting Ouderen in wijk {number}", PartnerKind.ORGANISATION, Circle.INNER,
                            is_formal=True, reason="Erbij", decided_by="Anna")  # fmt: skip
        db.session.commit()
    if is_signed:
        sign_all_but_the_changed_one(cast, rules)
    pdf = sheet(cast)
    assert len(pdf.pages) == 1
    assert pdf.text.count("Teken hier voor regel 4" if is_signed else ROOM) == 12
    assert min(pdf.sizes) >= 10
    assert pdf.tags.count("Table") == 2
    assert pdf.tags.count("TR") == 14


def test_many_rules_and_partners_ask_as_little_and_go_on_on_the_next_page(cast: Cast) -> None:
    two_rules(cast)
    with statements(cast.app) as few:
        asked(cast)
    with cast.acting_as("Anna"):
        for number in range(30):
            Partner.welcome(f"Groep {number}", PartnerKind.INITIATIVE, Circle.INNER, is_formal=False, reason="Erbij",
                            decided_by="Anna")  # fmt: skip
        db.session.commit()
    sign(cast, "Bram", [a_rule(cast, f"Regel nummer {number}") for number in range(18)])
    with statements(cast.app) as many:
        pdf = sheet(cast)
    assert len(few) == len(many) <= 12
    assert len(pdf.pages) > 1
    assert f"1 / {len(pdf.pages)}" in pdf.pages[0]


@pytest.mark.parametrize(
    ("colour", "worn"), [("#8a1f5c", "#8a1f5c"), ("#ffdd00", readable("#ffdd00")), (None, OWN_LOOK)]
)
def test_it_wears_the_colour_of_the_workspace(cast: Cast, colour: str | None, worn: str) -> None:
    a_rule(cast)
    with cast.acting_as("Anna"):
        db.session.get_one(Workspace, cast.amersfoort.id).theme_colour = colour
        db.session.commit()
    assert worn in sheet(cast).colours
