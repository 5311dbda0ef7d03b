"""Signing: each partner itself, each rule in exactly one version, and never by accident."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import psycopg
import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from tests.agenda.story import member, page
from tests.cast import Cast
from tests.counting import statements
from tests.invitations.letters import letters_to
from tests.spelregels.story import a_rule, adopt_now
from vitaal.activity.models import Event as Happened
from vitaal.activity.sentences import sentence
from vitaal.kernel import clock
from vitaal.kernel.db import db, here, new_id
from vitaal.kernel.promises import Promise
from vitaal.people.models import Person
from vitaal.post.models import Letter
from vitaal.spelregels import signing, signing_letters
from vitaal.spelregels.models import Signature, Spelregel
from vitaal.spelregels.rule_queries import to_sign
from vitaal.workspaces.memberships import welcome_helped
from vitaal.workspaces.models import Circle, Membership, Partner, PartnerKind, Reach, Role

DE_KOM, WELZIJN, WANDELCLUB = "Buurthuis De Kom", "Welzijn Oost", "Wandelclub"


def address(cast: Cast, *more: str) -> str:
    return "/".join([f"/w/{cast.amersfoort.slug}/spelregels", *more])


def sends(
    cast: Cast, name: str, *versions: tuple[UUID, int], partner: UUID | str | None = None
) -> TestResponse:
    """Someone ticks these rules, each in the version that they saw, and signs for a partner: their own unless said."""
    ticked = [f"{rule_id}.{version}" for rule_id, version in versions]
    data = {"partner": partner or cast.amersfoort.partners[name], "rules": ticked}
    return cast.client(name).post(address(cast, "tekenen"), data=data)


def signatures(cast: Cast) -> set[tuple[UUID, int, str]]:
    """Every signature: which rule, which version, for whom."""
    with cast.acting_as("Anna"):
        rows = db.session.execute(
            select(Signature.spelregel_id, Signature.version, Partner.name).join(Signature.partner)
        )
        return {(rule_id, version, name) for rule_id, version, name in rows}


def waits_for(cast: Cast, name: str) -> dict[str, int]:
    """How many rules someone is asked to sign, by partner."""
    with cast.acting_as(name):
        return {one.partner.name: one.count for one in to_sign(member(cast, name))}


def sign_page(cast: Cast, name: str) -> Tag:
    found: Tag = page(cast, name, address(cast, "tekenen")).main
    return found


def told(cast: Cast, name: str) -> list[str]:
    """What the history says about signing to someone, the oldest first."""
    with cast.app.test_request_context(), cast.acting_as(name):
        events = db.session.scalars(
            select(Happened).where(Happened.verb.in_(["signed", "reminded"])).order_by(Happened.happened_at)
        ).all()
        return [f"{event.actor_name}: {sentence(event)}" for event in events]


def geert(cast: Cast, helper: str = "Bram") -> UUID:
    """Geert has no account and speaks for the Klaverjasclub, helped by someone; the id of his partner."""
    with cast.acting_as("Anna"):
        club = Partner.welcome("Klaverjasclub", PartnerKind.INITIATIVE, Circle.OUTER, is_formal=False,
                               reason="Nieuw", decided_by="Anna")  # fmt: skip
        welcome_helped("Geert", club, reach=Reach.PHONE, contact="", helper=member(cast, helper),
                       consented_on=clock.today(), by=member(cast, "Anna"))  # fmt: skip
        db.session.commit()
        return club.id


# Who is asked


def test_everyone_in_the_inner_and_outer_circle_is_asked_to_sign_what_holds(cast: Cast) -> None:
    a_rule(cast)
    a_rule(cast, "We zijn op tijd")
    assert waits_for(cast, "Bram") == {WELZIJN: 2}
    assert waits_for(cast, "Chaima") == {WANDELCLUB: 2}


def test_a_new_partner_is_asked_to_sign_all_that_holds(cast: Cast) -> None:
    rule_id = a_rule(cast)
    sends(cast, "Bram", (rule_id, 1))
    with cast.acting_as("Anna"):
        late = Partner.welcome("Laatkomer", PartnerKind.ORGANISATION, Circle.INNER, is_formal=True,
                               reason="Nieuw", decided_by="Anna")  # fmt: skip
        member(cast, "Bram").partner_id = late.id
        db.session.commit()
    assert waits_for(cast, "Bram") == {"Laatkomer": 1}


def test_a_partner_in_the_free_space_or_that_left_is_not_asked(cast: Cast) -> None:
    a_rule(cast)
    with cast.acting_as("Anna"):
        for name, change in (("Bram", {"circle": Circle.FREE}), ("Chaima", {"left_at": clock.now()})):
            partner = here(Partner, cast.amersfoort.partners[name])
            for key, value in change.items():
                setattr(partner, key, value)
        db.session.commit()
    assert waits_for(cast, "Bram") == waits_for(cast, "Chaima") == {}


def test_who_helps_someone_without_an_account_is_asked_for_them_too(cast: Cast) -> None:
    a_rule(cast)
    geert(cast)
    assert waits_for(cast, "Bram") == {WELZIJN: 1, "Klaverjasclub": 1}
    assert waits_for(cast, "Anna") == {DE_KOM: 1}


def test_what_waits_is_asked_in_one_statement(cast: Cast) -> None:
    a_rule(cast)
    geert(cast)
    with cast.acting_as("Bram"):
        bram = member(cast, "Bram")
        with statements(cast.app) as asked:
            to_sign(bram)
    assert len(asked) == 1


# Signing


def test_nothing_is_ticked_before_someone_ticks_it(cast: Cast) -> None:
    a_rule(cast)
    shown = sign_page(cast, "Bram")
    assert len(shown.select("input[type=checkbox]")) == 1
    assert not shown.select("input[checked]")
    assert shown.find("button").get_text(strip=True) == "Teken voor Welzijn Oost"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Chaima", "Bij de handtekening staat de dag. Je naam ziet alleen de binnencirkel."),
        ("Bram", "Bij de handtekening staan de dag en je naam."),
    ],
)
def test_who_signs_reads_for_whom_and_what_will_be_seen(cast: Cast, name: str, hint: str) -> None:
    a_rule(cast)
    shown = sign_page(cast, name).get_text(" ", strip=True)
    partner = {"Chaima": WANDELCLUB, "Bram": WELZIJN}[name]
    assert f"Teken alleen als jij dit namens {partner} mag zeggen. {hint}" in shown


def test_without_rules_there_is_nothing_to_sign_yet(cast: Cast) -> None:
    assert "Er zijn nog geen spelregels om te tekenen" in sign_page(cast, "Bram").get_text()
    rule_id = a_rule(cast)
    sends(cast, "Bram", (rule_id, 1))
    assert "Alles is getekend" in sign_page(cast, "Bram").get_text()


def becomes_resident(cast: Cast, partner_id: UUID) -> None:
    with cast.acting_as("Anna"):
        partner = here(Partner, partner_id)
        assert partner
        partner.kind = PartnerKind.RESIDENT
        db.session.commit()


def test_a_resident_speaks_as_one_person(cast: Cast) -> None:
    rule_id = a_rule(cast)
    becomes_resident(cast, cast.amersfoort.partners["Chaima"])
    form = sign_page(cast, "Chaima").form
    assert form.legend.get_text() == "1 spelregel om te tekenen"
    assert "Ik houd me aan spelregel 1" in form.get_text()
    assert form.button.get_text() == "Teken als Wandelclub"
    sent = {"partner": cast.amersfoort.partners["Chaima"], "rules": f"{rule_id}.1"}
    signed = cast.client("Chaima").post(address(cast, "tekenen"), data=sent, follow_redirects=True)
    assert "Je tekende 1 spelregel." in signed.text
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id)
    again = sign_page(cast, "Chaima").form.get_text(" ", strip=True)
    assert "Je tekende versie 1. Nu geldt versie 2." in again
    assert "Dit tekende je" in again
    assert not [word for word in ("Jullie", "jullie", "Wij", "wij") if word in again]


def test_who_helps_a_resident_signs_for_them_and_not_as_them(cast: Cast) -> None:
    rule_id, club = a_rule(cast), geert(cast)
    becomes_resident(cast, club)
    sends(cast, "Bram", (rule_id, 1), partner=club)
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id)
    form = sign_page(cast, "Bram").select("form")[1]
    text_of = form.get_text(" ", strip=True)
    assert "Klaverjasclub houdt zich aan spelregel 1" in text_of
    assert "Klaverjasclub tekende versie 1." in text_of
    assert form.button.get_text() == "Teken voor Klaverjasclub"


def test_looking_at_the_page_signs_nothing(cast: Cast) -> None:
    a_rule(cast)
    sign_page(cast, "Bram")
    assert signatures(cast) == set()


def test_a_member_signs_what_they_ticked_and_nothing_else(cast: Cast) -> None:
    listen, be_on_time = a_rule(cast), a_rule(cast, "We zijn op tijd")
    assert sends(cast, "Bram", (listen, 1)).status_code == 303
    assert signatures(cast) == {(listen, 1, WELZIJN)}
    boxes = sign_page(cast, "Bram").select("input[type=checkbox]")
    assert [box["value"] for box in boxes] == [f"{be_on_time}.1"]


def test_a_member_of_the_outer_circle_signs_for_their_partner(cast: Cast) -> None:
    rule_id = a_rule(cast)
    assert sends(cast, "Chaima", (rule_id, 1)).status_code == 303
    assert signatures(cast) == {(rule_id, 1, WANDELCLUB)}


def test_the_history_names_the_partner_and_never_who_stands_in_the_outer_circle(cast: Cast) -> None:
    listen, be_on_time = a_rule(cast), a_rule(cast, "We zijn op tijd")
    sends(cast, "Chaima", (listen, 1), (be_on_time, 1))
    sends(cast, "Bram", (listen, 1))
    for reader in ("Anna", "Chaima"):
        assert told(cast, reader) == [
            "Wandelclub: Wandelclub tekende 2 spelregels",
            "Bram: Welzijn Oost tekende de spelregel ‘We luisteren eerst’",
        ]


def test_signing_twice_does_no_harm_and_is_told_once(cast: Cast) -> None:
    rule_id = a_rule(cast)
    for _again in range(2):
        assert sends(cast, "Bram", (rule_id, 1)).status_code == 303
    assert signatures(cast) == {(rule_id, 1, WELZIJN)}
    assert len(told(cast, "Bram")) == 1


def test_a_helper_signs_for_whom_they_help(cast: Cast) -> None:
    rule_id, club = a_rule(cast), geert(cast)
    forms = sign_page(cast, "Bram").select("form")
    assert [form.find("button").get_text(strip=True) for form in forms] == [
        "Teken voor Welzijn Oost",
        "Teken voor Klaverjasclub",
    ]
    assert sends(cast, "Bram", (rule_id, 1), partner=club).status_code == 303
    assert signatures(cast) == {(rule_id, 1, "Klaverjasclub")}
    assert waits_for(cast, "Bram") == {WELZIJN: 1}


def test_nobody_signs_for_another_partner(cast: Cast) -> None:
    rule_id = a_rule(cast)
    for partner in (cast.amersfoort.partners["Anna"], cast.elsewhere.partners["Daan"], "onzin", ""):
        assert sends(cast, "Bram", (rule_id, 1), partner=partner or "-").status_code == 422
    assert signatures(cast) == set()


@pytest.mark.parametrize(
    "ticked", ["", "onzin", "x.1", "%s", "%s.", "%s.x", "%s.-1", "%s.99999999999", "%s.1.1", "%s.¹", "\x00"]
)
def test_what_this_page_never_offered_is_refused_kindly(cast: Cast, ticked: str) -> None:
    rule_id = a_rule(cast)
    sent = {"partner": cast.amersfoort.partners["Bram"], "rules": ticked.replace("%s", str(rule_id))}
    answer = cast.client("Bram").post(
        address(cast, "tekenen"), data=sent if ticked else {"partner": sent["partner"]}
    )
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.text, "lxml")
    assert soup.title.get_text().startswith("Fout:")
    problem = soup.find(id="fouten").find("a")
    assert soup.find(id=problem["href"].removeprefix("#"))
    assert signatures(cast) == set()


# The next version


def test_a_signature_never_moves_to_another_version(cast: Cast) -> None:
    rule_id = a_rule(cast)
    sends(cast, "Bram", (rule_id, 1))
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id)
    assert signatures(cast) == {(rule_id, 1, WELZIJN)}
    assert waits_for(cast, "Bram") == {WELZIJN: 1}
    sends(cast, "Bram", (rule_id, 2))
    assert signatures(cast) == {(rule_id, 1, WELZIJN), (rule_id, 2, WELZIJN)}


def test_a_new_version_asks_only_for_what_changed_with_old_and_new_beside_each_other(cast: Cast) -> None:
    listen, be_on_time = a_rule(cast), a_rule(cast, "We zijn op tijd")
    sends(cast, "Bram", (listen, 1), (be_on_time, 1))
    a_rule(cast, "We luisteren altijd eerst", changes=listen)
    shown = sign_page(cast, "Bram")
    assert len(shown.select(".sign")) == 1
    old, new = shown.select(".both > div")
    assert "Dit tekenden jullie" in old.get_text()
    assert old.find("ins") is None
    assert "[toegevoegd: altijd ]" in new.get_text()
    assert "We zijn op tijd" not in shown.get_text()


def test_the_reason_of_a_new_version_is_read_whole(cast: Cast) -> None:
    rule_id = a_rule(cast)
    sends(cast, "Bram", (rule_id, 1))
    a_rule(cast, changes=rule_id, why="Omdat het vaak goed gaat.")
    old, new = sign_page(cast, "Bram").select(".both > div")
    assert [each.get_text() for each in old.select("dt")] == ["Zo ziet het eruit", "Waarom"]
    assert [each.get_text() for each in new.select("dt")] == ["Zo ziet het eruit", "Waarom deze versie"]
    assert "Omdat het vaak goed gaat." in new.get_text()
    assert not old.select("del") + new.select("ins")


def test_who_never_signed_a_rule_reads_it_whole(cast: Cast) -> None:
    rule_id = a_rule(cast)
    a_rule(cast, "We luisteren altijd eerst", changes=rule_id)
    shown = sign_page(cast, "Bram")
    assert shown.select(".both") == []
    assert "We luisteren altijd eerst" in shown.get_text()


def test_what_changed_while_someone_read_is_not_signed_and_the_other_ticks_stay(cast: Cast) -> None:
    listen, be_on_time = a_rule(cast), a_rule(cast, "We zijn op tijd")
    a_rule(cast, "We luisteren altijd eerst", changes=listen)
    answer = sends(cast, "Bram", (listen, 1), (be_on_time, 1))
    assert answer.status_code == 409
    assert signatures(cast) == set()
    soup = BeautifulSoup(answer.text, "lxml").main
    assert "Er is nog niets getekend." in soup.find(id="fouten").get_text()
    assert [box["value"] for box in soup.select("input[checked]")] == [f"{be_on_time}.1"]
    changed = soup.find(string="Deze veranderde net").find_parent(class_="sign")
    read, now = changed.select(".both > div")
    assert "Dit las je net" in read.get_text()
    assert "We luisteren eerst" in read.get_text()
    assert "[toegevoegd: altijd ]" in now.get_text()


def test_a_rule_that_ended_is_not_signed(cast: Cast) -> None:
    rule_id = a_rule(cast)
    with cast.acting_as("Anna"):
        rule = here(Spelregel, rule_id)
        assert rule
        rule.retired_at = clock.now()
        db.session.commit()
    assert waits_for(cast, "Bram") == {}
    assert sends(cast, "Bram", (rule_id, 1)).status_code == 409
    assert signatures(cast) == set()


def test_a_rule_that_is_not_there_is_not_signed(cast: Cast) -> None:
    elsewhere = a_rule(cast, by="Daan", place=cast.elsewhere)
    assert sends(cast, "Bram", (new_id(), 1)).status_code == 409
    assert sends(cast, "Bram", (elsewhere, 1)).status_code == 409


# The database, whatever the code would ask

INSERT = text(
    "INSERT INTO app.signature (workspace_id, spelregel_id, version, partner_id, signed_by_id, signed_by_name,"
    " signed_at) VALUES (:workspace, :rule, :version, :partner, :member, 'x', now())"
)


def row(cast: Cast, rule_id: UUID, *, by: str, **other: Any) -> dict[str, Any]:
    place = cast.amersfoort
    own = {"workspace": place.id, "rule": rule_id, "version": 1, "partner": place.partners[by], "member": place.members[by]}  # fmt: skip
    return own | other


def refused(cast: Cast, by: str, values: dict[str, Any]) -> None:
    with cast.acting_as(by), pytest.raises(DBAPIError) as mistake:
        db.session.execute(INSERT, values)
    assert isinstance(mistake.value.orig, psycopg.errors.InsufficientPrivilege)


def test_the_database_refuses_a_version_that_no_longer_holds(cast: Cast) -> None:
    rule_id = a_rule(cast)
    a_rule(cast, "Anders", changes=rule_id)
    refused(cast, "Chaima", row(cast, rule_id, by="Chaima"))
    with cast.acting_as("Chaima"):
        db.session.execute(INSERT, row(cast, rule_id, by="Chaima", version=2))


def test_the_database_refuses_a_signature_for_another_partner_or_in_another_name(cast: Cast) -> None:
    rule_id = a_rule(cast)
    for other in ({"partner": cast.amersfoort.partners["Anna"]}, {"member": cast.amersfoort.members["Anna"]}):
        refused(cast, "Bram", row(cast, rule_id, by="Bram", **other))


def test_the_database_lets_nobody_change_or_take_away_a_signature(cast: Cast) -> None:
    rule_id = a_rule(cast)
    sends(cast, "Anna", (rule_id, 1))
    for deed in ("UPDATE app.signature SET version = 2", "DELETE FROM app.signature"):
        with cast.acting_as("Anna"), pytest.raises(DBAPIError) as mistake:
            db.session.execute(text(deed))
        assert isinstance(mistake.value.orig, psycopg.errors.InsufficientPrivilege)


# At the same moment


def both(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(2) as threads:
        return [deed.result() for deed in (threads.submit(first), threads.submit(second))]


def test_two_who_sign_for_one_partner_at_once_sign_once(cast: Cast) -> None:
    rules = [a_rule(cast, f"Regel {number}") for number in range(5)]
    both_ready = Barrier(2)

    def go() -> int:
        with cast.acting_as("Bram"):
            partner = here(Partner, cast.amersfoort.partners["Bram"])
            assert partner
            both_ready.wait(10)
            wanted = {signing.Exactly(rule_id, 1) for rule_id in rules}
            signed = signing.sign(partner, wanted, by=member(cast, "Bram"))
            db.session.commit()
            return signed

    assert sorted(both(go, go)) == [0, 5]
    assert len(signatures(cast)) == 5


def test_who_signs_first_keeps_the_version_and_adopting_the_next_one_waits(cast: Cast) -> None:
    rule_id = a_rule(cast)
    signed, may_go_on = Event(), Event()

    def chaima() -> None:
        with cast.acting_as("Chaima"):
            partner = here(Partner, cast.amersfoort.partners["Chaima"])
            assert partner
            signing.sign(partner, {signing.Exactly(rule_id, 1)}, by=member(cast, "Chaima"))
            signed.set()
            assert may_go_on.wait(10)
            db.session.commit()

    def anna() -> bool:
        signed.wait(10)
        with cast.acting_as("Anna"):
            db.session.execute(text("SET LOCAL lock_timeout = '300ms'"))
            try:
                adopt_now("Anders", by=member(cast, "Anna"), changes=rule_id)
            except DBAPIError as mistake:
                return isinstance(mistake.orig, psycopg.errors.LockNotAvailable)
            finally:
                may_go_on.set()
            return False

    assert both(chaima, anna) == [None, True]
    a_rule(cast, "Anders", changes=rule_id)
    assert signatures(cast) == {(rule_id, 1, WANDELCLUB)}


def test_who_signs_while_the_next_version_is_adopted_is_told_that_it_changed(cast: Cast) -> None:
    rule_id = a_rule(cast)
    adopted = Event()

    def anna() -> None:
        with cast.acting_as("Anna"):
            adopt_now("Anders", by=member(cast, "Anna"), changes=rule_id)
            adopted.set()
            wait_until_someone_waits(cast)
            db.session.commit()

    def chaima() -> int:
        adopted.wait(10)
        return sends(cast, "Chaima", (rule_id, 1)).status_code

    assert both(anna, chaima) == [None, 409]
    assert signatures(cast) == set()


def wait_until_someone_waits(cast: Cast) -> None:
    """Until another transaction waits for a lock that this one holds."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0")
    for _attempt in range(2_000):
        if db.session.scalar(waiting):
            return
        db.session.execute(text("SELECT pg_sleep(0.005)"))
    raise AssertionError("Nobody waits.")


# Who signed what


def test_the_page_says_of_each_partner_how_far_it_is(cast: Cast) -> None:
    listen, be_on_time = a_rule(cast), a_rule(cast, "We zijn op tijd")
    sends(cast, "Chaima", (listen, 1), (be_on_time, 1))
    sends(cast, "Bram", (listen, 1))
    lines = [
        line.get_text(" ", strip=True)
        for line in page(cast, "Anna", address(cast, "handtekeningen")).select("tbody tr")
    ]
    today = clock.today().year
    assert lines[0] == f"{DE_KOM} Binnencirkel nog niets"
    assert lines[1].startswith(f"{WELZIJN} Binnencirkel regel 1; nog niet: 2 Bram, ")
    assert lines[2].startswith(f"{WANDELCLUB} Buitencirkel alles Chaima, ")
    assert lines[2].endswith(str(today))


def test_the_page_says_which_rules_a_partner_signed_and_which_not(cast: Cast) -> None:
    rules = [a_rule(cast, f"Regel {number}") for number in range(1, 8)]
    with cast.acting_as("Anna"):
        for number in (2, 5):
            db.session.get_one(Spelregel, (cast.amersfoort.id, rules[number - 1])).retired_at = clock.now()
        db.session.commit()
    sends(cast, "Bram", (rules[0], 1), (rules[3], 1), (rules[6], 1))
    a_rule(cast, "Regel 7 anders", changes=rules[6])
    shown = page(cast, "Anna", address(cast, "handtekeningen")).main.get_text(" ", strip=True)
    assert "regels 1 en 4; nog niet: 3, 6 en 7 Bram, " in shown


def test_the_outer_circle_sees_which_partner_signed_and_not_who_did(cast: Cast) -> None:
    rule_id = a_rule(cast)
    for name in ("Bram", "Chaima"):
        sends(cast, name, (rule_id, 1))
    for path in ("handtekeningen", "1", ""):
        shown = page(cast, "Chaima", address(cast, *filter(None, [path]))).main.get_text(" ", strip=True)
        assert WANDELCLUB in shown
        assert WELZIJN in shown
        assert "Bram" not in shown
        assert "Chaima" not in shown


def test_a_signature_of_an_earlier_version_does_not_count_for_the_one_that_holds(cast: Cast) -> None:
    rule_id = a_rule(cast)
    sends(cast, "Bram", (rule_id, 1))
    a_rule(cast, "Anders", changes=rule_id)
    shown = page(cast, "Anna", address(cast, "handtekeningen")).main
    assert "3 partners tekenden nog niet alles" in shown.get_text()


# Reminding


def letters(worker: Flask, name: str) -> list[Letter]:
    """The reminders that someone got, once the worker kept every promise, even those that it kept before."""
    with worker.app_context():
        promised = db.session.scalars(select(Promise).where(Promise.kind == signing.REMIND)).all()
        db.session.expunge_all()
        db.session.commit()
        for promise in promised:
            signing_letters.remind_to_sign(promise)
    return [
        each for each in letters_to(worker, f"{name.lower()}@example.nl") if each.kind == "spelregels.sign"
    ]


def reminds(cast: Cast, name: str = "Anna") -> TestResponse:
    return cast.client(name).post(address(cast, "handtekeningen", "herinnering"))


def test_only_who_can_still_sign_something_gets_a_letter_and_once(cast: Cast, worker: Flask) -> None:
    rule_id = a_rule(cast)
    sends(cast, "Bram", (rule_id, 1))
    assert reminds(cast).status_code == 303
    for _again in range(2):
        assert [len(letters(worker, name)) for name in ("Anna", "Bram", "Chaima")] == [0, 0, 1]


def test_who_reminds_reads_how_many_people_that_are_and_is_not_reminded(cast: Cast, worker: Flask) -> None:
    rule_id = a_rule(cast)

    def button() -> str:
        found = page(cast, "Anna", address(cast, "handtekeningen")).main.find("button")
        return str(found.get_text()) if found else ""

    assert button() == "Stuur 2 mensen een herinnering"
    sends(cast, "Bram", (rule_id, 1))
    assert button() == "Stuur 1 mens een herinnering"
    sends(cast, "Chaima", (rule_id, 1))
    assert button() == ""
    shown = page(cast, "Anna", address(cast, "handtekeningen")).main.get_text()
    assert "Er is nu niemand anders om te herinneren." in shown
    reminds(cast)
    assert letters(worker, "Anna") == []


def test_the_letter_leads_to_the_page_and_opening_that_signs_nothing(cast: Cast, worker: Flask) -> None:
    a_rule(cast)
    reminds(cast)
    (letter,) = letters(worker, "Chaima")
    assert letter.subject == "Lees en teken je mee? Er wacht 1 spelregel"
    assert "Wandelclub: nog 1 spelregel" in letter.text
    assert f"http://localhost{address(cast, 'tekenen')}" in letter.text
    sign_page(cast, "Chaima")
    assert signatures(cast) == set()


def test_who_signed_meanwhile_gets_no_letter(cast: Cast, worker: Flask) -> None:
    rule_id = a_rule(cast)
    reminds(cast)
    sends(cast, "Chaima", (rule_id, 1))
    assert letters(worker, "Chaima") == []


def test_who_helps_gets_the_letter_for_whom_they_help(cast: Cast, worker: Flask) -> None:
    rule_id = a_rule(cast)
    geert(cast)
    sends(cast, "Bram", (rule_id, 1))
    reminds(cast)
    (letter,) = letters(worker, "Bram")
    assert "Klaverjasclub: nog 1 spelregel" in letter.text


def test_a_reminder_goes_out_once_in_three_days_and_the_page_says_when(cast: Cast, worker: Flask) -> None:
    a_rule(cast)
    reminds(cast)
    again = cast.client("Anna").post(address(cast, "handtekeningen", "herinnering"), follow_redirects=True)
    assert "Er ging kort geleden al een herinnering uit." in again.text
    shown = page(cast, "Anna", address(cast, "handtekeningen")).main
    assert "Anna stuurde de laatste herinnering op" in shown.get_text()
    assert not shown.find("button")
    assert len(letters(worker, "Chaima")) == 1
    with clock.at(clock.now() + timedelta(days=3)):
        assert page(cast, "Anna", address(cast, "handtekeningen")).main.find("button")
        reminds(cast)
    assert len(letters(worker, "Chaima")) == 2


def test_two_who_remind_at_once_send_one_letter_to_each(cast: Cast, worker: Flask) -> None:
    a_rule(cast)
    with cast.acting_as("Anna"):
        member(cast, "Bram").roles = [Role.FACILITATOR]
        db.session.commit()
    assert [answer.status_code for answer in both(lambda: reminds(cast), lambda: reminds(cast, "Bram"))] == [
        303,
        303,
    ]
    assert len(letters(worker, "Chaima")) == 1
    assert len(told(cast, "Anna")) == 1


def test_when_everyone_signed_everything_nobody_is_reminded(cast: Cast, worker: Flask) -> None:
    rule_id = a_rule(cast)
    for name in ("Anna", "Bram", "Chaima"):
        sends(cast, name, (rule_id, 1))
    answer = cast.client("Anna").post(address(cast, "handtekeningen", "herinnering"), follow_redirects=True)
    assert "Er is nu niemand anders om te herinneren." in answer.text
    assert letters(worker, "Anna") == []


@pytest.mark.parametrize("name", ["Bram", "Chaima"])
def test_who_does_not_arrange_sends_no_reminder(cast: Cast, name: str) -> None:
    a_rule(cast)
    assert not page(cast, name, address(cast, "handtekeningen")).main.find("button")
    assert reminds(cast, name).status_code == 403


# Many


def test_with_thirty_rules_and_two_hundred_partners_every_page_asks_little(cast: Cast) -> None:
    ids = [new_id() for _number in range(200)]
    with cast.app.app_context():
        db.session.add_all(
            Person(id=one, name=f"Buur {number}", email=f"buur{number}@example.nl")
            for number, one in enumerate(ids)
        )
        db.session.commit()
    with cast.acting_as("Anna"):
        anna = member(cast, "Anna")
        rules = [adopt_now(f"Regel {number}", by=anna) for number in range(30)]
        for number, person_id in enumerate(ids):
            partner = Partner(
                id=new_id(), name=f"Club {number}", kind="initiative", is_formal=False, circle="outer"
            )
            db.session.add(partner)
            db.session.flush()
            db.session.add(
                Membership(id=new_id(), person_id=person_id, partner_id=partner.id, name=f"Buur {number}",
                           circle="outer", roles=[])
            )  # fmt: skip
        db.session.commit()
        numbers = [rule.number for rule in rules]
    geert(cast)
    for name in ("Anna", "Bram", "Chaima"):
        browser = cast.client(name)
        paths = ["", "/tekenen", "/handtekeningen", "/eerder", f"/{numbers[0]}"]
        for path in paths + ([f"/{numbers[0]}/nakijken"] if name != "Chaima" else []):
            with statements(cast.app) as asked:
                answer = browser.get(address(cast) + path)
            assert answer.status_code == 200, path
            assert len(asked) <= 12, (name, path, len(asked))
            assert len(answer.data) <= 150 * 1024, (path, len(answer.data))
