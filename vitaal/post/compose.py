"""From a template to a stored letter."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import css_inline
from flask import render_template
from flask_babel import force_locale

from vitaal.kernel.db import db, new_id
from vitaal.kernel.web import promise
from vitaal.post.models import Assurance, Letter

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False)


def compose(
    kind: str,
    to: str,
    *,
    subject: str,
    template: str,
    language: str,
    assurance: Assurance,
    give_up_at: datetime | None = None,
    unsubscribe_url: str = "",
    calendar: str = "",
    reply_to: str = "",
    is_bulk: bool = False,
    **data: Any,
) -> Letter:
    """Write a letter from `<template>.html` and `<template>.txt`; nothing is stored yet.

    `subject` is in the reader's language already; control and direction characters are dropped from it.
    `give_up_at` is the moment after which it is no use any more (a sign-in code). `calendar` is an iCalendar
    object with a METHOD, that travels with the letter. `reply_to` is where an answer goes. `is_bulk` is for one of many, that can wait.
    """
    letter_id = new_id()
    with force_locale(language):
        values = {"subject": subject, "unsubscribe_url": unsubscribe_url, **data}
        html = render_template(f"{template}.html", **values)
        text = render_template(f"{template}.txt", **values)
    return Letter(
        id=letter_id,
        kind=kind,
        assurance=assurance,
        recipient=to,
        subject="".join(letter for letter in subject if unicodedata.category(letter) not in {"Cc", "Cf"}),
        text=text.strip() + "\n",
        html=_inliner.inline(html),
        calendar=calendar,
        unsubscribe_url=unsubscribe_url,
        reply_to=reply_to,
        is_bulk=is_bulk,
        message_id=f"<{letter_id}@vitaal>",
        give_up_at=give_up_at,
    )


def send_once(letter_id: UUID, write: Callable[[], Letter]) -> None:
    """Write and promise a letter under an id that says what it is about, unless it was written already."""
    if db.session.get(Letter, letter_id) is None:
        letter = write()
        letter.id, letter.message_id = letter_id, f"<{letter_id}@vitaal>"
        send(letter)


def send(letter: Letter) -> Letter:
    """Promise to send a letter: stored with the change that caused it, delivered by a worker."""
    db.session.add(letter)
    promise()
    return letter
