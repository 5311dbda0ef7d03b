"""Where a proposal begins: an empty page, a suggestion of the method, an ingredient, or a rule that holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import get_locale

from vitaal.method import ingredients, spelregels
from vitaal.method.ingredients import UnknownIngredient
from vitaal.method.spelregels import UnknownTheme
from vitaal.spelregels.models import ProposalKind, Spelregel
from vitaal.spelregels.proposal_forms import ProposalForm, RetireForm
from vitaal.spelregels.proposing import Text

BEGINNINGS = ("regel", "soort", "suggestie", "ingredient", "thema")  # what an address may begin from


@dataclass(frozen=True, slots=True)
class Start:
    """What a proposal begins with: its kind, the rule that it is about, a theme, a first text and a question."""

    kind: ProposalKind
    rule: Spelregel | None
    theme: str
    origin: str
    title: str
    question: str
    review_on: date

    def form(self) -> Any:
        """The form with the text to begin with."""
        if self.kind is ProposalKind.RETIRE:
            return RetireForm(formdata=None)
        now = self.rule.current if self.rule else None
        form = ProposalForm(
            formdata=None, theme=self.theme, title=now.title if now else self.title,
            example=now.example if now else "", review_on=self.review_on,
            silence_leaves=now.silence_leaves if now else False,
        )  # fmt: skip
        return form.about_a_rule() if now else form

    def text_of(self, form: Any) -> Text:
        """The text that was typed; to stop with a rule only the reason is."""
        if self.kind is not ProposalKind.RETIRE:
            typed: Text = form.text
            return typed
        assert self.rule
        now = self.rule.current
        return Text(now.title, now.example, form.why.data or "", self.review_on, now.silence_leaves)


def start_from(asked: Mapping[str, str], rule: Spelregel | None, *, review_on: date) -> Start | None:
    """Read an address such as `?suggestie=same-for-all` or `?soort=retire`; None for a key that is unknown.

    `rule` is the rule that it is about, with its `current` text.
    """
    if rule:
        kind = ProposalKind.RETIRE if asked.get("soort") == "retire" else ProposalKind.CHANGE
        return Start(kind, rule, rule.theme, "", "", "", review_on)
    try:
        return _new(asked, review_on)
    except (UnknownTheme, UnknownIngredient, KeyError):
        return None


def _new(asked: Mapping[str, str], review_on: date) -> Start:
    language = str(get_locale())
    theme, origin, title, question = "", "", "", ""
    if asked.get("suggestie"):
        found = {one.key: one for one in spelregels.suggestions()}[asked["suggestie"]]
        theme, origin = found.theme, found.key
        title, question = found.text.in_(language), found.talk.in_(language)
    elif asked.get("ingredient"):
        ingredient = ingredients.ingredient(asked["ingredient"])
        origin, question = f"ingredient:{ingredient.key}", ingredient.summary.in_(language)
    elif asked.get("thema"):
        chosen = spelregels.theme(asked["thema"])
        theme, question = chosen.key, chosen.prompt.in_(language)
    return Start(ProposalKind.NEW, None, theme, origin, title, question, review_on)
