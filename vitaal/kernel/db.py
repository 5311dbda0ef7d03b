"""The database handle, ids, and what every table has in common."""

from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import DateTime, MetaData, Text, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7

from vitaal.kernel import tenancy

HIGHEST_NUMBER = 2**31 - 1  # what fits in a column for numbers
_TURNS = 12  # keeps these locks apart from those of others


def new_id() -> UUID:
    """A fresh UUIDv7: unique everywhere, and sorted by the moment it was made."""
    fresh: UUID = uuid7()
    return fresh


class Base(DeclarativeBase):
    """Tables live in the schema `app` unless they say otherwise."""

    metadata = MetaData(schema="app")
    type_annotation_map: ClassVar = {datetime: DateTime(timezone=True), str: Text}


class VitaalSession(FlaskSession):
    """A session that serves one context only (see `tenancy`)."""


db = SQLAlchemy(session_options={"class_": VitaalSession, "expire_on_commit": False})


class Tenant:
    """A row of one workspace: its key starts with the workspace, which the context fills in."""

    workspace_id: Mapped[UUID] = mapped_column(
        primary_key=True, default=tenancy.the_workspace_id, sort_order=-2
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-1)


tenancy.guard_sessions(VitaalSession, Tenant)

Row = TypeVar("Row", bound=Any)


def here(model: type[Row], row_id: UUID) -> Row | None:
    """The row with this id in the workspace we are in, or None."""
    return db.session.get(model, (tenancy.the_workspace_id(), row_id))


def take_turn(about: str) -> None:
    """Who does the same at the same moment waits, until the transaction ends; `about` names it, across workspaces."""
    key = func.hashtextextended(about, _TURNS)
    db.session.execute(select(func.pg_advisory_xact_lock(key)))


def url_as(url: str, role: str) -> str:
    """The same server and database, signed in as another role."""
    parsed = make_url(url)
    return parsed.set(drivername="postgresql+psycopg", username=role).render_as_string(hide_password=False)


def install(app: Flask, url: str, role: str) -> None:
    """Connect an application as `role` (vitaal_app or vitaal_worker).

    Errors never repeat what people typed, so that logs can't either. A second, small pool signs in as vitaal_programme, which reads only what workspaces handed up.
    """
    pool = {"pool_size": 4, "max_overflow": 0, "pool_recycle": 1800, "hide_parameters": True}
    app.config["SQLALCHEMY_DATABASE_URI"] = url_as(url, role)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = pool
    app.config["SQLALCHEMY_BINDS"] = {"programme": {"url": url_as(url, "vitaal_programme"), **pool}}
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            tenancy.guard_engine(engine)
