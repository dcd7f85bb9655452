"""POST /api/v1/reports: where readers' reports come in."""

import re

import msgspec
from flask import Blueprint, Response, request

from moderation.api.body import read_json
from moderation.api.cors import allow_any_origin
from moderation.api.schemas.reports import ReceiptLink, ReportAccepted, ReportIn
from moderation.api.spec import documented
from moderation.metrics import REPORTS
from moderation.web.problems import Problem
from moderation.web.report_request import (
    Draft,
    accept,
    check_origin,
    check_proof_of_work,
    know_reader,
    known_site,
    limited,
)

blueprint = Blueprint("reports", __name__)
allow_any_origin(blueprint, methods="POST", headers="Content-Type, X-Site-Key, X-Proof, Idempotency-Key")
know_reader(blueprint)

_decoder = msgspec.json.Decoder(ReportIn)
_encoder = msgspec.json.Encoder()
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,128}")


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
@limited
def create_report() -> Response:
    """Send a report

    For browsers on the site's own pages (CORS) and for servers. Stored before the answer is given. The
    same Idempotency-Key with the same body gives the first answer again, with another body 422. Where the
    site asks for a proof of work, X-Proof brings a solved challenge.
    """
    site = known_site(request.headers.get("X-Site-Key", ""))
    key = _idempotency_key()
    report, raw = read_json(_decoder)
    check_origin(site)
    check_proof_of_work(site, request.headers.get("X-Proof", ""))
    quote, position = report.quote, report.position
    stored = accept(
        site,
        Draft(
            url=report.url,
            exact=quote.exact,
            prefix=quote.prefix,
            suffix=quote.suffix,
            start=position.start if position else None,
            end=position.end if position else None,
            correction=report.correction,
            comment=report.comment,
            kind=report.kind,
            title=report.title,
            lang=report.lang,
        ),
        key=key,
        body=raw,
    )
    answer = ReportAccepted(stored.id, ReceiptLink(stored.token, stored.receipt_url))
    return Response(_encoder.encode(answer), 202, content_type="application/json")


def _idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
        raise Problem(422, "Idempotency-Key must be 1 to 128 visible ASCII characters.")
    return key
