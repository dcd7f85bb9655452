"""`corrigenda retention`: delete old closed cases."""

from datetime import UTC, datetime

import click

from moderation.cli.connect import database
from moderation.database import make_sessions
from moderation.services.cases.retention import run_retention


@click.group()
def retention() -> None:
    """Apply retention rules."""


@retention.command("run")
def retention_run() -> None:
    """Delete expired cases now (also runs every hour)."""
    with database(changing=True) as engine:
        gone = run_retention(make_sessions(engine), datetime.now(UTC))
    click.echo(f"Deleted {gone} case(s).")
