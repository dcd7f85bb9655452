"""/api/v1/receipts/{token}: the state of a report, and its erasure."""

from datetime import UTC, datetime

import msgspec
from flask import Blueprint, Response, g

from moderation.api.answer import json_answer
from moderation.api.body import read_json
from moderation.api.cors import allow_any_origin
from moderation.api.schemas.reports import ReceiptOut, ReceiptsIn, ReceiptsOut
from moderation.api.spec import documented
from moderation.services.intake.receipts import UnknownReceipt, read_receipt, report_id_of
from moderation.services.triage.erase import erase
from moderation.web.extensions import db_session, limiter
from moderation.web.labels.receipts import receipt_message
from moderation.web.report_request import identify_reader
from moderation.web.wiring import wiring

blueprint = Blueprint("receipts", __name__)
allow_any_origin(blueprint, methods="GET, POST, DELETE", headers="Content-Type")
identify_reader(blueprint)
_receipts = msgspec.json.Decoder(ReceiptsIn)


@blueprint.get("/api/v1/receipts/<token>")
@documented(security=None, answer=ReceiptOut, refusals=(404, 503))
def get_receipt(token: str) -> Response:
    """Read a receipt

    The token is the only key. `message` is in the language of Accept-Language (ru, en).
    """
    return json_answer(_receipt(token))


@blueprint.delete("/api/v1/receipts/<token>")
@documented(security=None, answer=ReceiptOut, refusals=(404, 503))
def erase_report(token: str) -> Response:
    """Erase a report

    Its texts and the hash of its reader are deleted, and it no longer counts. The receipt then says `erased`.
    """
    report_id = report_id_of(wiring().settings.secret_keys, token)
    read_receipt(db_session(), wiring().settings.secret_keys, token)
    erase(db_session(), report_id, datetime.now(UTC))
    return json_answer(_receipt(token))


@blueprint.post("/api/v1/receipts")
@documented(security=None, json=ReceiptsIn, answer=ReceiptsOut, refusals=(400, 413, 415, 422, 429, 503))
@limiter.limit("60 per minute", key_func=lambda: f"receipts {g.reader.hash.hex()}")
def list_receipts() -> Response:
    """Read many receipts

    Up to 50 tokens, such as those that a browser remembers. The answer has their order; null stands for a
    token that no report has. Each `message` is in the language of Accept-Language (ru, en).
    """
    wanted, _raw = read_json(_receipts)
    return json_answer(ReceiptsOut([_find(token) for token in wanted.tokens]))


def _find(token: str) -> ReceiptOut | None:
    try:
        return _receipt(token)
    except UnknownReceipt:
        return None


def _receipt(token: str) -> ReceiptOut:
    receipt = read_receipt(db_session(), wiring().settings.secret_keys, token)
    return ReceiptOut(
        status=receipt.status,
        reported_at=receipt.reported_at,
        decided_at=receipt.decided_at,
        fixed_at=receipt.fixed_at,
        message=" ".join(filter(None, (receipt_message(receipt.status), receipt.reason))),
    )
