"""/api/v1/receipts/{token}: the state of a report, and its erasure."""

from datetime import UTC, datetime

import msgspec
from flask import Blueprint, Response

from moderation.api.cors import allow_any_origin
from moderation.api.schemas.reports import ReceiptOut
from moderation.api.spec import documented
from moderation.services.intake.receipts import read_receipt, report_id_of
from moderation.services.triage.erase import erase
from moderation.web.extensions import db_session
from moderation.web.labels.receipts import receipt_message
from moderation.web.wiring import wiring

blueprint = Blueprint("receipts", __name__)
allow_any_origin(blueprint, methods="GET, DELETE", headers="")


@blueprint.get("/api/v1/receipts/<token>")
@documented(security=None, answer=ReceiptOut, refusals=(404, 503))
def get_receipt(token: str) -> Response:
    """Read a receipt

    The token is the only key. `message` is in the language of Accept-Language (ru, en).
    """
    return _receipt(token)


@blueprint.delete("/api/v1/receipts/<token>")
@documented(security=None, answer=ReceiptOut, refusals=(404, 503))
def erase_report(token: str) -> Response:
    """Erase a report

    Its texts and the hash of its reader are deleted, and it no longer counts. The receipt then says `erased`.
    """
    report_id = report_id_of(wiring().settings.secret_keys, token)
    read_receipt(db_session(), wiring().settings.secret_keys, token)
    erase(db_session(), report_id, datetime.now(UTC))
    return _receipt(token)


def _receipt(token: str) -> Response:
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
