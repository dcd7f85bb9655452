"""Pages."""

from datetime import UTC, datetime

import click

from moderation.cli.connect import session
from moderation.domain.sites.urls import InvalidUrl
from moderation.services.recheck.request import UnknownPage, request_recheck


@click.group()
def page() -> None:
    """Manage pages."""


@page.command("recheck")
@click.argument("url")
def page_recheck(url: str) -> None:
    """Check a page now, on every site that has it."""
    with session(changing=True) as opened:
        try:
            request_recheck(opened, None, url, datetime.now(UTC))
        except InvalidUrl as error:
            raise click.ClickException(str(error)) from None
        except UnknownPage:
            raise click.ClickException(f"No reports for {url}.") from None
    click.echo("Check queued.")
