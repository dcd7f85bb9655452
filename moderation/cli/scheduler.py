"""`corrigenda scheduler`. It imports nothing of the database, which it does not need."""

import click

from moderation.cli.become import become
from moderation.settings import Settings


@click.command()
def scheduler() -> None:
    """Start the scheduler (one is enough)."""
    Settings.of_scheduler()
    become("celery", "--quiet", "-A", "worker.beat", "beat", "--loglevel", "INFO")
