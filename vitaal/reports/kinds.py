"""What kinds of report there are, and how each is gathered. A new kind is a line in KINDS, and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import lazy_gettext as _l

from vitaal.agenda.meeting_report import minutes
from vitaal.agenda.models import Meeting
from vitaal.agenda.report_queries import known_to
from vitaal.kernel.db import here
from vitaal.pages.document import Block, Section
from vitaal.spelregels.report import agreement
from vitaal.workspaces.models import Circle
from vitaal.workspaces.reporting import REPORTS, Contribution, Part, Period

Readings = Mapping[Circle, tuple[Section, ...]]  # the same report as each circle reads it


class NothingToTell(RuntimeError):
    """What the report is about is not there any more."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report: what it is called, what it needs to know, and how its sections are gathered.

    `gather` takes the period, or the id of what it is about, and runs in the context of who arranges.
    """

    key: str
    name: Any
    explanation: Any
    gather: Callable[[Period | None, UUID | None], Readings]
    has_period: bool = False
    has_meeting: bool = False


def _progress(period: Period | None, _subject_id: UUID | None) -> Readings:
    """What every feature says about the period, in the order of the parts."""
    assert period
    said = [each for contribute in current_app.extensions[REPORTS] for each in contribute(period)]
    return {
        Circle.INNER: _in_parts(said),
        Circle.OUTER: _in_parts(each for each in said if each.circle == Circle.OUTER),
    }


def _in_parts(said: Iterable[Contribution]) -> tuple[Section, ...]:
    blocks: dict[Part, list[Block]] = {part: [] for part in Part}
    for each in said:
        blocks[each.part] += each.blocks
    return tuple(
        Section(part.key, part.title, tuple(found), hint=part.hint)
        for part, found in blocks.items()
        if found or part.always_has_room
    )


def _agreement(_period: Period | None, _subject_id: UUID | None) -> Readings:
    sections = agreement()
    return {Circle.INNER: sections, Circle.OUTER: sections}


def _minutes(_period: Period | None, subject_id: UUID | None) -> Readings:
    meeting = here(Meeting, subject_id) if subject_id else None
    if meeting is None:
        raise NothingToTell(subject_id)
    sections = minutes(meeting)
    return {Circle.INNER: sections, Circle.OUTER: sections if known_to(meeting) is Circle.OUTER else ()}


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "progress", _l("Voortgang"), _l("Wat jullie in een periode deden, besloten en leerden."),
            _progress, has_period=True,
        ),
        Kind("agreement", _l("Afsprakenblad"), _l("De spelregels van nu, en wie ze tekende."), _agreement),
        Kind("minutes", _l("Notulen"), _l("Wat er op een bijeenkomst is besproken en besloten."), _minutes,
             has_meeting=True),
    )
}  # fmt: skip
