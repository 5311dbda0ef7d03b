"""The tables of the spelregels."""

from vitaal.spelregels.models.proposal import Amendment, Proposal, ProposalKind, Wording
from vitaal.spelregels.models.rule import Review, ReviewOutcome, RuleVersion, Signature, Spelregel
from vitaal.spelregels.models.strain import Part, Strain, StrainPerson, StrainStage
from vitaal.spelregels.models.voice import ConsentAnswer, ConsentVoice, ObjectionClosing

__all__ = [
    "Amendment",
    "ConsentAnswer",
    "ConsentVoice",
    "ObjectionClosing",
    "Part",
    "Proposal",
    "ProposalKind",
    "Review",
    "ReviewOutcome",
    "RuleVersion",
    "Signature",
    "Spelregel",
    "Strain",
    "StrainPerson",
    "StrainStage",
    "Wording",
]
