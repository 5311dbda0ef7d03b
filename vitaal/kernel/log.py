"""Structured logs: one JSON line per event, with the request's id, without personal data and without secrets."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import g, has_app_context

# What `tokens.fresh_secret` gives out: 43 letters that may stand in an address.
_SECRET = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])", re.ASCII)
_OF_THE_SERVER = ("gunicorn.access", "gunicorn.error")


def configure(level: str) -> None:
    """Send all logging through structlog, as JSON lines on standard error."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _add_request_id,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _hide_secrets,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _OF_THE_SERVER:
        logging.getLogger(name).addFilter(_say_no_secrets)


def without_secrets(text: str) -> str:
    """The text, with `***` for everything in it that has the shape of a secret, as addresses of calendars have."""
    return _SECRET.sub("***", text)


def _hide_secrets(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    return {key: without_secrets(value) if isinstance(value, str) else value for key, value in event.items()}


def _say_no_secrets(record: logging.LogRecord) -> bool:
    """The web server writes its own lines, past the chain above; they hold addresses."""
    record.msg, record.args = without_secrets(record.getMessage()), ()
    return True


def _add_request_id(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    if has_app_context() and "request_id" in g:
        event["request_id"] = g.request_id
    return event
