"""The receipt page: what became of a report, in plain words."""

from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug import Response as BaseResponse

from moderation.services.intake.receipts import read_receipt, report_id_of
from moderation.services.triage.withdraw import withdraw
from moderation.web.extensions import csrf, db_session
from moderation.web.labels.receipts import receipt_message
from moderation.web.wiring import wiring

blueprint = Blueprint("receipt", __name__)
# The token in the address is the only key; no cookie takes part.
csrf.exempt(blueprint)


@blueprint.get("/r/<token>")
def show(token: str) -> Response:
    """The page behind the reader's secret link: it is in no index and in no cache."""
    receipt = read_receipt(db_session(), wiring().settings.secret_key, token)
    page = render_template(
        "reader/receipt.html", receipt=receipt, message=receipt_message(receipt.status), token=token
    )
    return Response(
        page,
        headers={
            "X-Robots-Tag": "noindex",
            "Cache-Control": "private, no-store",
            "Referrer-Policy": "no-referrer",
        },
    )


@blueprint.post("/r/<token>/withdraw")
def take_back(token: str) -> BaseResponse:
    """The reader takes the report back."""
    report_id = report_id_of(wiring().settings.secret_key, token)
    read_receipt(db_session(), wiring().settings.secret_key, token)
    withdraw(db_session(), report_id, datetime.now(UTC))
    return redirect(url_for("receipt.show", token=token))
