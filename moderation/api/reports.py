"""POST /api/v1/reports: accept a report."""

import re

import msgspec
from flask import Blueprint, Response, g, request

from moderation.api.body import read_json
from moderation.api.cors import allow_any_origin
from moderation.api.schemas.reports import ReceiptLink, ReportAccepted, ReportHeaders
from moderation.api.spec import documented
from moderation.metrics import REPORTS
from moderation.services.intake.accept import require_origin
from moderation.services.intake.draft import Draft
from moderation.web.capacity import REPORTS_PATH
from moderation.web.problems import Problem
from moderation.web.report_request import (
    accept,
    check_proof_of_work,
    count_for_reader,
    find_site,
    identify_reader,
    noting_foreign_origins,
    receipt_url,
)

blueprint = Blueprint("reports", __name__)
allow_any_origin(blueprint, methods="POST", headers="Content-Type, X-Site-Key, X-Proof, Idempotency-Key")
identify_reader(blueprint)

_decoder = msgspec.json.Decoder(Draft)
_encoder = msgspec.json.Encoder()
_IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,128}")


@blueprint.after_request
def _count(response: Response) -> Response:
    if request.method == "POST":
        REPORTS.labels(str(response.status_code)).inc()
    return response


@blueprint.post(REPORTS_PATH)
@documented(
    security=("siteKey", "serverKey"),
    headers=ReportHeaders,
    json=Draft,
    status=202,
    answer=ReportAccepted,
    refusals=(400, 401, 403, 413, 415, 422, 429, 503),
)
def create_report() -> Response:
    """Send a report

    For browsers on the site's own pages (CORS) and for servers. The report is stored before the response is
    sent. The same Idempotency-Key with the same body returns the first response again, with another body
    422. If the site requires proof of work, send a solved challenge as X-Proof. A site's own server sends its
    server key instead, and names the reader in X-Reader: limits then count readers, not the server's address.
    """
    count_for_reader()
    site = g.server_site or find_site(request.headers.get("X-Site-Key", ""))
    key = _idempotency_key()
    draft, raw = read_json(_decoder)
    origin = request.headers.get("Origin")
    with noting_foreign_origins(site, origin):
        if g.server_site is None:
            require_origin(site, origin)
            check_proof_of_work(site, request.headers.get("X-Proof", ""))
        report_id, token = accept(site, draft, key=key, body=raw)
    answer = ReportAccepted(report_id, ReceiptLink(token, receipt_url(token)))
    return Response(_encoder.encode(answer), 202, content_type="application/json")


def _idempotency_key() -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _IDEMPOTENCY_KEY.fullmatch(key):
        raise Problem(422, "Idempotency-Key must be 1 to 128 visible ASCII characters.")
    return key
