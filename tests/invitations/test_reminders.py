"""What happens when nobody answers, whoever runs it and how often."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import AMERSFOORT, Cast
from tests.invitations.conftest import Invite, inviter
from tests.invitations.letters import letters_to, link_in
from vitaal.invitations import asking_again, reminders
from vitaal.invitations.inviting import Inviter, invite, withdraw
from vitaal.invitations.models import Invitation
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.kernel.promises import Promise
from vitaal.kernel.tenancy import entering
from vitaal.post.models import Letter
from vitaal.workspaces import founding
from vitaal.workspaces.models import Circle, Membership, Officer, Partner, PartnerKind, Role

START = datetime(2026, 10, 20, 12, tzinfo=clock.AMSTERDAM)  # five days before the clocks go back
Run = Callable[[str], int]


@pytest.fixture
def run_due(worker: Flask) -> Run:
    """Do every promise of a kind that is due now, as the worker does; returns how many there were."""
    functions = {
        reminders.REMIND: reminders.remind,
        reminders.TELL_SILENCE: reminders.tell_silence,
        asking_again.ASK_AGAIN: asking_again.pass_on,
    }

    def run(kind: str) -> int:
        with worker.app_context():
            due = db.session.scalars(
                select(Promise).where(Promise.kind == kind, Promise.due_at <= clock.now())
            ).all()
            db.session.expunge_all()
            db.session.commit()
            for promise in due:
                functions[kind](promise)
            return len(due)

    return run


def later(days: float, hours: float = 0) -> datetime:
    return START + timedelta(days=days, hours=hours)


def test_reminders_fall_on_day_four_and_nine_in_the_morning(anna_invites: Invite, worker: Flask) -> None:
    with clock.at(START):
        anna_invites("jan@example.nl")
    with worker.app_context():
        due = db.session.scalars(
            select(Promise.due_at).where(Promise.kind == reminders.REMIND).order_by(Promise.due_at)
        ).all()
    local = [moment.astimezone(clock.AMSTERDAM) for moment in due]
    assert [(moment.date() - START.date()).days for moment in local] == [4, 9]
    assert {moment.time() for moment in local} == {time(7)}


def test_a_reminder_is_sent_once_and_both_links_work(
    cast: Cast, anna_invites: Invite, worker: Flask, run_due: Run
) -> None:
    with clock.at(START):
        anna_invites("jan@example.nl")
    with clock.at(later(3)):
        assert run_due(reminders.REMIND) == 0
    with clock.at(later(4)):
        run_due(reminders.REMIND)
        run_due(reminders.REMIND)
        letters = letters_to(worker, "jan@example.nl")
        assert len(letters) == 2
        assert "Denk je er nog over na" in letters[1].text
        assert {cast.client().get(link_in(letter)).status_code for letter in letters} == {200}
    with clock.at(later(9)):
        run_due(reminders.REMIND)
    assert len(letters_to(worker, "jan@example.nl")) == 3


def test_a_worker_that_was_away_sends_one_reminder_not_two(
    anna_invites: Invite, worker: Flask, run_due: Run
) -> None:
    with clock.at(START):
        anna_invites("jan@example.nl")
    with clock.at(later(10)):
        assert run_due(reminders.REMIND) == 2
    assert len(letters_to(worker, "jan@example.nl")) == 2


def test_who_answered_or_was_withdrawn_or_bounced_is_left_alone(
    cast: Cast, anna_invites: Invite, link_for: Callable[[str], str], worker: Flask, run_due: Run
) -> None:
    with clock.at(START):
        anna_invites("ja@example.nl")
        anna_invites("nee@example.nl")
        anna_invites("weg@example.nl")
        gone = anna_invites("ingetrokken@example.nl")
        cast.client().post(link_for("ja@example.nl"), data={"name": "Ja"})
        cast.client().post(f"{link_for('nee@example.nl')}/nee", data={"reason": "other", "month": ""})
        with cast.acting_as("Anna"):
            invitation = here(Invitation, gone)
            assert invitation
            withdraw(invitation)
            db.session.commit()
        with worker.app_context():
            letter = db.session.scalars(select(Letter).where(Letter.recipient == "weg@example.nl")).one()
            letter.state = "refused"
            db.session.commit()
    with clock.at(later(9)):
        run_due(reminders.REMIND)
    for who in ("ja", "nee", "weg", "ingetrokken"):
        assert len(letters_to(worker, f"{who}@example.nl")) == 1, who


def test_the_inviter_gets_one_list_of_the_silent_on_day_fifteen(
    cast: Cast, anna_invites: Invite, link_for: Callable[[str], str], worker: Flask, run_due: Run
) -> None:
    with clock.at(START):
        for who in ("ja", "stil", "stiller"):
            anna_invites(f"{who}@example.nl")
        cast.client().post(link_for("ja@example.nl"), data={"name": "Ja"})
    with clock.at(later(15)):
        assert run_due(reminders.TELL_SILENCE) == 1
        run_due(reminders.TELL_SILENCE)
    [letter] = letters_to(worker, "anna@example.nl")
    assert "stil@example.nl" in letter.text
    assert "stiller@example.nl" in letter.text
    assert "ja@example.nl" not in letter.text


def test_when_the_inviter_is_gone_the_leads_get_the_list(
    cast: Cast, anna_invites: Invite, worker: Flask, run_due: Run
) -> None:
    with clock.at(START):
        invitation_id = anna_invites("stil@example.nl")
        with cast.acting_as("Anna"):
            invitation = here(Invitation, invitation_id)
            assert invitation
            bram = inviter(cast, "Bram")
            invitation.invited_by_id, invitation.inviter_person_id = bram.member_id, bram.person_id
            reminders.promise_for(invitation)
            member = db.session.get_one(Membership, (cast.amersfoort.id, cast.amersfoort.members["Bram"]))
            member.left_at = clock.now()
            db.session.commit()
    with clock.at(later(15)):
        run_due(reminders.TELL_SILENCE)
    assert "stil@example.nl" in letters_to(worker, "anna@example.nl")[0].text
    assert letters_to(worker, "bram@example.nl") == []


def test_the_inviter_hears_once_a_day_that_a_new_one_is_asked_for(
    cast: Cast, anna_invites: Invite, link_for: Callable[[str], str], worker: Flask, run_due: Run
) -> None:
    with clock.at(START):
        anna_invites("jan@example.nl", name="Jan")
    link = link_for("jan@example.nl")
    with clock.at(later(15)):
        for _time in range(3):
            assert cast.client().post(f"{link}/nieuwe").status_code == 200
        assert run_due(asking_again.ASK_AGAIN) == 1
        run_due(asking_again.ASK_AGAIN)
    [letter] = letters_to(worker, "anna@example.nl")
    assert "Jan opende een uitnodiging die niet meer werkt" in letter.text


def test_while_nobody_is_inside_an_expired_invitation_renews_itself(
    cast: Cast, link_for: Callable[[str], str], worker: Flask, run_due: Run
) -> None:
    with clock.at(START):
        _farah_founds(cast)
    link = link_for("trekker@example.nl")
    with clock.at(later(15)):
        assert cast.client().get(link).status_code == 410
        cast.client().post(f"{link}/nieuwe")
        run_due(asking_again.ASK_AGAIN)
        run_due(asking_again.ASK_AGAIN)
        assert len(letters_to(worker, "trekker@example.nl")) == 2
        answer = cast.client().post(link_for("trekker@example.nl"), data={"name": "Truus"})
        assert answer.status_code == 303


def test_an_officer_who_is_no_officer_any_more_has_no_links_that_work(
    cast: Cast, link_for: Callable[[str], str]
) -> None:
    _farah_founds(cast)
    link = link_for("trekker@example.nl")
    assert cast.client().get(link).status_code == 200
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Olga"]):
        db.session.delete(db.session.get_one(Officer, (AMERSFOORT, cast.people["Farah"])))
        db.session.commit()
    assert cast.client().get(link).status_code == 410
    assert cast.client().post(link, data={"name": "Truus"}).status_code == 410


def _farah_founds(cast: Cast) -> None:
    """Farah founds a coalition and asks its lead, through the same rules as the wizard."""
    with cast.app.app_context(), entering(db.session, person_id=cast.people["Farah"]):
        workspace = founding.begin(
            cast.people["Farah"], name="Nieuw begin", kind="coalition", route="learning-by-doing", form="network",
            municipalities=[AMERSFOORT],
        )  # fmt: skip
        partner = Partner.welcome(
            "Buurtkracht",
            PartnerKind.INITIATIVE,
            Circle.INNER,
            is_formal=False,
            reason="Start",
            decided_by="Farah",
        )
        invite(
            "trekker@example.nl", partner=partner, circle=Circle.INNER, roles=[Role.LEAD],
            inviter=Inviter(None, cast.people["Farah"], "Farah", "Gemeente Amersfoort"),
        )  # fmt: skip
        founding.finish(workspace)
        db.session.commit()
