"""Helpers for requests that send a report: the reader, the limits, the site."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, g, request

from moderation.services.intake.accept import Refused
from moderation.services.intake.draft import Draft, Sender
from moderation.services.intake.proof_of_work import check_proof
from moderation.services.intake.reader_hash import reader_hash, reader_network, wide_network
from moderation.services.intake.receipts import receipt_token
from moderation.services.sites.directory import KnownSite
from moderation.web.commits import note_report
from moderation.web.problems import Problem
from moderation.web.server_sender import server_sender
from moderation.web.wiring import wiring


def identify_reader(blueprint: Blueprint) -> None:
    """Set `g.reader_hash` for every request, and `g.server_site` if a site's server sends it."""

    @blueprint.before_request
    def _identify_reader() -> None:
        address = request.remote_addr or ""
        g.reader_hash = reader_hash(wiring().settings.secret_keys, address, datetime.now(UTC).date())
        g.server_site = None
        if request.method == "POST" and (sender := server_sender()):
            g.server_site, g.reader_hash = sender


def client_network() -> str:
    """Return the network of the client's address, for limits (see `reader_network`)."""
    return reader_network(request.remote_addr or "")


def has_no_wide_network() -> bool:
    """Return whether the client's address has no network above the one that counts as one reader: IPv4."""
    return wide_network(request.remote_addr or "") is None


def client_wide_network() -> str:
    """Return the /48 of the client's IPv6 address, for limits of several networks together."""
    return f"wide {wide_network(request.remote_addr or '')}"


def count_for_reader() -> None:
    """Count this request against the reader's limit, for API and form together. Raises TooManyReports.

    Call it first: refused requests count too.
    """
    wiring().limits.count_reader(g.reader_hash.hex())
    if not has_no_wide_network():
        # The hash keeps addresses out of Redis.
        today = datetime.now(UTC).date()
        hashed = reader_hash(wiring().settings.secret_keys, client_wide_network(), today)
        wiring().limits.count_wide_network(hashed.hex())


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
    """Count and store this request's report. Returns its id and its receipt's token.

    The shape and the origin were checked before: invalid requests must not use up a site's limit.
    Raises Refused, TooManyReports.
    """
    wiring().limits.count_site(str(site.id))
    is_test = site.is_tested_by(g.reader_hash, datetime.now(UTC))
    sender = Sender(g.reader_hash, key, hashlib.sha256(body).digest(), is_test=is_test)
    note_report()
    report_id = wiring().intake.accept(site, draft, sender)
    return report_id, receipt_token(wiring().settings.secret_keys, report_id)


def receipt_url(token: str) -> str:
    """Return the reader's secret link."""
    return f"{wiring().settings.base_url}/r/{token}"
