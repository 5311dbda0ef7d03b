"""How machines see whether this installation is well, and where to report a weakness."""

import functools
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.schema import newest_revision
from vitaal.kernel.web import machine

blueprint = Blueprint("health", __name__)
_REVISION = text("SELECT version_num FROM ops.alembic_version")
_SECURITY_CONTACT = "security@vitaal.example"
_newest = functools.cache(newest_revision)


@blueprint.get("/healthz")
@machine
def is_alive() -> Response:
    """The process answers; it says nothing of what it needs."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@machine
def is_ready() -> tuple[Response, int]:
    """Whether pages can be served: 200 with a database that is up to date, else 503. Redis may be away."""
    schema = _schema()
    redis = "ok" if current_app.extensions["nudger"].is_reachable() else "degraded"
    ready = schema == "ok"
    status = "unavailable" if not ready else "ok" if redis == "ok" else "degraded"
    return jsonify(status=status, database=schema, redis=redis), 200 if ready else 503


@blueprint.get("/.well-known/security.txt")
@machine
def show_security() -> Response:
    """Where to report a weakness (RFC 9116)."""
    expires = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    base_url: str = current_app.config["VITAAL"].base_url
    lines = (
        f"Contact: mailto:{_SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {base_url}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _schema() -> str:
    try:
        found: Any = db.session.scalar(_REVISION)
    except SQLAlchemyError:
        return "unreachable"
    finally:
        db.session.remove()
    return "ok" if found == _newest() else "migrations needed"
