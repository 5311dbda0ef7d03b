"""Who acts, and in which workspace: the context that the database's wall checks every statement against.

The context lives on Flask's `g`, in web requests and in jobs alike, and reaches PostgreSQL as three
transaction-local settings, set by an engine-level `begin` listener. It dies with the transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, has_app_context
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, scoped_session


@dataclass(frozen=True)
class Context:
    """A person, the workspace they are in, and the hash of a secret they presented; each may be absent."""

    person_id: UUID | None = None
    workspace_id: UUID | None = None
    token: bytes | None = None


NOBODY = Context()


class NoWorkspace(RuntimeError):
    """A tenant table was asked for outside a workspace: an empty answer would hide the mistake."""


class ContextSwitched(RuntimeError):
    """A session, or an open transaction, was carried from one context into another."""


def current() -> Context:
    """The context in force; NOBODY outside any."""
    context: Context = g.get("context", NOBODY) if has_app_context() else NOBODY
    return context


def the_workspace_id() -> UUID:
    """The workspace we are in. Raises NoWorkspace outside one."""
    workspace_id = current().workspace_id
    if workspace_id is None:
        raise NoWorkspace("This needs a workspace, and none has been entered.")
    return workspace_id


def switch(session: scoped_session[Any], context: Context) -> None:
    """Go on in another context: what was not committed is rolled back, what was loaded is forgotten."""
    session.rollback()
    session.remove()
    g.context = context


@contextmanager
def entering(
    session: scoped_session[Any],
    *,
    person_id: UUID | None = None,
    workspace_id: UUID | None = None,
    token: bytes | None = None,
) -> Iterator[Context]:
    """Act as a person, in a workspace, for the length of the block (jobs, commands, tests).

    Commits nothing itself: uncommitted work is rolled back at the end. Raises ContextSwitched when a
    context is already in force, or a transaction is open.
    """
    if current() != NOBODY:
        raise ContextSwitched("Leave the one context before entering the next.")
    if session.registry.has() and session().in_transaction():
        raise ContextSwitched("Finish the open transaction before entering a context.")
    context = Context(person_id, workspace_id, token)
    switch(session, context)
    try:
        yield context
    finally:
        switch(session, NOBODY)


def guard_engine(engine: Engine) -> None:
    """Make every transaction of this engine begin by telling PostgreSQL the context."""

    @event.listens_for(engine, "begin")
    def tell_context(connection: Connection) -> None:
        context = current()
        connection.exec_driver_sql(
            "SELECT set_config('app.workspace_id', %s, true), set_config('app.person_id', %s, true),"
            " set_config('app.token', %s, true)",
            (
                str(context.workspace_id or ""),
                str(context.person_id or ""),
                context.token.hex() if context.token else "",
            ),
        )


def guard_sessions(session_class: Any, tenant: type) -> None:
    """Refuse a session that changes context, and a query on a `tenant` class outside a workspace."""

    @event.listens_for(session_class, "after_begin")
    def remember_context(session: Session, *_: object) -> None:
        if session.info.setdefault("context", current()) != current():
            raise ContextSwitched("One session serves one context.")

    @event.listens_for(session_class, "do_orm_execute")
    def refuse_outside(state: ORMExecuteState) -> None:
        if current().workspace_id is not None or state.execution_options.get("across_workspaces"):
            return
        for mapper in state.all_mappers:
            if issubclass(mapper.class_, tenant):
                raise NoWorkspace(f"{mapper.class_.__name__} was asked for outside a workspace.")
