"""What the spelregels let wait: an answer to give, a text to better, a round to open, rules to sign or to look at again."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from vitaal.kernel import clock
from vitaal.spelregels import words
from vitaal.spelregels.closing_days import last_day
from vitaal.spelregels.consent import Answer, Stage
from vitaal.spelregels.models import (
    Amendment,
    ConsentAnswer,
    ConsentVoice,
    ObjectionClosing,
    Proposal,
    ProposalKind,
    RuleVersion,
    Spelregel,
    Wording,
)
from vitaal.spelregels.rule_queries import HOLDS, signed_as_it_is, signs_for
from vitaal.workspaces.models import Membership, Partner, Workspace
from vitaal.workspaces.today import Ask
from vitaal.workspaces.waiting import Url, Waits, line


class Wants(StrEnum):
    """What is asked."""

    ANSWER = "answer"
    ANSWER_STOP = "answer-stop"
    OBJECTION = "objection"
    WORD = "word"
    REPLY = "reply"
    GUIDE = "guide"
    OPEN = "open"
    ROUND_OFF = "round-off"
    SIGN = "sign"
    REVIEW = "review"


def lines(member: Membership, _workspace: Workspace) -> Iterable[Select[Any]]:
    """What rules and proposals ask of a member."""
    yield _to_answer(member, Wants.ANSWER, Proposal.kind != ProposalKind.RETIRE)
    yield _to_answer(member, Wants.ANSWER_STOP, Proposal.kind == ProposalKind.RETIRE)
    yield _objection(member)
    yield _to_sign(member)
    if member.is_inside:
        yield from (each(member) for each in (_to_word, _to_reply, _to_guide, _to_open, _to_round_off))
    if member.arranges:
        yield _to_review()


def ask(waits: Waits, url: Url) -> Ask:
    """One of them, as Vandaag says it."""
    return _ASKS[Wants(waits.kind)](waits, url)


def _about_proposal(
    wants: Wants, since: Any = Proposal.stage_at, name: Any = "", thing: Any = Proposal.id
) -> Select[Any]:
    question = line(
        wants, since=since, thing=thing, number=Proposal.number, title=Wording.title, name=name,
        until=Proposal.closes_at,
    )  # fmt: skip
    newest = and_(
        Wording.workspace_id == Proposal.workspace_id,
        Wording.proposal_id == Proposal.id,
        Wording.number == Proposal.wording,
    )
    return question.select_from(Proposal).join(Wording, newest)


def _own_partners(member: Membership) -> ColumnElement[bool]:
    helped = select(Membership.partner_id).where(
        Membership.helper_id == member.id, Membership.left_at.is_(None)
    )
    return or_(Partner.id == member.partner_id, Partner.id.in_(helped))


def _to_answer(member: Membership, wants: Wants, of_kind: ColumnElement[bool]) -> Select[Any]:
    return (
        _about_proposal(wants, name=Partner.name)
        .join(ConsentVoice, ConsentVoice.proposal_id == Proposal.id)
        .join(Partner, Partner.id == ConsentVoice.partner_id)
        .where(
            of_kind,
            Proposal.stage == Stage.ROUND,
            _own_partners(member),
            Partner.left_at.is_(None),
            Partner.id.not_in(select(func.wall.spoken(Proposal.id)).correlate(Proposal)),
        )
    )


def _objection(member: Membership) -> Select[Any]:
    """An objection to talk about: for who objected, who proposed it and who guides it, until the text is another."""
    return (
        _about_proposal(Wants.OBJECTION, name=Partner.name, thing=Partner.id)
        .join(ConsentAnswer, _is_open_objection())
        .join(Partner, Partner.id == ConsentAnswer.partner_id)
        .where(
            Proposal.stage == Stage.INTEGRATING,
            Proposal.wording == Proposal.asked,
            or_(Proposal.proposer_id == member.id, Proposal.guide_id == member.id, _own_partners(member)),
        )
    )


def _is_open_objection() -> ColumnElement[bool]:
    closed = exists().where(
        ObjectionClosing.proposal_id == ConsentAnswer.proposal_id,
        ObjectionClosing.round == ConsentAnswer.round,
        ObjectionClosing.partner_id == ConsentAnswer.partner_id,
        ObjectionClosing.closed_at >= ConsentAnswer.given_at,
    )
    return and_(
        ConsentAnswer.proposal_id == Proposal.id,
        ConsentAnswer.round == Proposal.round,
        ConsentAnswer.answer == Answer.OBJECTION,
        ~closed,
    )


def _is_objected_to() -> ColumnElement[bool]:
    """Whether an objection is open to the text as it is."""
    open_objection = exists().where(_is_open_objection()).correlate(Proposal)
    return and_(Proposal.stage == Stage.INTEGRATING, Proposal.wording == Proposal.asked, open_objection)


def _to_word(member: Membership) -> Select[Any]:
    return _about_proposal(Wants.WORD).where(
        Proposal.proposer_id == member.id,
        Proposal.stage == Stage.ADJUSTING,
        ~_waits_for_reply(),
        Proposal.wording == func.greatest(Proposal.asked, 1),
    )


def _to_reply(member: Membership) -> Select[Any]:
    return _about_proposal(Wants.REPLY).where(
        Proposal.proposer_id == member.id, _is_between_rounds(), _waits_for_reply()
    )


def _to_guide(member: Membership) -> Select[Any]:
    """To choose someone who guides, for who proposes."""
    return _about_proposal(Wants.GUIDE, since=Proposal.opened_at).where(
        Proposal.proposer_id == member.id, Proposal.guide_id.is_(None), Proposal.ended_at.is_(None)
    )


def _to_open(member: Membership) -> Select[Any]:
    """A round to open, for who guides."""
    return _about_proposal(Wants.OPEN).where(
        Proposal.guide_id == member.id, _is_between_rounds(), ~_waits_for_reply(), ~_is_objected_to()
    )


def _to_round_off(member: Membership) -> Select[Any]:
    """What was decided, for who guided it to write down."""
    return _about_proposal(Wants.ROUND_OFF).where(
        Proposal.guide_id == member.id, Proposal.stage == Stage.ADOPTED, Proposal.outcome == ""
    )


def _to_sign(member: Membership) -> Select[Any]:
    """For each partner of the member, how many rules it did not sign as they are now."""
    return (
        line(
            Wants.SIGN,
            since=func.greatest(func.max(Spelregel.adopted_at), member.joined_at),
            thing=Partner.id,
            number=func.count(),
            name=Partner.name,
        )
        .select_from(Partner)
        .join(Spelregel, Spelregel.workspace_id == Partner.workspace_id)
        .where(signs_for(member), HOLDS, ~signed_as_it_is())
        .group_by(Partner.workspace_id, Partner.id)
    )


def _to_review() -> Select[Any]:
    """The rules of which the day has come to look at them again, and that nobody proposed anything about."""
    proposed = exists().where(
        Proposal.workspace_id == Spelregel.workspace_id,
        Proposal.spelregel_id == Spelregel.id,
        Proposal.ended_at.is_(None),
    )
    return (
        line(
            Wants.REVIEW, since=Spelregel.review_on, thing=Spelregel.id, number=Spelregel.number,
            title=RuleVersion.title,
        )
        .select_from(Spelregel)
        .join(Spelregel.current)
        .where(HOLDS, Spelregel.review_on <= clock.today(), ~proposed)
    )  # fmt: skip


def _is_between_rounds() -> ColumnElement[bool]:
    return Proposal.stage.in_((Stage.ADJUSTING, Stage.INTEGRATING))


def _waits_for_reply() -> ColumnElement[bool]:
    return exists().where(Amendment.proposal_id == Proposal.id, Amendment.taken_over.is_(None))


def _proposal(waits: Waits, url: Url) -> str:
    return url("spelregels.show_proposal", number=waits.number)


def _until(waits: Waits) -> str:
    if waits.until is None:
        return str(_("Dit gebeurt nu, in een bijeenkomst."))
    day = last_day(waits.until)
    if day == clock.today():
        return str(_("Het kan vandaag nog."))
    return str(_("Het kan tot en met %(day)s.", day=words.day(day)))


def _ask_answer(waits: Waits, url: Url) -> Ask:
    return Ask(
        "handshake", _("Kan %(partner)s leven met: ‘%(title)s’?", partner=waits.name, title=waits.title),
        f"{_('Elke partner heeft één stem.')} {_until(waits)}", _("Lees en geef antwoord"), _proposal(waits, url),
    )  # fmt: skip


def _ask_answer_stop(waits: Waits, url: Url) -> Ask:
    question = _(
        "Kan %(partner)s ermee leven dat we stoppen met ‘%(title)s’?", partner=waits.name, title=waits.title
    )
    return Ask("handshake", question, _until(waits), _("Lees en geef antwoord"), _proposal(waits, url))


def _ask_objection(waits: Waits, url: Url) -> Ask:
    return Ask(
        "chats-circle", _("Er is een bezwaar bij ‘%(title)s’", title=waits.title),
        _("Van %(partner)s. Praat erover, en maak samen de tekst beter.", partner=waits.name),
        _("Lees het bezwaar"), url("spelregels.weigh_objection", number=waits.number, partner_id=waits.thing),
    )  # fmt: skip


def _ask_word(waits: Waits, url: Url) -> Ask:
    return Ask(
        "pencil-simple", _("Maak je voorstel beter: ‘%(title)s’", title=waits.title),
        _("De reacties zijn binnen. Wat neem je over?"), _("Lees de reacties"), _proposal(waits, url),
    )  # fmt: skip


def _ask_reply(waits: Waits, url: Url) -> Ask:
    return Ask(
        "note-pencil", _("Antwoord op een andere tekst: ‘%(title)s’", title=waits.title),
        _("Neem je de tekst over, of zeg je waarom niet?"), _("Bekijk de teksten"), _proposal(waits, url),
    )  # fmt: skip


def _ask_guide(waits: Waits, url: Url) -> Ask:
    return Ask(
        "hand-heart", _("Kies een begeleider voor ‘%(title)s’", title=waits.title),
        _("Iemand anders dan jij gaat over de stappen."), _("Kies iemand"),
        url("spelregels.ask_guide", number=waits.number),
    )  # fmt: skip


def _ask_open(waits: Waits, url: Url) -> Ask:
    return Ask(
        "users-three", _("Is iedereen klaar voor een ronde? ‘%(title)s’", title=waits.title),
        _("Jij begeleidt dit voorstel. Open de ronde als de tekst af is."), _("Ga naar het voorstel"),
        _proposal(waits, url),
    )  # fmt: skip


def _ask_round_off(waits: Waits, url: Url) -> Ask:
    return Ask(
        "check-circle", _("Schrijf op wat jullie besloten: ‘%(title)s’", title=waits.title),
        _("En wie er iets doet om het te laten lukken."), _("Rond het besluit af"),
        url("spelregels.ask_outcome", number=waits.number),
    )  # fmt: skip


def _ask_sign(waits: Waits, url: Url) -> Ask:
    count = waits.number or 0
    return Ask(
        "seal-check",
        ngettext("Lees en teken %(num)d spelregel", "Lees en teken %(num)d spelregels", count),
        _("Je tekent voor %(partner)s.", partner=waits.name), _("Lees en teken"), url("spelregels.ask_to_sign"),
    )  # fmt: skip


def _ask_review(waits: Waits, url: Url) -> Ask:
    return Ask(
        "eye", _("Werkt deze regel nog? ‘%(title)s’", title=waits.title),
        _("Jullie zouden hem op %(day)s samen nakijken.", day=words.day(clock.day_of(waits.since))),
        _("Kijk samen terug"),
        url("spelregels.ask_review", number=waits.number),
    )  # fmt: skip


_ASKS = {
    Wants.ANSWER: _ask_answer,
    Wants.ANSWER_STOP: _ask_answer_stop,
    Wants.OBJECTION: _ask_objection,
    Wants.WORD: _ask_word,
    Wants.REPLY: _ask_reply,
    Wants.GUIDE: _ask_guide,
    Wants.OPEN: _ask_open,
    Wants.ROUND_OFF: _ask_round_off,
    Wants.SIGN: _ask_sign,
    Wants.REVIEW: _ask_review,
}
