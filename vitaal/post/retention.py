"""How long what passes through is kept: what a letter said a month, that it was sent a year."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, delete, or_, update

from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise
from vitaal.kernel.tokens import Token
from vitaal.post.models import Letter, LetterState, Received

CONTENT = timedelta(days=30)
ADDRESS = timedelta(days=365)
KEPT_PROMISE = timedelta(days=90)
RECEIVED = timedelta(days=30)  # mail servers offer a mail again for some days
DEAD_TOKEN = timedelta(days=180)  # so long the holder of an old invitation can still ask for a new one

_OVER = (LetterState.SENT, LetterState.UNCERTAIN, LetterState.REFUSED, LetterState.LAPSED)


def tidy() -> Mapping[str, int]:
    """Throw away what was kept long enough. Returns how much of each."""
    now = clock.now()
    is_over = Letter.state.in_(_OVER)
    return {
        "contents": _done(
            update(Letter)
            .where(is_over, Letter.created_at < now - CONTENT, Letter.html != "")
            .values(text="", html="", calendar="", unsubscribe_url="")
        ),
        "addresses": _done(
            update(Letter)
            .where(is_over, Letter.created_at < now - ADDRESS, Letter.recipient != "")
            .values(recipient="", subject="")
        ),
        "promises": _done(
            delete(Promise).where(Promise.state == "done", Promise.due_at < now - KEPT_PROMISE)
        ),
        "received": _done(delete(Received).where(Received.received_at < now - RECEIVED)),
        "tokens": _done(
            delete(Token).where(or_(Token.expires_at < now - DEAD_TOKEN, Token.used_at < now - DEAD_TOKEN))
        ),
    }


def _done(statement: Executable) -> int:
    done = db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.commit()
    return int(cast(CursorResult[Any], done).rowcount)
