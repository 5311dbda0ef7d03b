"""How the first locality works on its agenda: a group, a round, a meeting with minutes, talk, and what comes next."""

from datetime import time, timedelta
from uuid import UUID

from sqlalchemy import select

from vitaal.activity import conversation
from vitaal.agenda import groups, ideas, meetings, minutes, rounds, settling
from vitaal.agenda.action_queries import action_in_full
from vitaal.agenda.helping import help_with
from vitaal.agenda.meeting_queries import points_of
from vitaal.agenda.models import Action, Answer, Meeting, PriorityRound, Status
from vitaal.agenda.priority_round import proposed_order
from vitaal.agenda.round_queries import lines_of, open_actions, voice_in, weighings_of
from vitaal.agenda.settling import Decision
from vitaal.agenda.talking import topic_of
from vitaal.decisions.models import How
from vitaal.demo.acting import being
from vitaal.demo.plan import FACILITATOR, INNER, LEAD, OUTER
from vitaal.kernel import clock
from vitaal.kernel.db import db, here
from vitaal.kernel.tenancy import entering
from vitaal.people.models import person_with
from vitaal.workspaces.models import Circle, Membership

_WEIGHTS = ((5, 5), (4, 2), (3, 2), (2, 1), (5, 4), (5, 3), (4, 4), (2, 4))
_DIVIDING = {1, 5}  # places of the actions about which people think differently
_REMARKS = {
    (0, 1): "Zonder vervoer blijven precies de mensen thuis voor wie we dit doen.",
    (1, 5): "Onze vrijwilligers gaven hun gegevens aan ons, niet aan iedereen.",
}


def work(workspace_id: UUID) -> None:
    """Let the past five weeks of the first locality happen. Commits."""
    group_id = _begin_a_group(workspace_id)
    _choose_together(workspace_id)
    _meet(workspace_id)
    _plan_what_comes(workspace_id, group_id)
    _do_things_lately(workspace_id)


def _called(title: str) -> Action:
    number = db.session.scalar(select(Action.number).where(Action.title.startswith(title)))
    action = action_in_full(number) if number else None
    assert action
    return action


def _begin_a_group(workspace_id: UUID) -> UUID:
    with being(workspace_id, LEAD, 36) as by:
        group = groups.begin(
            "Huiskamer",
            purpose="Een plek in de wijk die bewoners zelf maken en draaiende houden.",
            lead=by,
            by=by,
        )
        guests = select(Membership).where(
            Membership.circle == Circle.OUTER, Membership.person_id.is_not(None)
        )
        for member in db.session.scalars(guests.limit(3)):
            groups.welcome(group, member, by=by)
        for title in ("Huiskamer openen", "Kerstmaaltijd", "Groen bankje"):
            _called(title).change(by=by, is_told=False, group_id=group.id)
        return group.id


def _choose_together(workspace_id: UUID) -> None:
    """A round that closed three weeks ago, and of which the group set the order."""
    with being(workspace_id, LEAD, 29) as by:
        chosen = [action for action in open_actions() if action.circle == Circle.OUTER and action.goal_id][:8]
        opened = rounds.open_round(
            chosen, closes_on=clock.today() + timedelta(days=7), by=by,
            why="De herfst komt eraan en we kunnen niet alles tegelijk.",
        )  # fmt: skip
        round_id = opened.id
        members = db.session.execute(
            select(Membership.partner_id, Membership.person_id)
            .where(Membership.left_at.is_(None), Membership.person_id.is_not(None))
            .order_by(Membership.id.desc())
        )
        speakers = {partner_id: person_id for partner_id, person_id in members if person_id}
    for place, (partner_id, person_id) in enumerate(sorted(speakers.items())):
        with (
            clock.at(clock.now() - timedelta(days=28 - place % 5, hours=place)),
            entering(db.session, person_id=person_id, workspace_id=workspace_id),
        ):
            _give_views(round_id, partner_id, person_id, place)
            db.session.commit()
    with being(workspace_id, LEAD, 22) as by:
        closing = here(PriorityRound, round_id)
        assert closing
        rounds.close(closing, by=by)
    with being(workspace_id, LEAD, 20) as by:
        _set_the_order(round_id, by)


def _give_views(round_id: UUID, partner_id: UUID, person_id: UUID | None, speaker: int) -> None:
    voice = voice_in(round_id, partner_id)
    by = db.session.scalars(
        select(Membership).where(Membership.person_id == person_id, Membership.partner_id == partner_id)
    ).one()
    if voice is None:
        return
    for place, line in enumerate(lines_of(voice.round)):
        weight = _WEIGHTS[place]
        if place in _DIVIDING and speaker % 2:
            weight = (6 - weight[0], 6 - weight[1])
        importance, urgency = (min(5, max(1, one + (speaker + place) % 3 - 1)) for one in weight)
        rounds.rate(
            voice, line.action_id, importance=importance, urgency=urgency,
            remark=_REMARKS.get((speaker, place), ""), by=by,
        )  # fmt: skip


def _set_the_order(round_id: UUID, by: Membership) -> None:
    of = here(PriorityRound, round_id)
    assert of
    weighings = weighings_of(of)
    ordered = proposed_order([(line, weighings[line.action_id]) for line in lines_of(of)])
    decisions = [
        Decision(line.action_id, weighing.quadrant.key if weighing.quadrant and place < 6 else "")
        for place, (line, weighing) in enumerate(ordered)
    ]
    settling.settle(of, decisions, by=by)


def _meet(workspace_id: UUID) -> None:
    """A meeting of two weeks ago, with what was said, decided and agreed; its minutes went round."""
    with being(workspace_id, LEAD, 24) as by:
        day = clock.today() + timedelta(days=10)
        meeting = Meeting.plan(
            "Samen kijken waar we staan", by=by, place="Buurthuis, grote zaal", asks=[Circle.INNER, Circle.OUTER],
            starts_at=clock.moment_on(day, time(13, 30)), ends_at=clock.moment_on(day, time(15, 30)),
        )  # fmt: skip
        minutes.add_points(
            meeting,
            [
                {"title": "Hoe zit je erbij?", "minutes": 15},
                *minutes.from_actions([_called("Huiskamer openen"), _called("Op huisbezoek")]),
                {"title": "Wat spreken we af?", "minutes": 20},
            ],
        )  # fmt: skip
        guests = meetings.send(meeting, by=by)
        present, meeting_id = {guest.id for guest in guests[:-2]}, meeting.id
    with being(workspace_id, FACILITATOR, 14, hour=15) as by:
        found = here(Meeting, meeting_id)
        assert found
        _take_minutes(found, present, by)
    with being(workspace_id, LEAD, 13) as by:
        found = here(Meeting, meeting_id)
        assert found
        minutes.send(found)


def _take_minutes(meeting: Meeting, present: set[UUID], by: Membership) -> None:
    welcome, room, doors, agreed = points_of(meeting)
    minutes.note_attendance(meeting, present, by=by)
    welcome.take_note(
        "Iedereen noemde één moment van de afgelopen maand waar hij blij van werd.", by=by, version=1
    )
    room.take_note(
        "De eerste ochtend kwamen er veertien mensen. De sleutel is nog een gedoe.\n\n"
        "- op dinsdag is er genoeg hulp\n- op donderdag zoeken we twee mensen",
        by=by, version=1,
    )  # fmt: skip
    minutes.decide(
        meeting, room, "We houden de huiskamer tot de zomer open op dinsdag en donderdag.", how=How.CONSENT,
        on=clock.today(), by=by,
    )  # fmt: skip
    doors.take_note("Aan de deur vragen mensen vooral naar vervoer.", by=by, version=1)
    minutes.agree(
        meeting, agreed, "Twee mensen vragen voor de donderdag", by=by, due_on=clock.today() + timedelta(days=21),
        owner_id=by.id, circle=Circle.OUTER,
    )  # fmt: skip


def _plan_what_comes(workspace_id: UUID, group_id: UUID) -> None:
    with being(workspace_id, LEAD, 3) as by:
        for title, days, place, asks in (
            ("Koffie en rooster maken", 5, "Buurthuis, keuken", [str(group_id)]),
            ("Halverwege: wat werkt er?", 19, "Bibliotheek", [Circle.INNER, Circle.OUTER]),
        ):
            day = clock.today() + timedelta(days=days)
            meeting = Meeting.plan(
                title, by=by, place=place, asks=asks,
                starts_at=clock.moment_on(day, time(10)), ends_at=clock.moment_on(day, time(11, 30)),
            )  # fmt: skip
            guests = meetings.send(meeting, by=by)
            meetings.answer(meeting, by, Answer.YES, actor=by)
        minutes.add_points(meeting, [{"title": "Terugkijken op de huisbezoeken", "minutes": 30}])
        assert guests


def _do_things_lately(workspace_id: UUID) -> None:
    with being(workspace_id, INNER, 4) as by:
        action = _called("Huiskamer openen")
        conversation.say(
            topic_of(action), "De sleutel ligt nu bij mij. Bel gerust als ik er niet ben.", by=by
        )
    with being(workspace_id, OUTER, 2, hour=20) as by:
        action = _called("Huiskamer openen")
        help_with(action, by, by=by)
        conversation.say(topic_of(action), "Ik neem donderdag mijn koffiemolen mee.", by=by)
        Action.add(
            "Samen zingen na het eten", by=by, status=Status.IDEA, reason="Bij ons koor is er nog plek."
        )
    with being(workspace_id, INNER, 1, hour=16) as by:
        _called("Zwaaisteenroute").change(by=by, status=Status.DOING)
        ideas.accept(_called("Eettafel op vrijdag"), by=by)
    with being(workspace_id, FACILITATOR, 1) as by:
        lead = person_with(LEAD)
        assert lead
        owner = select(Membership.id).where(Membership.person_id == lead.id)
        soon = clock.today() + timedelta(days=5)
        _called("Huisartsen vragen").change(
            by=by, owner_id=db.session.scalar(owner), starts_on=None, due_on=soon
        )
        Action.add("Foto’s van de opening delen", by=by, due_on=soon)
