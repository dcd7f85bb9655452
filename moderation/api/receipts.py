"""GET /api/v1/receipts/{token}: the state of a report."""

import msgspec
from flask import Blueprint, Response

from moderation.api.cors import allow_any_origin
from moderation.api.schemas.reports import ReceiptOut
from moderation.api.spec import documented
from moderation.services.intake.receipts import read_receipt
from moderation.web.extensions import db_session
from moderation.web.labels.receipts import receipt_message
from moderation.web.wiring import wiring

blueprint = Blueprint("receipts", __name__)
allow_any_origin(blueprint, methods="GET", headers="")


@blueprint.get("/api/v1/receipts/<token>")
@documented(security=None, answer=ReceiptOut, refusals=(404, 503))
def get_receipt(token: str) -> Response:
    """Read a receipt

    The token is the only key. `message` is in the language of Accept-Language (ru, en).
    """
    receipt = read_receipt(db_session(), wiring().settings.secret_keys, token)
    answer = ReceiptOut(
        status=receipt.status,
        reported_at=receipt.reported_at,
        decided_at=receipt.decided_at,
        fixed_at=receipt.fixed_at,
        message=" ".join(filter(None, (receipt_message(receipt.status), receipt.reason))),
    )
    return Response(
        msgspec.json.encode(answer), content_type="application/json", headers={"Cache-Control": "no-store"}
    )
