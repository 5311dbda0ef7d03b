"""A letter on screen as it looks in a mail program: no scripts, no requests, no place among our own pages."""

from flask import Response

_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def as_it_looks(html: str) -> Response:
    """The answer that shows a letter's own HTML."""
    return Response(html, headers={"Content-Security-Policy": _POLICY})
