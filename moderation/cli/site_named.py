"""Find the site that a command names."""

import click
from sqlalchemy.orm import Session

from moderation.models import Site
from moderation.services.sites.directory import UnknownSite, find_site


def site_named(opened: Session, name: str) -> Site:
    """Return the site with this name. Raises ClickException."""
    try:
        return find_site(opened, name)
    except UnknownSite:
        raise click.ClickException(f'No site named "{name}".') from None
