"""POST /api/v1/reports: its documentation, and the answers to reports that are not accepted."""

from typing import NoReturn

from flask import Blueprint, Response, request

from moderation.api.cors import allow_any_origin
from moderation.api.schemas.reports import ReportAccepted, ReportHeaders
from moderation.api.spec import documented
from moderation.metrics import REPORTS
from moderation.services.intake.draft import Draft
from moderation.web.capacity import REPORTS_PATH

REFUSAL = "corrigenda.refusal"
"""In the WSGI environment: why the report was not accepted (report_endpoint.py)."""

blueprint = Blueprint("reports", __name__)
allow_any_origin(blueprint, methods="POST", headers="Content-Type, X-Site-Key, X-Proof, Idempotency-Key")


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
def create_report() -> NoReturn:
    """Send a report

    For browsers on the site's own pages (CORS) and for servers. The report is stored before the response is
    sent. The same Idempotency-Key with the same body returns the first response again, with another body
    422. If the site requires proof of work, send a solved challenge as X-Proof. A site's own server sends its
    server key instead, and names the reader in X-Reader: limits then count readers, not the server's address.
    """
    raise request.environ[REFUSAL]
