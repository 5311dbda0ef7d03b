"""A proposal as one reader sees it: its texts, what was offered, who is asked, what was said, and their own voices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from vitaal.spelregels.consent import Stage
from vitaal.spelregels.deciding import needed_of
from vitaal.spelregels.models import Amendment, ConsentAnswer, Proposal, Wording
from vitaal.spelregels.proposal_queries import (
    Asked,
    Said,
    VoiceOfMine,
    amendments_of,
    asked_in,
    said_in,
    wordings_of,
)
from vitaal.spelregels.proposing import may_be_offered
from vitaal.spelregels.round_forms import AnswerForm
from vitaal.spelregels.words import ROAD
from vitaal.workspaces.models import Membership


@dataclass(frozen=True)
class ProposalPage:
    """Everything of a proposal that one reader may see. `before` is the text that the newest one is laid beside."""

    proposal: Proposal
    wordings: Sequence[Wording]
    amendments: Sequence[Amendment]
    asked: Sequence[Asked]
    said: Mapping[int, Sequence[Said]]
    mine: Sequence[VoiceOfMine]
    needed: int

    @property
    def before(self) -> Wording | None:
        """The text that partners were asked about last, else the first one; None when nothing changed since."""
        number = self._asked_before or 1
        return (
            next((each for each in self.wordings if each.number == number), None)
            if self._is_newer(number)
            else None
        )

    @property
    def _asked_before(self) -> int:
        """The number of the text of the last round, or of the one before it while one is open."""
        if not self.proposal.is_in_round:
            return self.proposal.asked
        earlier = self.said.get(self.proposal.round - 1)
        return earlier[0].answer.wording if earlier else 0

    def _is_newer(self, number: int) -> bool:
        return self.proposal.wording > number

    @property
    def step(self) -> int:
        """Which step of the road is open, counted from 1; past the end when it is over."""
        stage = Stage(self.proposal.stage)
        if stage.is_over:
            return len(ROAD) + (stage is Stage.ADOPTED)
        return ROAD.index(Stage.ROUND if stage is Stage.INTEGRATING else stage) + 1

    @property
    def in_round(self) -> Sequence[Said]:
        """What was said in the newest round, as far as the reader may know."""
        return self.said.get(self.proposal.round, ())

    @property
    def earlier_rounds(self) -> Sequence[tuple[int, Sequence[Said]]]:
        """What was said in the rounds before it, the last one first."""
        return [(number, said) for number, said in self.said.items() if number != self.proposal.round]

    @property
    def silent(self) -> Sequence[Asked]:
        """The partners that have still to answer."""
        return [one for one in self.asked if one.is_silent]

    @property
    def hears(self) -> bool:
        """Whether the reader may know what others said in the newest round."""
        return not self.proposal.is_in_round or any(voice.has_spoken for voice in self.mine)

    @property
    def open_objections(self) -> Sequence[Said]:
        """The objections that stop adoption, as far as the reader may know."""
        return [one for one in self.in_round if one.is_open_objection]

    @property
    def to_answer(self) -> Sequence[Amendment]:
        """What was offered and still waits for the proposer."""
        return [one for one in self.amendments if one.taken_over is None]

    @property
    def is_settled_but_open(self) -> bool:
        """Whether every objection to the text of the round has come to an end, so that it can be adopted."""
        return (
            self.proposal.stage == Stage.INTEGRATING
            and not self.open_objections
            and self.proposal.wording == self.proposal.asked
        )

    @property
    def may_be_asked(self) -> bool:
        """Whether a round can open: no reply is waited for, and an open objection was answered with another text."""
        is_between = (
            self.proposal.stage in {Stage.ADJUSTING, Stage.INTEGRATING} and not self.is_settled_but_open
        )
        is_answered = not self.open_objections or self.proposal.wording != self.proposal.asked
        return is_between and not self.to_answer and is_answered

    @property
    def to_speak(self) -> bool:
        """Whether a partner of the reader has still to answer."""
        return any(not voice.has_spoken for voice in self.mine)

    @property
    def may_offer(self) -> bool:
        """Whether another text can be offered now."""
        return may_be_offered(self.proposal)

    def waits_for(self, reader: Membership) -> str:
        """For whom the proposal waits, as this reader should know; empty when that is everyone, or nobody."""
        proposal, mine = self.proposal, reader.id
        if proposal.stage == Stage.QUESTIONS and proposal.proposer_id == mine:
            return str(_("Antwoord jij hieronder op de vragen."))
        if proposal.stage == Stage.ADJUSTING:
            return self._while_adjusting(mine)
        if proposal.stage != Stage.INTEGRATING or not (self.is_settled_but_open or self.may_be_asked):
            return ""
        done = _("Alle bezwaren zijn besproken.") if self.is_settled_but_open else _("De tekst is veranderd.")
        return f"{done} {self._of_the_guide(mine)}"

    def _while_adjusting(self, mine: UUID) -> str:
        is_proposer, name = self.proposal.proposer_id == mine, self.proposal.proposer_name
        if self.to_answer:
            waiting = _("We wachten op %(name)s: die antwoordt eerst op de andere teksten.", name=name)
            return "" if is_proposer else str(waiting)
        if is_proposer or self.proposal.guide_id == mine:
            return str(_("Is de tekst af?")) + " " + self._of_the_guide(mine)
        return str(_("%(name)s werkt aan de tekst. Daarna volgt de ronde.", name=name))

    def _of_the_guide(self, mine: UUID) -> str:
        guide = self.proposal.guide
        if guide is None:
            return str(_("Kies eerst een begeleider."))
        if guide.id == mine:
            return str(_("De volgende stap is aan jou."))
        return str(_("De volgende stap is aan %(name)s, die begeleidt.", name=guide.name))

    def answer_of(self, partner_id: object) -> ConsentAnswer | None:
        """What a partner said in the newest round."""
        return next((one.answer for one in self.in_round if one.answer.partner_id == partner_id), None)

    def form_for(self, voice: VoiceOfMine) -> AnswerForm:
        """The form for a partner of the reader, with what it said before."""
        return AnswerForm.of(self.answer_of(voice.partner.id), self.proposal, voice.partner)

    def said_before(self, voice: VoiceOfMine) -> ConsentAnswer | None:
        """What a partner of the reader said in the round before."""
        earlier = self.said.get(self.proposal.round - 1, ())
        return next((one.answer for one in earlier if one.answer.partner_id == voice.partner.id), None)


def page_of(proposal: Proposal, reader: Membership) -> ProposalPage:
    """Everything of a proposal that the reader may see; five statements."""
    asked = asked_in(proposal)
    mine = [VoiceOfMine(one.partner, one.has_spoken) for one in asked if one.is_of(reader)]
    mine.sort(key=lambda voice: voice.partner.id != reader.partner_id)
    return ProposalPage(
        proposal, wordings_of(proposal), amendments_of(proposal), asked, said_in(proposal),
        mine if proposal.is_in_round else (), needed_of(len(asked)),
    )  # fmt: skip
