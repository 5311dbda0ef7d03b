"""Workers that are killed again and again: nothing arrives twice that must not, nothing is lost that must not."""

import threading
from collections import Counter
from datetime import datetime, timedelta

from flask import Flask

from tests.cast import Cast, play
from tests.crowd import fill
from tests.digests.story import adds, morning
from tests.jobs.workshop import Workshop, sql, time_passes, until
from tests.post.sink import PATIENCE, Sink
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.post.models import Assurance, Letter
from vitaal.settings import Settings

CROWD = 200
# Killed while this many letters have been offered, and whether the last of them had arrived by then.
KILLS = {9: True, 31: False, 58: True, 90: False, 131: True, 170: False}
OPEN = "state IN ('waiting', 'sending', 'handing_over')"


class Murderer:
    """Kills the workers while they hand over a letter; the mail server kept it, or not."""

    def __init__(self, sink: Sink, workshop: Workshop) -> None:
        self.offered = 0
        self.struck = threading.Event()
        self._workshop = workshop
        self._lock = threading.Lock()
        sink.on_content = self._strike

    def _strike(self, _address: str) -> str | None:
        with self._lock:
            self.offered += 1
            kept = KILLS.get(self.offered)
        if kept is None:
            return None
        self._workshop.kill()
        self.struck.set()
        return "accept and hang up" if kept else "hang up"


def deliver_with_kills(settings: Settings, sink: Sink, workshop: Workshop) -> None:
    """Let workers deliver everything, while they are killed at each of KILLS."""
    murderer = Murderer(sink, workshop)
    for _ in KILLS:
        workshop.start()
        assert murderer.struck.wait(PATIENCE), f"No worker came to letter {murderer.offered + 1}."
        murderer.struck.clear()
        time_passes(settings)
    workshop.start()
    until(lambda: sql(settings, f"SELECT count(*) FROM ops.letter WHERE {OPEN}") == [(0,)], "all was settled")
    workshop.stop()


def test_of_200_digests_none_arrives_twice_and_the_uncertain_are_told_again(
    app: Flask, worker: Flask, settings: Settings, sink: Sink, workshop: Workshop
) -> None:
    tuesday = datetime.fromisoformat("2025-03-11T07:00+01:00")
    cast = a_crowd(app, tuesday)
    adds(cast, "Bram", "Soep koken", tuesday - timedelta(hours=20))
    write_all(worker, tuesday)
    sql(settings, "UPDATE ops.letter SET give_up_at = NULL")

    deliver_with_kills(settings, sink, workshop)

    states = dict(sql(settings, "SELECT recipient, state FROM ops.letter"))
    assert len(states) == CROWD
    assert max(sink.readers.values()) == 1
    assert set(states.values()) == {"sent", "uncertain"}
    sent = {reader for reader, state in states.items() if state == "sent"}
    uncertain = set(states) - sent
    assert sent <= set(sink.readers)
    assert len(KILLS) <= len(uncertain) <= 2 * len(KILLS)

    write_all(worker, tuesday + timedelta(days=7))
    told_again = dict(sql(settings, "SELECT recipient, text FROM ops.letter WHERE state = 'waiting'"))
    assert set(told_again) == uncertain
    assert all("Soep koken" in text for text in told_again.values())


def test_of_200_invitations_none_is_missing(
    worker: Flask, settings: Settings, sink: Sink, workshop: Workshop
) -> None:
    with worker.app_context():
        for number in range(CROWD):
            letter_id = new_id()
            db.session.add(
                Letter(
                    id=letter_id, kind="invitation", assurance=Assurance.AT_LEAST_ONCE, recipient=f"gast{number}@example.nl",
                    subject="Doe je mee?", text="Hallo", html="<p>Hallo</p>", message_id=f"<{letter_id}@vitaal>",
                )
            )  # fmt: skip
        db.session.commit()

    deliver_with_kills(settings, sink, workshop)

    assert sql(settings, "SELECT state, count(*) FROM ops.letter GROUP BY state") == [("sent", CROWD)]
    assert len(sink.readers) == CROWD
    again = Counter(sink.readers) - Counter(dict.fromkeys(sink.readers, 1))
    assert again.total() <= 2 * len(KILLS)
    by_reader = {(str(message["To"]), message["Message-ID"]) for message in sink.accepted}
    assert len(by_reader) == CROWD


def a_crowd(app: Flask, tuesday: datetime) -> Cast:
    """Amersfoort with two hundred people more, all there for a week, in which Bram was the only one to act."""
    with clock.at(tuesday - timedelta(days=8)):
        cast = play(app)
        fill(cast, CROWD - 1)
    return cast


def write_all(worker: Flask, at: datetime) -> None:
    """Write every digest that is due."""
    while morning(worker, at):
        pass
