"""What an operator reads in the log, and what not."""

import json
import logging
from io import StringIO

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from tests.cast import Cast
from vitaal.kernel import log, tokens


def test_an_address_that_holds_a_secret_is_not_in_the_log(
    cast: Cast, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: object) -> None:
        raise RuntimeError("Something broke.")

    monkeypatch.setattr(cast.app, "testing", False)
    monkeypatch.setitem(cast.app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("vitaal.invitations.presented.present", fails, raising=False)
    view = cast.app.view_functions["invitations.show_invitation"]
    fails.guard = view.guard  # type: ignore[attr-defined]
    monkeypatch.setitem(cast.app.view_functions, "invitations.show_invitation", fails)
    with caplog.at_level(logging.ERROR):
        answer = cast.client().get("/uitnodiging/a-secret-that-was-mailed")
    assert answer.status_code == 500
    assert "Exception in invitations.show_invitation" in caplog.text
    assert "Something broke." in caplog.text
    assert "a-secret-that-was-mailed" not in caplog.text


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What is written to standard error, as in production."""
    written = StringIO()
    root = logging.getLogger()
    monkeypatch.setattr("sys.stderr", written)
    monkeypatch.setattr(root, "handlers", root.handlers)
    monkeypatch.setattr(root, "level", root.level)
    log.configure("INFO")
    return written


def test_a_line_holds_no_secret_wherever_it_stands(written: StringIO) -> None:
    secret = tokens.fresh_secret("calendar").plain
    try:
        raise ValueError(f"no such calendar: {secret}")
    except ValueError:
        logging.getLogger("someone").exception("GET /agenda/%s.ics", secret)
    line = json.loads(written.getvalue())
    assert line["event"] == "GET /agenda/***.ics"
    assert "no such calendar: ***" in line["exception"]
    assert secret not in written.getvalue()


@pytest.mark.usefixtures("written")
def test_the_web_servers_own_lines_hold_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    secret = tokens.fresh_secret("calendar").plain
    server = Logger(Config())
    log.configure("INFO")
    server.error("Error handling request %s %s", "GET", f"/agenda/{secret}.ics")
    server.access_log.handlers = server.error_log.handlers
    server.access_log.info('"%(r)s" %(s)s', {"r": f"GET /agenda/{secret}.ics HTTP/1.1", "s": "200"})
    said = capsys.readouterr().err
    assert "Error handling request GET /agenda/***.ics" in said
    assert '"GET /agenda/***.ics HTTP/1.1" 200' in said
    assert secret not in said


def test_what_looks_like_no_secret_is_left_as_it_is() -> None:
    text = "0198c6a4-2c9e-7f0e-b7b1-6f4f8a4d1c11 /w/samen-in-amersfoort/bijeenkomsten/3"
    assert log.without_secrets(text) == text
