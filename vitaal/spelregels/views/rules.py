"""The rules as they hold now, one rule, and how it came about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from flask import g, render_template

from vitaal.kernel import clock
from vitaal.kernel.web import requires
from vitaal.method import spelregels as method
from vitaal.spelregels import signing_words
from vitaal.spelregels.access import SpelregelPermission, StrainPermission
from vitaal.spelregels.differences import Piece, differences
from vitaal.spelregels.models import RuleVersion, Signature, Spelregel
from vitaal.spelregels.proposal_queries import open_proposal_for, open_proposals
from vitaal.spelregels.rule_queries import (
    Adopted,
    carried_along,
    ending_of,
    reviews_of,
    rule_numbered,
    rules,
    to_answer,
    to_sign,
    versions_of,
)
from vitaal.spelregels.signature_queries import (
    partners_signed_for_by,
    partners_without,
    signatures_of,
    standings,
)
from vitaal.spelregels.views.blueprint import blueprint
from vitaal.spelregels.words import and_, stage_name, theme_name

NEXT_DAYS = 3
_ROOT = "/w/<slug>/spelregels"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version that no longer holds: until when it did, who signed it, and what the next one made different.

    The latter by the name of the text.
    """

    adopted: Adopted
    until: datetime
    signatures: Sequence[Signature]
    changes: dict[str, list[Piece]]


@blueprint.get(_ROOT, endpoint="rules")
@requires(SpelregelPermission.SEE)
def show_rules() -> str:
    """Every rule that holds, what is proposed, who signed, and when the group looks at them again."""
    every, proposals = rules(), open_proposals()
    held = [rule for rule in every if rule.holds]
    of_partners = standings()
    return render_template(
        "spelregels/rules.html", rules=held, has_ended=len(held) < len(every), to_answer=to_answer(g.member),
        to_sign=to_sign(g.member),
        proposed={proposal.spelregel_id: proposal for proposal in proposals},
        new=[proposal for proposal in proposals if proposal.spelregel_id is None], stage_name=stage_name,
        signed=sorted((each for each in of_partners if each.signed), key=lambda each: -len(each.signed)),
        incomplete=sum(len(each.signed) < len(held) for each in of_partners), signing=signing_words, and_=and_,
        reviews=_review_days(held), today=clock.today(), themes=_themes(held), note=method.note(),
        permissions=SpelregelPermission, strains=StrainPermission,
    )  # fmt: skip


@blueprint.get(f"{_ROOT}/<int:number>")
@requires(SpelregelPermission.SEE, on=rule_numbered)
def show_rule(rule: Spelregel) -> str:
    """One rule in full: who signed it, the versions before it, and what came of looking at it again."""
    versions, signatures = versions_of(rule), signatures_of(rule)
    without = partners_without(rule) if rule.holds else []
    mine = {partner.id for partner in partners_signed_for_by(g.member)} if without else set()
    return render_template(
        "spelregels/rule.html", rule=rule, adopted=versions[0], history=_history(versions, signatures),
        theme=theme_name(rule.theme), proposal=open_proposal_for(rule.id),
        ending=None if rule.holds else ending_of(rule), carried=carried_along(rule), reviews=reviews_of(rule),
        signatures=signatures.get(rule.version, []), without=without,
        to_sign=[partner for partner in without if partner.id in mine], signing=signing_words,
        permissions=SpelregelPermission, strains=StrainPermission,
    )  # fmt: skip


@blueprint.get(f"{_ROOT}/eerder", endpoint="ended_rules")
@requires(SpelregelPermission.SEE)
def show_ended_rules() -> str:
    """The rules that the group stopped with."""
    return render_template("spelregels/ended_rules.html", rules=[rule for rule in rules() if not rule.holds])


def changes(old: RuleVersion, new: RuleVersion) -> dict[str, list[Piece]]:
    """What became different between two versions, by the name of the text: title, example."""
    return {
        name: differences(getattr(old, name), getattr(new, name))
        for name in ("title", "example")
        if getattr(old, name) != getattr(new, name)
    }


def _history(versions: Sequence[Adopted], signatures: Mapping[int, Sequence[Signature]]) -> list[Earlier]:
    """Every version before the last, the newest first."""
    return [
        Earlier(
            earlier,
            later.version.adopted_at,
            signatures.get(earlier.version.version, []),
            changes(earlier.version, later.version),
        )
        for later, earlier in pairwise(versions)
    ]


def _review_days(held: Iterable[Spelregel]) -> list[tuple[date, list[Spelregel]]]:
    """The days that have come on which the group wanted to look at rules again, and the next few, with those rules."""
    days = defaultdict(list)
    for rule in held:
        days[rule.review_on].append(rule)
    come = sum(day <= clock.today() for day in days)
    return sorted(days.items())[: come + NEXT_DAYS]


def _themes(held: Iterable[Spelregel]) -> list[tuple[method.Theme, list[Spelregel]]]:
    about = defaultdict(list)
    for rule in held:
        about[rule.theme].append(rule)
    return [(theme, about[theme.key]) for theme in method.themes()]
