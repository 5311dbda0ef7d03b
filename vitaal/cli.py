"""The `vitaal` command."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from email_validator import EmailNotValidError
from flask.ctx import AppContext
from sqlalchemy.exc import DBAPIError

from infra.embedded import ServerFailed
from infra.run import run as run_everything
from infra.servers import CannotStart, servers
from vitaal import doctor as doctors
from vitaal import door as doors
from vitaal import jobs as work
from vitaal.app import create_app
from vitaal.demo.building import build, is_empty
from vitaal.kernel import clock
from vitaal.kernel.roles import DatabaseUnreachable
from vitaal.kernel.schema import migrate as bring_up_to_date
from vitaal.pages.assets import AssetsMissing
from vitaal.pages.forms import normal_address
from vitaal.people.operators import make_operator
from vitaal.settings import BadSetting, Settings


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Vitaal: a workspace for coalitions that work on the vitality of their community."""
    try:
        context.obj = Settings.from_environment()
    except BadSetting as wrong:
        sys.exit(str(wrong))


@main.command()
@click.pass_obj
def run(settings: Settings) -> None:
    """Start everything: database, Redis, web, worker and beat."""
    run_everything(settings)


@main.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Bring the database's roles and schema up to date."""
    with _running(settings) as complete:
        bring_up_to_date(complete)


@main.command()
@click.argument("email")
@click.pass_obj
def create_operator(settings: Settings, email: str) -> None:
    """Let the person with this e-mail address run this installation."""
    try:
        address = normal_address(email)
    except EmailNotValidError as wrong:
        sys.exit(f"{email!r} is no e-mail address: {wrong}")
    with _running(settings) as complete:
        make_operator(complete.database_url or "", address)
    click.echo(f"{address} can now sign in as an operator.")


@main.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Check roles and walls, Redis, mail, storage, assets and clock; exit 1 with what is wrong."""
    with _running(settings) as complete:
        wrong = doctors.examine(complete)
    if wrong:
        sys.exit("\n".join(wrong))
    click.echo("All is well.")


@main.command()
@click.pass_obj
def door(settings: Settings) -> None:
    """Let mail come in: answers to notices, and reports about letters, until stopped."""
    with _running(settings) as complete:
        app = create_app(complete, role="vitaal_worker")
        try:
            doors.stand_open(app)
        except OSError as taken:
            sys.exit(f"The door can't be opened at {settings.mail_door}: {taken.strerror}.")


@main.group()
def digests() -> None:
    """The mail that gathers what is new."""


@digests.command("send")
@click.option("--now", "moment", metavar="MOMENT", help="As if it were this moment: 2026-11-24T07:00+01:00.")
@click.pass_obj
def send_digests(settings: Settings, moment: str | None) -> None:
    """Plan, write and deliver the digests that are due."""
    now = clock.now() if moment is None else _moment(moment)
    with _running(settings) as complete, _working(complete), clock.at(now):
        click.echo(work.send_digests())


@digests.command("preview")
@click.argument("person", metavar="PERSON")
@click.pass_obj
def preview_digest(settings: Settings, person: str) -> None:
    """Say what the digest of the person with this e-mail address would say now; sends and stores nothing."""
    with _running(settings) as complete, _working(complete):
        told = work.preview_digest(person)
    if told is None:
        sys.exit(f"Nobody here has the address {person}.")
    click.echo(told)


@main.group(invoke_without_command=True)
@click.pass_context
def jobs(context: click.Context) -> None:
    """What is queued, parked or uncertain."""
    if context.invoked_subcommand is None:
        settings: Settings = context.obj
        with _running(settings) as complete, _working(complete):
            click.echo("\n".join(work.overview()))


@jobs.command()
@click.pass_obj
def retry(settings: Settings) -> None:
    """Let everything that was parked be tried again."""
    with _running(settings) as complete, _working(complete):
        click.echo(f"{work.retry()} will be tried again.")


@main.command()
@click.option(
    "--localities", type=click.IntRange(min=1), default=35, show_default=True, help="How many coalitions."
)
@click.pass_obj
def demo(settings: Settings, localities: int) -> None:
    """Fill an empty database with an invented world, through the same rules as the pages."""
    with _running(settings) as complete, _working(complete):
        if not is_empty():
            sys.exit("The demo needs an empty database, and people live in this one.")
        build(complete, localities)
    click.echo(f"A world with {localities} coalitions is ready.")


@contextmanager
def _running(settings: Settings) -> Iterator[Settings]:
    """The settings with servers that answer; one sentence and exit 1 where that can't be."""
    try:
        with servers(settings) as complete:
            yield complete
    except (CannotStart, ServerFailed, DatabaseUnreachable, BadSetting, AssetsMissing) as problem:
        sys.exit(str(problem))
    except DBAPIError as refused:
        reason = str(refused.orig).splitlines()[0]
        sys.exit(f"The database refuses this ({reason}): `vitaal doctor` says what is wrong with it.")


def _working(settings: Settings) -> AppContext:
    """The application as the workers have it."""
    return create_app(settings, role="vitaal_worker").app_context()


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        sys.exit(f"{written!r} is no moment; write it like 2026-11-24T07:00+01:00.")
    if moment.tzinfo is None:
        sys.exit(f"{written!r} needs its time zone; write it like 2026-11-24T07:00+01:00.")
    return moment
