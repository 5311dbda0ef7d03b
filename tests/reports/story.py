"""What the tests of reports share: someone asks for one, the workers do what was promised."""

from datetime import date

from flask import Flask

from tests.cast import Cast
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise, begin, claim, settle, try_later
from vitaal.reports import asking, files, gathering, publishing, queries
from vitaal.reports.models import Report
from vitaal.workspaces.models import Circle, Membership, Workspace
from vitaal.workspaces.reporting import Period

KEEPERS = {
    asking.BEGIN: asking.begin_scheduled,
    asking.GATHER: gathering.gather,
    files.MAKE: files.make_files,
    files.CLEAR: files.clear,
}
AUTUMN = Period(date(2026, 9, 1), date(2026, 11, 30))


def member(cast: Cast, name: str) -> Membership:
    """A member of Amersfoort; within `acting_as`."""
    return db.session.get_one(Membership, (cast.amersfoort.id, cast.amersfoort.members[name]))


def asked(cast: Cast, by: str = "Anna", kind: str = "progress", period: Period | None = AUTUMN) -> int:
    """Someone asks for a report; its number."""
    with cast.acting_as(by):
        report = asking.ask(kind, by=member(cast, by), period=period)
        db.session.commit()
        return report.number


def workers_work(worker: Flask) -> None:
    """The workers keep every promise about reports that is due, as `worker.upkeep.keep` does."""
    with worker.app_context():
        ours = (Promise.kind.in_(list(KEEPERS)),)
        while promises := claim(Promise, working="doing", where=ours):
            for promise in promises:
                if begin(promise):
                    _keep(promise)
                    db.session.commit()


def _keep(promise: Promise) -> None:
    try:
        KEEPERS[promise.kind](promise)
    except Exception as mistake:  # noqa: BLE001 - whatever goes wrong, the next promise is kept
        db.session.rollback()
        try_later(promise, str(mistake))
    else:
        settle(promise, "done")


def gathered(cast: Cast, worker: Flask, **what: object) -> int:
    """A report that was asked for and gathered; its number."""
    number = asked(cast, **what)  # type: ignore[arg-type]
    workers_work(worker)
    return number


def the(number: int) -> Report:
    """The report with this number; within `acting_as`."""
    report = queries.report_numbered(number)
    assert report
    return report


def published(cast: Cast, worker: Flask, circle: Circle = Circle.INNER, **further: bool) -> int:
    """A gathered report that Anna published."""
    number = gathered(cast, worker)
    with cast.acting_as("Anna"):
        report, workspace = the(number), db.session.get_one(Workspace, cast.amersfoort.id)
        publishing.publish(
            report,
            by=member(cast, "Anna"),
            workspace=workspace,
            seen=report.version,
            circle=circle,
            **further,
        )
        db.session.commit()
    return number


def address(cast: Cast, *more: object) -> str:
    """The address of a page about reports."""
    return "/".join(map(str, (f"/w/{cast.amersfoort.slug}/rapporten", *more)))
