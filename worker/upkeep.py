"""Keeping promises for later, and throwing away what was kept long enough."""

from collections.abc import Callable, Mapping

import structlog

from vitaal.activity import attachments, conversation, noticing
from vitaal.agenda import meeting_letters, meetings, minutes, putting_away, rounds, soon
from vitaal.agenda.imports import keeping, running
from vitaal.agenda.models import telling as action_telling
from vitaal.decisions import agreeing
from vitaal.digests import noticing as notices
from vitaal.invitations import asking_again, reminders
from vitaal.kernel.db import db
from vitaal.kernel.promises import Promise, begin, claim, settle, try_later
from vitaal.people import signing_in
from vitaal.post import retention
from vitaal.spelregels import (
    deciding,
    letters,
    proposing,
    signing,
    signing_letters,
    strain_letters,
    strains,
    telling,
)
from vitaal.spelregels import keeping as proposals_in_time
from worker.app import celery
from worker.post import deliver

# What is done for each kind of promise. A promise that is kept twice does no harm.
KEEPERS: dict[str, Callable[[Promise], None]] = {
    reminders.REMIND: reminders.remind,
    reminders.TELL_SILENCE: reminders.tell_silence,
    asking_again.ASK_AGAIN: asking_again.pass_on,
    meetings.INVITE: meeting_letters.invite,
    minutes.SEND_MINUTES: meeting_letters.send_minutes,
    rounds.CLOSE: rounds.close_on_its_day,
    keeping.RUN: running.run,
    keeping.FORGET: keeping.forget,
    conversation.FORGET: conversation.forget,
    attachments.CLEAR: attachments.clear,
    noticing.TELL_MENTIONED: noticing.tell_the_rest,
    action_telling.SOON_DUE: soon.tell_owner,
    rounds.VIEW_SOON: soon.tell_voices,
    agreeing.CHECK_SOON: agreeing.tell_owner_in_time,
    proposing.GO_ON: proposals_in_time.go_on_in_time,
    deciding.CLOSE: proposals_in_time.close_in_time,
    deciding.REMIND: proposals_in_time.remind_in_time,
    telling.ASK: letters.ask,
    telling.WRITE_REMINDER: letters.write_reminder,
    telling.TELL: letters.tell,
    telling.TELL_CLOSED: letters.tell_closed,
    signing.REMIND: signing_letters.remind_to_sign,
    strains.INVITE_TO_TALK: strain_letters.invite_to_talk,
}
BATCH = 50
logger = structlog.get_logger()


@celery.task(name="upkeep.keep_promises", time_limit=300, soft_time_limit=270)
def keep_promises() -> None:
    """Keep the promises that are due."""
    if keep(KEEPERS, BATCH):
        deliver.delay()
        keep_promises.delay()


def keep(keepers: Mapping[str, Callable[[Promise], None]], limit: int) -> int:
    """Keep up to `limit` promises of these kinds that are due; returns how many there were.

    One that fails is tried later, and never stops the next.
    """
    promises = claim(Promise, working="doing", limit=limit, where=(Promise.kind.in_(list(keepers)),))
    for promise in promises:
        if not begin(promise):
            continue
        try:
            keepers[promise.kind](promise)
        except Exception as mistake:
            logger.exception("upkeep.promise_failed", promise=str(promise.id), kind=promise.kind)
            db.session.rollback()
            try_later(promise, f"{type(mistake).__name__}: {mistake}")
        else:
            settle(promise, "done")
        db.session.commit()
    return len(promises)


@celery.task(name="upkeep.tidy", time_limit=300, soft_time_limit=270)
def tidy() -> None:
    """Throw away what was kept long enough."""
    putting_away.empty_trash()
    signing_in.forget_old()
    db.session.commit()
    logger.info("upkeep.tidied", notices=notices.forget_old(), **retention.tidy())
