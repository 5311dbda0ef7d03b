"""The `vitaal` command."""

import sys

import click

from infra.run import run as run_everything
from vitaal.kernel.schema import migrate as bring_up_to_date
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
    bring_up_to_date(settings)


@main.command()
@click.argument("email")
@click.pass_obj
def create_operator(settings: Settings, email: str) -> None:
    """Let the person with this e-mail address run this installation."""
    make_operator(settings.database_url or "", email.strip().lower())
    click.echo(f"{email} can now sign in as an operator.")
