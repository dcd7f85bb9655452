"""`corrigenda db`: the database's tables, and the key that it was used with."""

import os

import click

from moderation.cli.connect import database, instance
from moderation.database import make_sessions
from moderation.services.instance.build import build_id
from moderation.services.instance.migrate import upgrade
from moderation.services.instance.migration_check import check_pending
from moderation.services.instance.secret_key import accept_key
from moderation.services.outbox.attention import try_again_after_upgrade

_LONGEST = 160
"""Characters of a statement that are shown."""


@click.group()
def db() -> None:
    """Manage the database schema."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Apply pending migrations."""
    with database(changing=True) as engine:
        upgrade(engine)
        with make_sessions(engine)() as session:
            count = try_again_after_upgrade(session, build_id())
    click.echo("Database is up to date.")
    if count:
        click.echo(f"tried again: {count} message(s) that another version set aside")


@db.command("check")
@click.pass_context
def db_check(context: click.Context) -> None:
    """Show what the pending migrations will do to a running instance: which big tables they lock.

    It changes nothing. Exit code 1: readers or editors would notice.
    """
    with instance(changing=False, migrating=False) as opened:
        checked = check_pending(opened.engine)
    for migration in checked:
        click.echo(f"{migration.revision}  {migration.title}")
        for finding, table in migration.problems():
            click.echo(f"  {finding.effect}: {finding.table}, {table.rows:,} rows, {table.size / 1e9:.2f} GB")
            click.echo(f"    {finding.statement[:_LONGEST]}")
    if not checked:
        click.echo("No pending migrations.")
    if any(migration.problems() for migration in checked):
        click.echo("stop web and worker for these migrations, or run them at a quiet hour")
        context.exit(1)


@db.command("accept-secret-key")
def db_accept_secret_key() -> None:
    """Use the database with the SECRET_KEY of the environment from now on."""
    secret_key = os.environ.get("SECRET_KEY")
    if not secret_key:
        raise click.ClickException("SECRET_KEY is not set: set the key that web and worker use")
    with database(changing=True) as engine, make_sessions(engine)() as session:
        accept_key(session, secret_key)
    click.echo("accepted")
