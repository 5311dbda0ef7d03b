"""When two people edited one action: what each wrote, field by field, and which of the two stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select
from wtforms import Field

from vitaal.agenda.action_forms import ActionForm, field_of
from vitaal.agenda.models import Action, ActionChange
from vitaal.kernel.db import db

KEEP = "houd-"  # before the name of a field: whose text stays
EVERYTHING = "alles"
THEIRS = "van-hen"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field to which two people gave another value: it holds mine; theirs in words, and who wrote that."""

    field: Field
    theirs: str
    by: str

    @property
    def choice(self) -> str:
        """The name under which the choice between the two is sent."""
        return f"{KEEP}{self.field.name}"


def differences(
    form: ActionForm, action: Action, wanted: Mapping[str, Any], theirs: ActionForm
) -> list[Difference]:
    """Where this form and what stands there now differ, for a reader who began at the form's version."""
    version = form.version.data or 1
    clashing = {field_of(column) for column in action.conflicts(version, wanted)}
    writers = _writers(action, version)
    return [
        Difference(field, in_words(theirs[field.name]), writers.get(field.name, ""))
        for field in form
        if field.name in clashing
    ]


def follow(form: ActionForm, action: Action, wanted: Mapping[str, Any], theirs: ActionForm) -> None:
    """Let this form go on from what stands there now: what its reader did not touch becomes as it is."""
    seen = action.seen_at(form.version.data or 1, wanted)
    touched = {field_of(column) for column, value in wanted.items() if value != seen[column]}
    for name in {field_of(column) for column in wanted} - touched:
        form[name].data = theirs[name].data
    form.now_at(action.version)


def take_theirs(form: ActionForm, theirs: ActionForm, posted: Mapping[str, str]) -> None:
    """Let the fields of which the reader wants the other's text hold that."""
    everything = posted.get(EVERYTHING) == THEIRS
    for key, choice in posted.items():
        name = key.removeprefix(KEEP)
        if key.startswith(KEEP) and name in theirs and (everything or choice == THEIRS):
            form[name].data = theirs[name].data


def in_words(field: Field) -> str:
    """What a field holds, as people read it."""
    value = field.data
    if value is None or value == "":
        return str(_("(leeg)"))
    if isinstance(value, date):
        return str(format_date(value, "EEEE d MMMM y"))
    return next((str(words) for key, words in _choices(field) if key == value), str(value))


def _choices(field: Field) -> Iterator[tuple[Any, Any]]:
    coerce = getattr(field, "coerce", str)
    for choice in field.iter_choices() if hasattr(field, "iter_choices") else ():
        yield coerce(choice.value), choice.label


def _writers(action: Action, version: int) -> dict[str, str]:
    """Who last changed each field since a version."""
    since = select(ActionChange.by_name, ActionChange.after).where(
        ActionChange.action_id == action.id, ActionChange.version > version
    )
    rows = db.session.execute(since.order_by(ActionChange.version))
    return {field_of(column): name for name, after in rows for column in after}
