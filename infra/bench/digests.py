"""Digests beside their limit: the same bytes sent by smtplib alone, over one connection, to the same server.

`python -m infra.bench.digests [PEOPLE …]` (500 and 5,000 unless told otherwise).
"""

import resource
import shutil
import smtplib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select

from infra.bench.crowd import gather
from infra.bench.sink import sink
from infra.embedded import start_postgres
from vitaal.app import create_app
from vitaal.digests import composing, planning
from vitaal.kernel import clock
from vitaal.kernel.db import db
from vitaal.kernel.schema import migrate
from vitaal.post import delivery
from vitaal.post.mime import address_in, message_of
from vitaal.post.models import Letter
from vitaal.settings import Settings


def main() -> None:
    """Print, per number of people, how long planning, writing and delivering takes, and the ratio to the limit."""
    for people in [int(word) for word in sys.argv[1:]] or [500, 5_000]:
        folder = Path(tempfile.mkdtemp(prefix="vitaal-bench-"))
        folder.chmod(0o755)
        server = start_postgres(folder / "postgres", durable=False)
        try:
            with sink() as smtp_url:
                settings = Settings(
                    database_url=server.url, redis_url="redis://127.0.0.1:1/0", instance=folder / "instance",
                    secret_key="bench", smtp_url=smtp_url, log_level="ERROR",
                )  # fmt: skip
                migrate(settings)
                gather(server.url, people)
                _measure(create_app(settings, role="vitaal_worker"), people, smtp_url)
        finally:
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)


def _measure(app: Flask, people: int, smtp_url: str) -> None:
    morning = clock.moment_on(clock.today(), clock.MORNING)
    with app.app_context(), clock.at(morning):
        print(f"{people} people")
        _timed("planned", people, planning.plan)
        _timed("written", people, lambda: _until_nothing(composing.compose))
        carrier = delivery.carrier_for(app.config["VITAAL"], app.extensions["storage"])
        product = _timed(
            "delivered", people, lambda: _until_nothing(lambda: delivery.deliver(carrier, is_bulk=True))
        )
        letters = db.session.scalars(select(Letter).limit(2_000)).all()
        messages = [
            (letter.recipient, message_of(letter, "Vitaal <post@vitaal.example>")) for letter in letters
        ]
        limit = _timed("smtplib alone", len(messages), lambda: _send(messages, smtp_url))
    print(f"  delivering at {limit / product:.2f} of the limit, memory {_megabytes()} MB\n", flush=True)


def _timed(name: str, count: int, do: Callable[[], Any]) -> float:
    """Do something and say how much of it fits in a second; returns seconds of this process per thing."""
    began, cpu = perf_counter(), process_time()
    do()
    seconds, cpu = perf_counter() - began, process_time() - cpu
    print(
        f"  {name:<14} {seconds:7.1f} s by the clock, {cpu:7.1f} s of this process: "
        f"{count / seconds:6.0f} a second by the clock, {count / cpu:6.0f} per core-second",
        flush=True,
    )
    return cpu / count


def _until_nothing(do: Callable[[], Any]) -> None:
    while do():
        pass


def _send(messages: list[tuple[str, bytes]], smtp_url: str) -> None:
    where = urlsplit(smtp_url)
    with smtplib.SMTP(where.hostname or "", where.port or 25) as line:
        for recipient, content in messages:
            line.sendmail(address_in("Vitaal <post@vitaal.example>"), recipient, content)


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
