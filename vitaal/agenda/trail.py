"""How an action went, in words: each change from what to what, and everything else that happened to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from vitaal.activity.models import Event
from vitaal.activity.sentences import WORDS, sentence_html
from vitaal.agenda.action_queries import Trace
from vitaal.agenda.action_words import VALUES
from vitaal.agenda.models import Action, Status
from vitaal.agenda.models.change import fields_of, from_json, steps_of
from vitaal.agenda.words import day
from vitaal.kernel import clock
from vitaal.method import priority

SHORT = 160  # letters of a long text that are shown at first
_SILENT = {"origin_kind", "origin_key", "import_id"}  # the name of the origin says it all


@dataclass(frozen=True, slots=True)
class Line:
    """One moment: a sentence, the status it ends with where it is about that, and what exactly changed."""

    at: datetime
    text: Markup
    status: str = ""
    details: tuple[str, ...] = ()


def lines(
    action: Action, traces: Sequence[Trace], names: Mapping[UUID, str], *, in_full: bool = False
) -> list[Line]:
    """Every moment in words, in the same order; long texts are shortened unless they are wanted `in_full`."""
    longest = 0 if in_full else SHORT
    return [
        _event(action, trace) if trace.verb else _Change(trace, names, longest).line() for trace in traces
    ]


def ids_in(traces: Iterable[Trace]) -> set[UUID]:
    """The ids whose names `lines` needs."""
    values = (
        value
        for trace in traces
        for side in (trace.before, trace.after)
        for value in from_json(fields_of(side)).values()
    )
    return {value for value in values if isinstance(value, UUID)}


def _event(action: Action, trace: Trace) -> Line:
    told = Event(
        verb=trace.verb, object_kind="action", object_name=action.title, actor_name=trace.name,
        helped_by_name=trace.helped_by, detail=trace.after,
    )  # fmt: skip
    return Line(trace.at, sentence_html(told))


class _Change:
    """One change, being told."""

    def __init__(self, trace: Trace, names: Mapping[UUID, str], longest: int) -> None:
        self.trace, self.names, self.longest = trace, names, longest
        self.before, self.after = from_json(fields_of(trace.before)), from_json(fields_of(trace.after))

    def line(self) -> Line:
        """The moment, with the sentence that fits best."""
        after = self.after
        if steps := steps_of(self.trace.after):
            return self._steps(steps_of(self.trace.before), steps)
        if "deleted_at" in after or "archived_at" in after:
            return self._put_away(after)
        if "status" in after and after.keys() <= {"status", "stop_reason"}:
            return self._status(after["status"])
        return self._say(_("%(who)s paste dit aan:"), details=tuple(self._fields()))

    def _say(self, sentence: str, *, status: str = "", details: tuple[str, ...] = (), **gaps: str) -> Line:
        gaps["who"] = Markup("<b>{}</b>").format(self.trace.name)
        return Line(self.trace.at, Markup(sentence) % gaps, status, details)  # noqa: S704 - our own sentence

    def _put_away(self, after: Mapping[str, Any]) -> Line:
        if "deleted_at" in after:
            brought_back, put_away = (
                _("%(who)s haalde de actie uit de prullenbak"),
                _("%(who)s gooide de actie weg"),
            )
        else:
            brought_back, put_away = (
                _("%(who)s haalde de actie uit het archief"), _("%(who)s zette de actie in het archief"),
            )  # fmt: skip
        return self._say(put_away if any(after.values()) else brought_back)

    def _status(self, status: str) -> Line:
        reason = self.after.get("stop_reason", "")
        details = (_quoted(reason, self.longest),) if reason else ()
        if self.before["status"] == Status.IDEA and status == Status.STOPPED:
            return self._say(_("%(who)s legde het idee opzij:"), details=details)
        if self.before["status"] == Status.IDEA:
            return self._say(_("%(who)s maakte van het idee een actie"))
        return self._say(_("%(who)s zette de actie op"), status=status, details=details)

    def _steps(self, before: Mapping[UUID, Any], after: Mapping[UUID, Any]) -> Line:
        """What happened to the steps: to one of them, but for many that came at once or changed places."""
        (then, now), *more = ((before.get(step_id), step) for step_id, step in after.items())
        if more and then is None:
            texts = tuple(step["text"] for step in after.values() if step)
            return self._say(_("%(who)s zette deze stappen erbij:"), details=texts)
        text = (now or then or {})["text"]
        if then is None:
            sentence = _("%(who)s zette een stap erbij: ‘%(text)s’")
        elif now is None:
            sentence = _("%(who)s haalde een stap weg: ‘%(text)s’")
        elif then["text"] != now["text"]:
            sentence = _("%(who)s veranderde de stap ‘%(old)s’ in ‘%(text)s’")
        elif bool(then["done_at"]) == bool(now["done_at"]):
            sentence = _("%(who)s veranderde de volgorde van de stappen")
        else:
            sentence = (
                _("%(who)s vinkte af: ‘%(text)s’")
                if now["done_at"]
                else _("%(who)s haalde het vinkje weg bij ‘%(text)s’")
            )
        return self._say(sentence, text=text, old=then["text"] if then else "")

    def _fields(self) -> Iterator[str]:
        for name, value in self.after.items():
            if name in _SILENT or (name == "stop_reason" and not value):
                continue
            what = WORDS.get(name, name)
            then, now = self._value(name, self.before.get(name)), self._value(name, value)
            if then and now:
                yield _("%(what)s: %(then)s werd %(now)s", what=what, then=then, now=now)
            elif now:
                yield _("%(what)s: %(now)s", what=what, now=now)
            else:
                yield _("%(what)s: niet meer %(then)s", what=what, then=then)

    def _value(self, name: str, value: Any) -> str:
        if value is None or value in ("", []):
            return ""
        if isinstance(value, UUID):
            return self.names.get(value) or str(_("iemand") if name == "owner_id" else _("iets anders"))
        if isinstance(value, date):
            return day(value, clock.today())
        if isinstance(value, list):
            return ", ".join(value)
        if name == "quadrant":
            return priority.quadrant(value).name.in_(str(get_locale()))
        known: Mapping[str, Any] = VALUES.get(name, {})
        return str(known[value]) if value in known else _quoted(str(value), self.longest)


def _quoted(text: str, longest: int) -> str:
    if longest and len(text) > longest:
        text = text[:longest].rsplit(" ", 1)[0] + "…"
    return f"‘{text}’"
