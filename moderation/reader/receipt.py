"""The receipt page: the state of a report, for its reader."""

from datetime import UTC, datetime

import msgspec
from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug import Response as BaseResponse

from moderation.domain.text.text_fragment import link_to_passage
from moderation.services.intake import fix_notices
from moderation.services.intake.receipt_data import receipt_data
from moderation.services.intake.receipts import read_receipt, report_id_of, site_name_of
from moderation.services.triage.erase import erase
from moderation.services.triage.withdraw import withdraw
from moderation.web.extensions import csrf, db_session
from moderation.web.labels.receipts import receipt_message, receipt_steps
from moderation.web.report_request import require_own_origin
from moderation.web.wiring import wiring

_SECRET = {
    "X-Robots-Tag": "noindex",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}

blueprint = Blueprint("receipt", __name__)
# The token in the URL is the only key. The page uses no cookie.
csrf.exempt(blueprint)


@blueprint.get("/r/<token>")
def show(token: str) -> Response:
    """The page of the reader's secret link. Search engines and caches must not store it."""
    return receipt_page(token)


def receipt_page(token: str, status: int = 200, *, error: str = "", address: str = "") -> Response:
    """Render the page, with the error of an address. Raises UnknownReceipt."""
    receipt = read_receipt(db_session(), wiring().settings.secret_keys, token)
    report_id = report_id_of(wiring().settings.secret_keys, token)
    page = render_template(
        "reader/receipt.html",
        receipt=receipt,
        site_name=site_name_of(db_session(), report_id),
        message=receipt_message(receipt.status),
        steps=receipt_steps(receipt),
        link=link_to_passage(receipt.url, receipt.on_page),
        token=token,
        asked=fix_notices.is_asked(db_session(), report_id),
        offered=can_mail() and fix_notices.is_offered(db_session(), report_id),
        error=error,
        address=address,
    )
    return Response(page, status, headers=_SECRET)


@blueprint.get("/r/<token>/data")
def download(token: str) -> Response:
    """All that is kept of the report, as a JSON file."""
    data = receipt_data(db_session(), wiring().settings.secret_keys, token)
    return Response(
        msgspec.json.format(msgspec.json.encode(data)),
        content_type="application/json",
        headers=_SECRET | {"Content-Disposition": "attachment; filename=report.json"},
    )


def can_mail() -> bool:
    """Return whether this instance has a mail server."""
    return bool(wiring().settings.smtp_url)


@blueprint.post("/r/<token>/withdraw")
def take_back(token: str) -> BaseResponse:
    """Withdraw the report."""
    report_id = report_id_of(wiring().settings.secret_keys, token)
    read_receipt(db_session(), wiring().settings.secret_keys, token)
    withdraw(db_session(), report_id, datetime.now(UTC))
    return redirect(url_for("receipt.show", token=token))


@blueprint.post("/r/<token>/erase")
def erase_report(token: str) -> BaseResponse:
    """Erase the report."""
    require_own_origin()
    report_id = report_id_of(wiring().settings.secret_keys, token)
    read_receipt(db_session(), wiring().settings.secret_keys, token)
    erase(db_session(), report_id, datetime.now(UTC))
    return redirect(url_for("receipt.show", token=token))
