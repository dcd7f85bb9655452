"""Receipts: a reader's secret link to what became of the report."""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.lifecycle import Status
from moderation.domain.passage import CONTEXT
from moderation.domain.text import Quote
from moderation.models import Case, Decision, Placement, Report, Withdrawal

_ID_BYTES = 16
_MAC_BYTES = 16


class UnknownReceipt(LookupError):
    """No report has this token."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a report. `correction` is the editors' when they accepted one, else the reader's."""

    status: Literal["received", "withdrawn"] | Status
    reported_at: datetime
    decided_at: datetime | None
    fixed_at: datetime | None
    url: str
    quote: Quote
    correction: str | None
    reason: str | None = None
    """What the editors say of a report they rejected."""


def receipt_token(secret_key: str, report_id: UUID) -> str:
    """The report's token: its id and a keyed digest of it.

    Made, not stored: a repeated request gets the same one, and a copy of the database opens no receipt.
    """
    mac = _mac(secret_key, report_id.bytes)
    return base64.urlsafe_b64encode(report_id.bytes + mac).decode().rstrip("=")


def read_receipt(session: Session, secret_key: str, token: str) -> Receipt:
    """What became of the report with this token. Raises UnknownReceipt."""
    report = session.get(Report, report_id_of(secret_key, token))
    if report is None:
        raise UnknownReceipt
    if session.get(Withdrawal, report.id) is not None:
        return Receipt("withdrawn", report.created_at, None, None, report.url, Quote(""), None)
    case = session.scalar(
        select(Case).join(Placement, Placement.case_id == Case.id).where(Placement.report_id == report.id)
    )
    accepted = case is not None and case.correction is not None
    shown = case if accepted else report
    return Receipt(
        status=case.status if case else "received",
        reported_at=report.created_at,
        decided_at=case.decided_at if case else None,
        fixed_at=case.fixed_at if case else None,
        url=report.url,
        quote=Quote(shown.exact, shown.prefix[-CONTEXT:], shown.suffix[:CONTEXT]),  # type: ignore[union-attr]
        correction=shown.correction,  # type: ignore[union-attr]
        reason=_reason(session, case) if case and case.status == "rejected" else None,
    )


def _reason(session: Session, case: Case) -> str | None:
    last = select(Decision.reason).where(Decision.case_id == case.id).order_by(Decision.id.desc()).limit(1)
    return session.scalar(last)


def report_id_of(secret_key: str, token: str) -> UUID:
    """The report whose token this is. Raises UnknownReceipt."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        raise UnknownReceipt from None
    report_id, mac = raw[:_ID_BYTES], raw[_ID_BYTES:]
    if len(report_id) != _ID_BYTES or not hmac.compare_digest(mac, _mac(secret_key, report_id)):
        raise UnknownReceipt
    return UUID(bytes=report_id)


def _mac(secret_key: str, report_id: bytes) -> bytes:
    return hmac.digest(secret_key.encode(), b"receipt " + report_id, hashlib.sha256)[:_MAC_BYTES]
