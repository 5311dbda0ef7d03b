"""Signing the rules for a partner, and who signed what."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import flash, g, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from vitaal.kernel.web import may, requires, see_other
from vitaal.spelregels import signing, signing_words
from vitaal.spelregels.access import SpelregelPermission
from vitaal.spelregels.models import RuleVersion
from vitaal.spelregels.rule_forms import SignForm, as_sent
from vitaal.spelregels.rule_queries import rules
from vitaal.spelregels.signature_queries import (
    Unsigned,
    last_reminder,
    partners_signed_for_by,
    standings,
    texts_of,
    unsigned,
    whom_to_remind,
)
from vitaal.spelregels.views.blueprint import blueprint
from vitaal.spelregels.views.rules import changes
from vitaal.workspaces.models import Partner

_ROOT = "/w/<slug>/spelregels"


@blueprint.get(f"{_ROOT}/tekenen")
@requires(SpelregelPermission.SIGN)
def ask_to_sign() -> str:
    """The rules that wait for each partner that the reader signs for; what a partner signed before stands beside it."""
    return _sign_page(partners_signed_for_by(g.member))


@blueprint.post(f"{_ROOT}/tekenen")
@requires(SpelregelPermission.SIGN)
def sign() -> Any:
    """Sign what was ticked for one partner. When a rule changed meanwhile nothing is signed, and the page says what."""
    partners, form = partners_signed_for_by(g.member), SignForm()
    partner = next((each for each in partners if str(each.id) == form.partner.data), None)
    if partner is None:
        flash(_("Je kunt alleen tekenen voor een partner die je vertegenwoordigt of helpt."), "bad")
        return _sign_page(partners), 422
    kept = form.rules.data or []
    form.for_partner(partner.id, kept)
    if not form.validate():
        return _sign_page(partners, form), 422
    try:
        signed = signing.sign(partner, form.wanted(), by=g.member)
    except signing.NoLongerHolds as gone:
        return _changed_page(partners, form, gone.which), 409
    if signed:
        flash(_thanks(partner, signed), "good")
    return see_other("spelregels.ask_to_sign")


@blueprint.get(f"{_ROOT}/handtekeningen", endpoint="signatures")
@requires(SpelregelPermission.SEE)
def show_signatures() -> str:
    """Who signed what, by partner."""
    held = [rule.number for rule in rules() if rule.holds]
    every, last = standings(), last_reminder()
    may_remind = may(SpelregelPermission.REMIND) and signing.may_remind_again(last)
    return render_template(
        "spelregels/signatures.html", held=held, last=last, may_remind=may_remind,
        to_remind=len(whom_to_remind(g.member)) if may_remind else 0,
        again_on=signing.remindable_from(last) if last else None,
        incomplete=[each for each in every if len(each.signed) < len(held)],
        complete=[each for each in every if len(each.signed) >= len(held)], permissions=SpelregelPermission,
        words=signing_words,
    )  # fmt: skip


@blueprint.post(f"{_ROOT}/handtekeningen/herinnering")
@requires(SpelregelPermission.REMIND)
def remind_to_sign() -> Any:
    """Send everyone else who can sign something a friendly letter."""
    try:
        reminded = signing.remind(by=g.member)
    except signing.TooSoon:
        flash(_("Er ging kort geleden al een herinnering uit. Geef mensen nog even de tijd."), "sun")
        return see_other("spelregels.signatures")
    if reminded:
        flash(
            ngettext(
                "%(num)d mens krijgt een herinnering per mail.",
                "%(num)d mensen krijgen een herinnering per mail.",
                reminded,
            ),
            "good",
        )
    else:
        flash(_("Er is nu niemand anders om te herinneren."), "good")
    return see_other("spelregels.signatures")


def _thanks(partner: Partner, signed: int) -> str:
    if signing_words.person_of(partner, g.member) == signing_words.I:
        return str(ngettext("Je tekende %(num)d spelregel.", "Je tekende %(num)d spelregels.", signed))
    return str(
        ngettext(
            "Je tekende %(num)d spelregel namens %(partner)s.",
            "Je tekende %(num)d spelregels namens %(partner)s.",
            signed,
            partner=partner.name,
        )
    )


def _changed_page(partners: Collection[Partner], form: SignForm, gone: Collection[signing.Exactly]) -> str:
    """The rules as they are now, beside what the reader read; what was ticked stays so, but for what changed."""
    kept = form.wanted() - set(gone)
    form.for_partner(UUID(str(form.partner.data)), [f"{rule_id}.{version}" for rule_id, version in kept])
    form.form_errors.append(
        _(
            "Een spelregel veranderde of stopte terwijl je las. Er is nog niets getekend. Lees wat er nu staat."
        )
    )
    return _sign_page(partners, form, texts_of(gone))


def _sign_page(
    partners: Collection[Partner],
    sent: SignForm | None = None,
    read: Mapping[UUID, RuleVersion] = MappingProxyType({}),
) -> str:
    waiting: dict[UUID, list[Unsigned]] = defaultdict(list)
    for one in unsigned(g.member):
        waiting[one.partner_id].append(one)
    forms = {partner.id: SignForm(formdata=None).for_partner(partner.id) for partner in partners}
    if sent:
        forms[UUID(str(sent.partner.data))] = sent
    return render_template(
        "spelregels/sign.html", partners=partners, waiting=waiting, forms=forms, form=sent, read=read,
        as_sent=as_sent, changes=changes, words=signing_words,
        has_rules=bool(waiting) or any(rule.holds for rule in rules()),
    )  # fmt: skip
