"""What strains let wait: a talk that someone asks for, and an agreement to look at. Only for who may see the strain."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, and_, false, or_

from vitaal.kernel import clock
from vitaal.spelregels import words
from vitaal.spelregels.models import Part, RuleVersion, Spelregel, Strain, StrainPerson, StrainStage
from vitaal.workspaces.models import Membership, Workspace
from vitaal.workspaces.today import Ask
from vitaal.workspaces.waiting import Url, Waits, line

TO_TALK, TO_CHECK = "strain-to-talk", "strain-to-check"


def lines(member: Membership, _workspace: Workspace) -> Iterable[Select[Any]]:
    """What someone shared with this member and nobody talked about yet; and what was agreed, from the chosen day on.

    Of those for the group, both are asked of who arranges.
    """
    arranges = and_(Strain.is_for_all, StrainPerson.part.is_(None)) if member.arranges else false()
    shared = or_(StrainPerson.part.in_([Part.OTHER, Part.GUIDE]), arranges)
    yield _of(member, TO_TALK, Strain.raised_on).where(Strain.stage == StrainStage.RAISED, shared)
    yield _of(member, TO_CHECK, Strain.check_on).where(
        Strain.stage == StrainStage.AGREED,
        Strain.check_on <= clock.today(),
        or_(StrainPerson.part.is_not(None), arranges),
    )


def ask(waits: Waits, url: Url) -> Ask:
    """One of them, as Vandaag says it: nobody is named."""
    page = url("spelregels.show_strain", strain_id=waits.thing)
    about = _("Het gaat over: %(rule)s", rule=waits.title) if waits.title else ""
    if waits.kind == TO_TALK:
        return Ask("chats-circle", _("Iemand wil iets bespreken wat niet lukt"), about, _("Lees het"), page,
                   is_private=True)  # fmt: skip
    since = _("Jullie zouden daar op %(day)s naar kijken.", day=words.day(clock.day_of(waits.since)))
    return Ask(
        "handshake",
        _("Helpt het wat jullie afspraken?"),
        f"{about} {since}".strip(),
        _("Kijk terug"),
        page,
        is_private=True,
    )


def _of(member: Membership, kind: str, since: Any) -> Select[Any]:
    mine = and_(StrainPerson.strain_id == Strain.id, StrainPerson.member_id == member.id)
    return (
        line(kind, since=since, thing=Strain.id, title=RuleVersion.title)
        .select_from(Strain)
        .outerjoin(StrainPerson, mine)
        .outerjoin(Strain.spelregel)
        .outerjoin(Spelregel.current)
    )
