"""The database's shape."""

import click

from moderation.cli.connect import database
from moderation.services.instance.migrate import upgrade


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Run the migrations that are missing."""
    with database() as engine:
        upgrade(engine)
    click.echo("the database is up to date")
