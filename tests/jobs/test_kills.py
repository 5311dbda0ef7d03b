"""Workers that are killed again and again: nothing arrives twice that must not, nothing is lost that must not."""

import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import Flask

from tests.cast import Cast, play
from tests.crowd import fill
from tests.digests.story import adds, morning, reckoned
from tests.jobs.workshop import PATIENCE, Workshop, sql, time_passes, until
from tests.post.sink import Sink
from vitaal.kernel import clock
from vitaal.kernel.db import db, new_id
from vitaal.post.models import Assurance, Letter
from vitaal.settings import Settings

CROWD = 200
READ_ON = 30  # as many of them as got their first digest want the next one too
TUESDAY = datetime.fromisoformat("2099-03-10T07:00+01:00")  # so no worker sends a thing before `time_passes`
OPEN = "state IN ('waiting', 'sending', 'handing_over')"


class Kill(NamedTuple):
    """Who is killed at the n-th letter that is handed over, and whether the mail server kept that letter."""

    letter: int
    whole_worker: bool
    is_kept: bool


KILLS = (Kill(9, False, True), Kill(58, True, False), Kill(103, True, True), Kill(165, False, False))
WORKERS = 1 + sum(kill.whole_worker for kill in KILLS)


class Murderer:
    """Kills whoever hands over a letter, before the answer."""

    def __init__(self, sink: Sink, workshop: Workshop) -> None:
        self.offered = 0
        self.struck = threading.Semaphore(0)
        self._sink = sink
        self._workshop = workshop
        self._planned = {kill.letter: kill for kill in KILLS}
        sink.on_content = self._strike

    def _strike(self, _address: str) -> str | None:
        self.offered += 1
        kill = self._planned.get(self.offered)
        if kill is None:
            return None
        self._workshop.kill(self._sink.caller_port, whole_worker=kill.whole_worker)
        self.struck.release()
        return "accept and hang up" if kill.is_kept else "hang up"


def deliver_with_kills(settings: Settings, sink: Sink, workshop: Workshop) -> None:
    """Let the workers deliver everything, while they are killed at each of KILLS."""
    murderer = Murderer(sink, workshop)
    time_passes(settings)
    workshop.nudge()
    for kill in KILLS:
        assert murderer.struck.acquire(timeout=PATIENCE), f"No worker came to letter {kill.letter}."
        time_passes(settings)
        workshop.nudge()
    until(lambda: sql(settings, f"SELECT count(*) FROM ops.letter WHERE {OPEN}") == [(0,)], "all was settled")


def test_of_200_digests_none_arrives_twice_and_the_uncertain_are_told_again(
    app: Flask, worker: Flask, settings: Settings, sink: Sink, workshop: Workshop
) -> None:
    workshop.start(WORKERS)
    cast = a_crowd(app, TUESDAY)
    reckoned(worker, TUESDAY - timedelta(days=1))
    adds(cast, "Bram", "Soep koken", TUESDAY - timedelta(hours=20))
    write_all(worker, TUESDAY)

    deliver_with_kills(settings, sink, workshop)

    states = dict(sql(settings, "SELECT recipient, state FROM ops.letter"))
    assert len(states) == CROWD
    assert max(sink.readers.values()) == 1
    assert set(states.values()) == {"sent", "uncertain"}
    sent = {reader for reader, state in states.items() if state == "sent"}
    uncertain = set(states) - sent
    assert sent <= set(sink.readers)
    assert len(KILLS) <= len(uncertain) <= 2 * len(KILLS)

    has_enough = "UPDATE app.person SET digest_cadence = 'never' WHERE email = ANY(%s)"
    sql(settings, has_enough, sorted(sent)[READ_ON:])
    write_all(worker, TUESDAY + timedelta(days=7))
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
    workshop.start(WORKERS)

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
