"""When something fails: a page that says what happened, what became of your work, and what you can do now."""

from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from vitaal.kernel.web import back_to, parts_of

PAGES = {400, 403, 404, 409, 410, 413, 429, 500}
EXPLAINED = {403, 404, 409, 410, 429}  # what our own views abort with; other errors come from libraries


def install(app: Flask) -> None:
    """Answer every error with one of our own pages, or with a note when htmx asked for a part of a page.

    `abort(403, "Dit is alleen voor de binnencirkel.")` shows that sentence; without one the page has its own.
    """
    app.register_error_handler(HTTPException, explain)


def explain(error: HTTPException) -> Response | HTTPException:
    """The page for an error. Redirects and other answers that are no errors pass through."""
    status = error.code or 500
    if status < 400:
        return error
    page = status if status in PAGES else (404 if status < 500 else 500)
    words = {"explanation": _explanation(error), "request_id": g.get("request_id", ""), "again": _again()}
    response = make_response(_render(page, words), status)
    if error.response is None:
        for name, value in error.get_headers(request.environ):
            if name.lower() not in {"content-type", "content-length"}:
                response.headers[name] = value
    return response


def _render(page: int, words: dict[str, Any]) -> str:
    if request.headers.get("HX-Request") == "true":
        template = current_app.jinja_env.get_template("errors/_note.html")
        return template.render(page=page, **words)
    if page == 500:  # nothing on this page may ask the database: that is perhaps what failed
        return current_app.jinja_env.get_template("errors/500.html").render(**words)
    return render_template(f"errors/{page}.html", **words)


def _again() -> str:
    """Where "try it again" leads: this page, or after a change the page that it was sent from."""
    if request.method in {"GET", "HEAD"}:
        return request.full_path.rstrip("?")
    came_from = parts_of(request.referrer or "")
    return back_to(came_from.path if came_from.netloc == request.host else None, "/")


def _explanation(error: HTTPException) -> str:
    """What the view said about it, but never a library's English, and never the inside of a failure."""
    if error.code not in EXPLAINED or error.description == type(error).description:
        return ""
    return error.description or ""
