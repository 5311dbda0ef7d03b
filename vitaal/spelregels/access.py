"""Who may do what with spelregels: everyone reads the rules, the inner circle proposes, partners speak and sign."""

from typing import Any

from vitaal.kernel.access import Asker, Permission, grant
from vitaal.workspaces.access import facilitator, inner, lead, member


def speaks_for_it(asker: Asker, on: Any) -> bool:
    """Who represents the partner that has this voice, or helps someone who does."""
    return asker.member is not None and on is not None and on.is_of(asker.member)


def proposed_it(asker: Asker, on: Any) -> bool:
    """The member who made the proposal."""
    return asker.member is not None and on is not None and on.proposer_id == asker.member.id


def proposer_is_gone(_asker: Asker, on: Any) -> bool:
    """Who proposed it does not take part any more, so that someone has to look after the text."""
    return on is not None and bool(on.proposer_is_gone)


def someone_else_proposed_it(asker: Asker, on: Any) -> bool:
    """Not the member who made the proposal: who decides about the text does not guide the talk (rule D-44)."""
    return not proposed_it(asker, on)


def guides_it(asker: Asker, on: Any) -> bool:
    """The member who guides the proposal."""
    return asker.member is not None and on is not None and on.guide_id == asker.member.id


def is_in_it(asker: Asker, on: Any) -> bool:
    """Someone who is in the strain: who brought it up, the other or the guide."""
    return asker.member is not None and on is not None and on.is_of(asker.member)


def brought_it_up(asker: Asker, on: Any) -> bool:
    """Who brought the strain up."""
    return asker.member is not None and on is not None and on.was_raised_by(asker.member)


def is_for_all(_asker: Asker, on: Any) -> bool:
    """A strain that is shared with the whole group."""
    return on is not None and on.is_for_all


class SpelregelPermission(Permission):
    """What can be done with rules and proposals. The wall hides the proposals that someone may not see."""

    SEE = "spelregel.see"
    PROPOSE = "spelregel.propose"
    TALK = "spelregel.talk"
    WORD = "spelregel.word"
    GUIDE = "spelregel.guide"
    CHOOSE_GUIDE = "spelregel.choose_guide"
    WITHDRAW = "spelregel.withdraw"
    SPEAK = "spelregel.speak"
    SIGN = "spelregel.sign"
    REMIND = "spelregel.remind"
    REVIEW = "spelregel.review"


class StrainPermission(Permission):
    """What can be done with a strain. The wall hides those that someone is not in."""

    RAISE = "strain.raise"
    SEE = "strain.see"
    FOLLOW_UP = "strain.follow_up"
    TAKE_BACK = "strain.take_back"


grant(
    {
        SpelregelPermission.SEE: ((member,),),
        SpelregelPermission.PROPOSE: ((inner,),),
        SpelregelPermission.TALK: ((member,),),
        SpelregelPermission.WORD: (
            (proposed_it, inner),
            (lead, proposer_is_gone),
            (facilitator, proposer_is_gone),
        ),
        SpelregelPermission.GUIDE: (
            (guides_it, inner),
            (lead, someone_else_proposed_it),
            (facilitator, someone_else_proposed_it),
        ),
        SpelregelPermission.CHOOSE_GUIDE: ((proposed_it, inner), (lead,), (facilitator,)),
        SpelregelPermission.WITHDRAW: ((proposed_it, inner), (lead,), (facilitator,)),
        SpelregelPermission.SPEAK: ((speaks_for_it,),),
        SpelregelPermission.SIGN: ((member,),),
        SpelregelPermission.REMIND: ((lead,), (facilitator,)),
        SpelregelPermission.REVIEW: ((inner,),),
        StrainPermission.RAISE: ((member,),),
        StrainPermission.SEE: ((member,),),
        StrainPermission.FOLLOW_UP: ((is_in_it,), (is_for_all, lead), (is_for_all, facilitator)),
        StrainPermission.TAKE_BACK: ((brought_it_up,),),
    }
)
