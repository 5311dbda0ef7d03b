"""What an operator reads in the log, and what not."""

import logging

import pytest

from tests.cast import Cast


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
