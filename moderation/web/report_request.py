"""Helpers for requests that send a report: the reader, the limits, the site."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, g, request

from moderation.services.intake.accept import Refused
from moderation.services.intake.draft import Draft, Sender
from moderation.services.intake.proof_of_work import check_proof
from moderation.services.intake.reader_hash import reader_hash, reader_network
from moderation.services.intake.receipts import receipt_token
from moderation.services.sites.directory import KnownSite
from moderation.web.extensions import limiter
from moderation.web.problems import Problem
from moderation.web.wiring import wiring


def identify_reader(blueprint: Blueprint) -> None:
    """Set `g.reader_hash` for every request to the blueprint."""

    @blueprint.before_request
    def _identify_reader() -> None:
        address = request.remote_addr or ""
        g.reader_hash = reader_hash(wiring().settings.secret_keys, address, datetime.now(UTC).date())


def client_network() -> str:
    """Return the network of the client's address, for limits (see `reader_network`)."""
    return reader_network(request.remote_addr or "")


def limited_per_reader(view: Callable[..., Any]) -> Callable[..., Any]:
    """Limit the requests of one reader to the API and the form together. Refused requests count too."""
    limit: Callable[..., Any] = limiter.shared_limit(
        lambda: wiring().settings.reader_limit,
        scope="reports",
        key_func=lambda: "reader " + g.reader_hash.hex(),
        exempt_when=lambda: request.method != "POST" or not wiring().settings.reader_limit,
    )(view)
    return limit


def count_for_site(site: KnownSite) -> None:
    """Count a report against its site's limit. Raises RateLimitExceeded.

    Call it after the shape and the origin were checked: invalid requests must not use up a site's limit.
    """
    if wiring().settings.site_limit:  # a check takes a tenth of the request's time, even without a limit
        g.limited_site = site.id
        _count_for_site()


@limiter.shared_limit(
    lambda: wiring().settings.site_limit,
    scope="reports",
    key_func=lambda: f"site {g.limited_site}",
)
def _count_for_site() -> None:
    """Do nothing: the decorator checks the limit."""


def find_site(site_key: str) -> KnownSite:
    """Return the site with this key. Raises UnknownSiteKey."""
    return wiring().sites.find(site_key)


@contextmanager
def noting_foreign_origins(site: KnownSite, origin: str | None) -> Iterator[None]:
    """Count a request that is refused because of its origin, for the site's Install page."""
    try:
        yield
    except Refused as error:
        if error.reason in ("foreign_origin", "foreign_page") and origin:
            wiring().widget_health.refused(site.id, origin, datetime.now(UTC))
        raise


def require_own_origin() -> None:
    """Refuse a form that a page of another site sends (cross-site request forgery). Raises Problem: 403.

    Browsers send Origin with every POST. Other programs do not have to.
    """
    origin = request.headers.get("Origin")
    if origin is not None and origin not in (request.host_url.rstrip("/"), wiring().settings.base_url):
        raise Problem(403, "This form must be sent from its own page.", type="foreign-origin")


def check_proof_of_work(site: KnownSite, proof: str) -> None:
    """Check the solved challenge if the site requires one. Raises Unproven."""
    if site.settings.proof_of_work:
        check_proof(wiring().settings.secret_keys, proof, wiring().single_use.use)


def accept(site: KnownSite, draft: Draft, *, key: str | None = None, body: bytes = b"") -> tuple[UUID, str]:
    """Count and store this request's report. Returns its id and its receipt's token. Raises Refused."""
    count_for_site(site)
    is_test = site.is_tested_by(g.reader_hash, datetime.now(UTC))
    sender = Sender(g.reader_hash, key, hashlib.sha256(body).digest(), is_test=is_test)
    report_id = wiring().intake.accept(site, draft, sender)
    return report_id, receipt_token(wiring().settings.secret_keys, report_id)


def receipt_url(token: str) -> str:
    """Return the reader's secret link."""
    return f"{wiring().settings.base_url}/r/{token}"
