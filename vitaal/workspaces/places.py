"""The places of a person: the workspaces they are a member of, and the municipalities and programmes they work for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import String, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by

from vitaal.kernel.db import db
from vitaal.workspaces.models import (
    Membership,
    Municipality,
    Officer,
    Programme,
    ProgrammeStaff,
    Workspace,
    WorkspaceMunicipality,
)

_EVERYWHERE = {"across_workspaces": True}


class PlaceKind(StrEnum):
    """What kind of place someone has."""

    WORKSPACE = "workspace"
    MUNICIPALITY = "municipality"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Place:
    """A place of someone's: a workspace, a municipality or a programme, with one line about where it is."""

    kind: PlaceKind
    name: str
    slug: str
    where: str

    @property
    def href(self) -> str:
        """Where the place begins."""
        if self.kind == PlaceKind.MUNICIPALITY:
            return url_for("onboarding.municipality", municipality_slug=self.slug)
        if self.kind == PlaceKind.PROGRAMME:
            return url_for("programme.overview", programme_slug=self.slug)
        return url_for("workspaces.today", slug=self.slug)


def places_of(person_id: UUID) -> Sequence[Place]:
    """Every place of this person, in one statement: workspaces first, then municipalities and programmes.

    In the person's own context, outside any workspace: inside one, the wall hides their other places.
    """
    theirs = union_all(
        _their_workspaces(person_id), _their_municipalities(person_id), _their_programmes(person_id)
    )
    rows = db.session.execute(theirs, execution_options=_EVERYWHERE).all()
    order = list(PlaceKind)
    places = [Place(PlaceKind(kind), name, slug, where) for kind, name, slug, where in rows]
    return sorted(places, key=lambda place: (order.index(place.kind), place.name.lower()))


def _their_workspaces(person_id: UUID) -> Any:
    names = (
        select(func.string_agg(Municipality.name, aggregate_order_by(literal(", "), Municipality.name)))
        .join(WorkspaceMunicipality, WorkspaceMunicipality.municipality_code == Municipality.code)
        .where(WorkspaceMunicipality.workspace_id == Workspace.id)
        .scalar_subquery()
    )
    return (
        select(
            _kind(PlaceKind.WORKSPACE), Workspace.name, Workspace.slug, func.coalesce(names, Workspace.area)
        )
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(
            Membership.person_id == person_id, Membership.left_at.is_(None), Workspace.founded_at.is_not(None)
        )
    )


def _their_municipalities(person_id: UUID) -> Any:
    return (
        select(_kind(PlaceKind.MUNICIPALITY), Municipality.name, Municipality.slug, Municipality.province)
        .join(Officer, Officer.municipality_code == Municipality.code)
        .where(Officer.person_id == person_id)
    )


def _their_programmes(person_id: UUID) -> Any:
    return (
        select(_kind(PlaceKind.PROGRAMME), Programme.name, Programme.slug, literal(""))
        .join(ProgrammeStaff, ProgrammeStaff.programme_id == Programme.id)
        .where(ProgrammeStaff.person_id == person_id)
    )


def _kind(kind: PlaceKind) -> Any:
    return literal(kind.value, String)
