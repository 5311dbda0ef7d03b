"""What the agenda contributes to Vandaag: what is due of mine, what waits for an answer, and the first steps."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.agenda import words
from vitaal.agenda.models import Action
from vitaal.agenda.queries import Shown, to_show_today
from vitaal.agenda.round_queries import ToRate, to_rate
from vitaal.kernel import clock
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask, Contribution, Step

STEPS = 3
MOST = 4


def contribution(member: Membership, _workspace: Workspace) -> Contribution:
    """My actions that are late or due within a week, ideas for who arranges, my partner's view, the first actions.

    Two statements.
    """
    found = to_show_today(member, STEPS)
    asks = (*_due(found, member), *_ideas(found, member), *_views(to_rate(member), member))
    first = sorted((one for one in found if one.is_first), key=lambda one: one.action.position)
    return Contribution(
        asks=asks, steps=tuple(Step(one.action.title, one.action.reason) for one in first[:STEPS])
    )


def _due(found: Sequence[Shown], member: Membership) -> Iterator[Ask]:
    today = clock.today()
    mine = [one.action for one in found if one.is_due and not one.action.is_idea]
    for action in sorted(mine, key=lambda action: action.due_on or today)[:MOST]:
        yield Ask(
            "clock",
            action.title,
            _when(action, today)
            if action.owner_id == member.id
            else _("Je helpt mee. %(when)s", when=_when(action, today)),
            _("Bekijk de actie"),
            url_for("agenda.show_action", number=action.number),
        )


def _when(action: Action, today: date) -> str:
    late = (today - action.due_on).days if action.due_on else 0
    return words.lateness(late) if late > 0 else words.due(action.due_on, today)


def _ideas(found: Sequence[Shown], member: Membership) -> Iterator[Ask]:
    ideas = [one.action for one in found if one.action.is_idea]
    if ideas and member.arranges:
        yield Ask(
            "lightbulb",
            ngettext("%(num)d idee wacht op antwoord", "%(num)d ideeën wachten op antwoord", len(ideas)),
            ", ".join(f"‘{idea.title}’" for idea in ideas[:2]),
            _("Bekijk de ideeën"),
            url_for("agenda.actions", status="idee"),
        )


def _views(voices: Sequence[ToRate], member: Membership) -> Iterator[Ask]:
    for voice in voices:
        if voice.is_asked and voice.partner:
            yield Ask(
                "scales",
                _("Wat doen we eerst?"),
                _("Geef namens %(partner)s je mening, vóór %(day)s.", partner=voice.partner.name,
                  day=words.day(voice.round.closes_on, clock.today())),
                _("Geef je mening"),
                url_for("agenda.rate_next", round_id=voice.round.id, partner_id=voice.partner.id),
            )  # fmt: skip
    if voices and not voices[0].round.is_open and not voices[0].round.is_settled and member.arranges:
        yield Ask(
            "scales",
            _("Bespreek samen wat eerst komt"),
            _("De ronde is gesloten. Begin waar jullie verschillen."),
            _("Bekijk de ronde"),
            url_for("agenda.show_round", round_id=voices[0].round.id),
        )
