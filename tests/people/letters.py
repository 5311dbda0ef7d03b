"""Reading what was promised to be sent, as the workers see it."""

import re
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from vitaal.kernel.db import db
from vitaal.post.models import Letter


@dataclass(frozen=True)
class SignInLetter:
    """One letter, with the link and the code that someone finds in it."""

    to: str
    subject: str
    text: str
    html: str
    assurance: str
    minutes: float

    @property
    def path(self) -> str:
        """The path of the link in the letter."""
        found = re.search(r"http://localhost(/inloggen/\S+)", self.text)
        assert found
        return found[1]

    @property
    def code(self) -> str:
        """The six digits in the letter."""
        found = re.search(r"^\s*(\d{6})\s*$", self.text, re.MULTILINE)
        assert found
        return found[1]


def letters(worker: Flask) -> list[SignInLetter]:
    """Every letter, the oldest first."""
    with worker.app_context():
        rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
        return [
            SignInLetter(
                row.recipient,
                row.subject,
                row.text,
                row.html,
                row.assurance,
                (row.give_up_at - row.created_at).total_seconds() / 60 if row.give_up_at else 0,
            )
            for row in rows
        ]
