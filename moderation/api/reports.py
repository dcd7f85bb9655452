"""POST /api/v1/reports: where readers' reports come in."""

import hashlib
import re
from datetime import UTC, datetime

import msgspec
from flask import Blueprint, Response, g, request
from uuid_utils.compat import uuid7

from moderation.api.body import read_json
from moderation.api.cors import allow_any_origin
from moderation.api.schemas import ReceiptLink, ReportAccepted, ReportIn
from moderation.api.spec import documented
from moderation.domain.urls import InvalidUrl, allows, canonical_url, origin_of
from moderation.extensions import limiter
from moderation.health import REPORTS
from moderation.problems import Problem, invalid
from moderation.services.intake import KeyReused, Submission
from moderation.services.readers import reader_hash
from moderation.services.receipts import receipt_token
from moderation.services.sites import KnownSite, UnknownSite
from moderation.wiring import wiring

blueprint = Blueprint("reports", __name__)
allow_any_origin(blueprint, methods="POST", headers="Content-Type, X-Site-Key, Idempotency-Key")

_decoder = msgspec.json.Decoder(ReportIn)
_encoder = msgspec.json.Encoder()
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,128}")


@blueprint.before_request
def _know_reader() -> None:
    address = request.remote_addr or ""
    g.reader_hash = reader_hash(wiring().settings.secret_key, address, datetime.now(UTC).date())


@blueprint.after_request
def _count(response: Response) -> Response:
    if request.method == "POST":
        REPORTS.labels(str(response.status_code)).inc()
    return response


@blueprint.post("/api/v1/reports")
@documented(
    security="siteKey",
    json=ReportIn,
    status=202,
    answer=ReportAccepted,
    refusals=(400, 401, 403, 413, 415, 422, 429, 503),
)
@limiter.limit(
    lambda: wiring().settings.reader_limit,
    key_func=lambda: "reader " + g.reader_hash.hex(),
    exempt_when=lambda: not wiring().settings.reader_limit,
)
@limiter.limit(
    lambda: wiring().settings.site_limit,
    key_func=lambda: "site " + request.headers.get("X-Site-Key", "")[:64],
    exempt_when=lambda: not wiring().settings.site_limit,
)
def create_report() -> Response:
    """Send a report

    For browsers on the site's own pages (CORS) and for servers. Stored before the answer is given. The
    same Idempotency-Key with the same body gives the first answer again, with another body 422.
    """
    parts = wiring()
    site = _site(request.headers.get("X-Site-Key", ""))
    key = _idempotency_key()
    report, raw = read_json(_decoder)
    _refuse_unstorable(report)
    url = _page_url(site, report.url)
    stored = parts.intake.add(
        Submission(
            id=uuid7(),
            site_id=site.id,
            url=url,
            exact=report.quote.exact,
            prefix=report.quote.prefix,
            suffix=report.quote.suffix,
            start=report.position.start if report.position else None,
            end=report.position.end if report.position else None,
            correction=report.correction,
            comment=report.comment,
            kind=report.kind,
            title=report.title,
            lang=report.lang,
            reader_hash=g.reader_hash,
            idempotency_key=key,
            body_digest=hashlib.sha256(raw).digest(),
        )
    )
    if isinstance(stored, KeyReused):
        raise Problem(422, "This Idempotency-Key was used with another body. Send a new key.")
    token = receipt_token(parts.settings.secret_key, stored)
    answer = ReportAccepted(stored, ReceiptLink(token, f"{parts.settings.base_url}/r/{token}"))
    return Response(_encoder.encode(answer), 202, content_type="application/json")


def _site(site_key: str) -> KnownSite:
    try:
        return wiring().sites.find(site_key)
    except UnknownSite:
        raise Problem(401, "X-Site-Key is missing or unknown. Copy it from the site's settings.") from None


def _idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
        raise Problem(422, "Idempotency-Key must be 1 to 128 visible ASCII characters.")
    return key


def _refuse_unstorable(report: ReportIn) -> None:
    """What JSON can say and PostgreSQL's text cannot hold; and a passage that shows nothing."""
    quote = report.quote
    texts = {
        "/quote/exact": quote.exact,
        "/quote/prefix": quote.prefix,
        "/quote/suffix": quote.suffix,
        "/correction": report.correction,
        "/comment": report.comment,
        "/title": report.title,
    }
    for pointer, text in texts.items():
        if text and "\x00" in text:
            raise invalid(pointer, "must not hold the character U+0000")
    if not (quote.prefix + quote.exact + quote.suffix).strip():
        raise invalid("/quote/exact", "is blank, and nothing around it says where it stands")


def _page_url(site: KnownSite, url: str) -> str:
    """The page's canonical URL, once it and the browser's Origin are the site's."""
    origin = request.headers.get("Origin")
    if origin is not None and not allows(site.origins, origin):
        raise Problem(
            403, f"Pages on {origin[:200]} do not belong to this site. Add the origin in its settings."
        )
    try:
        page = canonical_url(url)
        page_origin = origin_of(page)
    except InvalidUrl as error:
        raise invalid("/url", str(error)) from None
    if not allows(site.origins, page_origin):
        raise Problem(
            403, f"{page_origin[:200]} does not belong to this site. Add the origin in its settings."
        )
    return page
