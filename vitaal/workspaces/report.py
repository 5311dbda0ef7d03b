"""What a workspace says of itself in a report: its challenge, who takes part, and who came, moved and left."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from babel.lists import format_list
from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.pages.document import Block, Entries, Entry, Figure, Figures, Head, Picture, Table, Text
from vitaal.pages.shell import initials
from vitaal.workspaces import mix, words
from vitaal.workspaces.models import (
    Circle,
    Municipality,
    Partner,
    PartnerKind,
    Workspace,
    WorkspaceMunicipality,
)
from vitaal.workspaces.queries import this_workspace
from vitaal.workspaces.reporting import Contribution, Part, Period, open_name
from vitaal.workspaces.stays import Changes, Place


def contributions(period: Period) -> list[Contribution]:
    """Why we do this and who takes part, and in another part how the circles changed. Three statements."""
    workspace = this_workspace()
    founded_at = workspace.founded_at or workspace.created_at
    begin = max(
        period.begins_at, founded_at + timedelta.resolution
    )  # who was there from the start is not new
    changes = Changes.between(begin, period.ends_before)
    return [
        Contribution(Part.CHALLENGE, tuple(_challenge(workspace, founded_at, changes))),
        Contribution(Part.PEOPLE, tuple(_people(changes))),
    ]


def _challenge(workspace: Workspace, founded_at: datetime, changes: Changes) -> Iterator[Block]:
    yield Text(workspace.challenge or _("Onze opgave staat nog niet op papier."))
    about = {"area": workspace.area or _municipalities(workspace), "day": _day(founded_at)}
    yield Text(
        _("We werken samen in %(area)s, sinds %(day)s.", **about)
        if about["area"]
        else _("We werken samen sinds %(day)s.", **about)
    )
    if changes.there:
        yield Figures(tuple(_figures(changes)))


def _figures(changes: Changes) -> Iterator[Figure]:
    kinds, joined = [place.partner.kind for place in changes.there], len(changes.joined)
    residents, initiatives = kinds.count(PartnerKind.RESIDENT), kinds.count(PartnerKind.INITIATIVE)
    yield Figure(str(len(kinds)), ngettext("partner doet mee", "partners doen mee", len(kinds)))
    if residents:
        yield Figure(str(residents), ngettext("van hen is een bewoner", "van hen zijn bewoners", residents))
    if initiatives:
        label = ngettext("van hen is een initiatief", "van hen zijn initiatieven", initiatives)
        yield Figure(str(initiatives), label)
    if joined:
        label = ngettext("kwam er in deze periode bij", "kwamen er in deze periode bij", joined)
        yield Figure(str(joined), label)


def _people(changes: Changes) -> Iterator[Block]:
    if changes.there:
        yield _picture(changes)
        yield Text(_mix([place.partner for place in changes.there]))
        yield _partners(changes.there)
    else:
        yield Text(_("Aan het einde van deze periode deed er niemand mee."))
    told = (
        (_("Nieuw erbij"), [_came(place) for place in changes.joined]),
        (_("Wie van plek wisselde"), [_moved(place) for place in changes.moved]),
        (_("Wie stopte"), [_left(place) for place in changes.left]),
    )
    for title, entries in told:
        if entries:
            yield Entries(tuple(entries), title)


def _picture(changes: Changes) -> Picture:
    """The circles as they stood when the period ended."""
    standing = changes.standing()
    rings = [
        {
            "name": str(words.CIRCLES[circle]),
            "is_free": circle is Circle.FREE,
            "marks": [{"text": _letters(each), "kind": mix.mark_of(each).value} for each in partners],
        }
        for circle, partners in standing.items()
    ]
    return Picture("circles", {"rings": rings}, mix.counted(standing), _("Wie waar staat."))


def _letters(partner: Partner) -> str:
    """The letters of a partner that a report may name."""
    return initials(partner.name) if open_name(partner) == partner.name else ""


def _mix(partners: Sequence[Partner]) -> str:
    """In a sentence or two: how mixed the group is."""
    found = mix.mix_among(partners)
    informal = ngettext(
        "%(num)d partner is een bewoner of een informele groep.",
        "%(num)d partners zijn bewoners of informele groepen.",
        found.informal,
    )
    formal = ngettext("%(num)d partner is formeel.", "%(num)d partners zijn formeel.", found.formal)
    told = [sentence for sentence, count in ((informal, found.informal), (formal, found.formal)) if count]
    if found.sectors:
        sectors = _and([name for name, _count in found.sectors])
        told.append(_("We komen van verschillende kanten: %(sectors)s.", sectors=sectors))
    return " ".join(told)


def _partners(there: Iterable[Place]) -> Table:
    heads = (
        Head(_("Partner"), 34),
        Head(_("Wat voor partner"), 18),
        Head(_("Cirkel"), 16),
        Head(_("Sinds"), 18),
    )
    rows = tuple(
        (
            open_name(place.partner),
            str(words.KINDS[PartnerKind(place.partner.kind)]),
            str(words.CIRCLES[place.circle]),
            clock.day_of(place.since),
        )
        for place in there
    )
    return Table("partners", _("Wie er meedoen"), heads, rows)


def _came(place: Place) -> Entry:
    return Entry(open_name(place.partner), remark=_day(place.since))


def _moved(place: Place) -> Entry:
    """Where it stands now; and why, as everyone in the workspace can read, unless it is about a person."""
    is_person = place.partner.kind == PartnerKind.RESIDENT
    where = _stands(place.circle)
    return Entry(
        open_name(place.partner), where if is_person else f"{where} {place.reason}", _day(place.since)
    )


def _left(place: Place) -> Entry:
    """Since when it takes part no more; why is no one else's business."""
    text = _stands(Circle.FREE) if place.circle is Circle.FREE else ""
    return Entry(open_name(place.partner), text, _day(place.since))


def _stands(circle: Circle) -> str:
    return str(_("Staat nu in %(circle)s.", circle=words.CIRCLES_IN_TEXT[circle]))


def _municipalities(workspace: Workspace) -> str:
    """The names of the municipalities in which a workspace is at work."""
    asked = (
        select(Municipality.name)
        .join(WorkspaceMunicipality, WorkspaceMunicipality.municipality_code == Municipality.code)
        .where(WorkspaceMunicipality.workspace_id == workspace.id)
        .order_by(Municipality.name)
    )
    return _and(db.session.scalars(asked).all())


def _and(names: Sequence[str]) -> str:
    return str(format_list(list(names), locale=get_locale())) if names else ""


def _day(moment: datetime) -> str:
    return str(format_date(clock.day_of(moment), "d MMMM y"))
