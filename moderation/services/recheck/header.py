"""Open the secret request header of a site, with which its pages are fetched."""

import structlog

from moderation.models import Site
from moderation.secret_keys import SecretKeys
from moderation.services.secret_box import CannotOpen, unseal

log = structlog.get_logger()


def open_header(site: Site, secret_keys: SecretKeys) -> tuple[str, str] | None:
    """Return the header's name and value; None without one, or if SECRET_KEY changed since."""
    if site.fetch_header_name is None or site.fetch_header_secret is None:
        return None
    try:
        return site.fetch_header_name, unseal(secret_keys, "fetch_header", site.fetch_header_secret)
    except CannotOpen:
        log.warning("fetch_header.cannot_open", site=site.name, todo="set it again: SECRET_KEY changed")
        return None
