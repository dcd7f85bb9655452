"""The receipt page: what became of a report, in plain words."""

from flask import Blueprint, Response, render_template

from moderation.extensions import db_session
from moderation.problems import Problem
from moderation.receipt_words import receipt_message
from moderation.services.receipts import UnknownReceipt, read_receipt
from moderation.wiring import wiring

blueprint = Blueprint("receipt", __name__)


@blueprint.get("/r/<token>")
def show(token: str) -> Response:
    """The page behind the reader's secret link: it is in no index and in no cache."""
    try:
        receipt = read_receipt(db_session(), wiring().settings.secret_key, token)
    except UnknownReceipt:
        raise Problem(404, "No report has this receipt. Check that the link is whole.") from None
    page = render_template("reader/receipt.html", receipt=receipt, message=receipt_message(receipt.status))
    return Response(
        page,
        headers={
            "X-Robots-Tag": "noindex",
            "Cache-Control": "private, no-store",
            "Referrer-Policy": "no-referrer",
        },
    )
