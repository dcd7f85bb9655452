"""`corrigenda demo`: remove the demo site."""

import click

from moderation.cli.connect import database
from moderation.database import make_sessions
from moderation.services.instance.demo import remove_demo


@click.group()
def demo() -> None:
    """The demo site, its articles and its cases."""


@demo.command("remove")
def demo_remove() -> None:
    """Delete the demo site, its cases and its two editors. It does not come back."""
    with database(changing=True) as engine:
        removed = remove_demo(make_sessions(engine))
    click.echo("removed the demo" if removed else "there is no demo")
