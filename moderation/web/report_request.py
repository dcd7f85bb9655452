"""Helpers for requests of readers: who they are, their site, their secret link."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import Blueprint, g, request

from moderation.services.intake.accept import Refused
from moderation.services.intake.reader_hash import reader_network, wide_network
from moderation.services.sites.directory import KnownSite
from moderation.web.problems import Problem
from moderation.web.report_reader import reader_at
from moderation.web.wiring import Wiring, wiring


def identify_reader(blueprint: Blueprint) -> None:
    """Set `g.reader` for every request."""

    @blueprint.before_request
    def _identify_reader() -> None:
        g.reader = reader_at(wiring(), request.remote_addr or "")


def client_network() -> str:
    """Return the network of the client's address, for limits (see `reader_network`)."""
    return reader_network(request.remote_addr or "")


def has_no_wide_network() -> bool:
    """Return whether the client's address has no network above the one that counts as one reader: IPv4."""
    return wide_network(request.remote_addr or "") is None


def client_wide_network() -> str:
    """Return the /48 of the client's IPv6 address, for limits of several networks together."""
    return f"wide {wide_network(request.remote_addr or '')}"


def find_site(site_key: str) -> KnownSite:
    """Return the site with this key. Raises UnknownSiteKey."""
    return wiring().sites.find(site_key)


@contextmanager
def noting_foreign_origins(parts: Wiring, site: KnownSite, origin: str | None) -> Iterator[None]:
    """Count a request that is refused because of its origin, for the site's Install page."""
    try:
        yield
    except Refused as error:
        if error.reason in ("foreign_origin", "foreign_page") and origin:
            parts.widget_health.refused(site.id, origin, datetime.now(UTC))
        raise


def require_own_origin() -> None:
    """Refuse a form that a page of another site sends (cross-site request forgery). Raises Problem: 403.

    Browsers send Origin with every POST. Other programs do not have to.
    """
    origin = request.headers.get("Origin")
    if origin is not None and origin not in (request.host_url.rstrip("/"), wiring().settings.base_url):
        raise Problem(403, "This form must be sent from its own page.", type="foreign-origin")


def receipt_url(parts: Wiring, token: str) -> str:
    """Return the reader's secret link."""
    return f"{parts.settings.base_url}/r/{token}"
