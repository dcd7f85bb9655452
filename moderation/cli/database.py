"""The database's shape."""

import click

from moderation.cli.connect import database
from moderation.database import make_sessions
from moderation.services.instance.build import build_id
from moderation.services.instance.migrate import upgrade
from moderation.services.outbox.attention import try_again_after_upgrade


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Run the migrations that are missing."""
    with database() as engine:
        upgrade(engine)
        with make_sessions(engine)() as session:
            count = try_again_after_upgrade(session, build_id())
    click.echo("the database is up to date")
    if count:
        click.echo(f"tried again: {count} message(s) that another version set aside")
