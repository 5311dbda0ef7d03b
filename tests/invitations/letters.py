"""What the tests read from the outgoing letters, as the worker would."""

import re

from flask import Flask
from sqlalchemy import select

from vitaal.kernel.db import db
from vitaal.post.models import Letter


def letters_to(worker: Flask, email: str) -> list[Letter]:
    """Every letter to an address, the oldest first."""
    with worker.app_context():
        found = db.session.scalars(select(Letter).where(Letter.recipient == email).order_by(Letter.id)).all()
        db.session.expunge_all()
        return list(found)


def link_in(letter: Letter) -> str:
    """The path behind the button of an invitation."""
    found = re.search(r"(/uitnodiging/[\w-]+)\s", letter.text)
    assert found, letter.text
    return found.group(1)


def secret_in(letter: Letter) -> str:
    """The secret in that link."""
    return link_in(letter).rsplit("/", 1)[1]
