"""All that is kept of one report, for its reader."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.models import Case, FixNotice, Placement, Report, Withdrawal
from moderation.secret_keys import SecretKeys
from moderation.services.intake.receipts import UnknownReceipt, report_id_of


def receipt_data(session: Session, secret_keys: SecretKeys, token: str) -> dict[str, Any]:
    """Return the report's row, its withdrawal and the state of its case. Raises UnknownReceipt.

    An address for mail is never shown: only when the reader asked for the mail.
    """
    report = session.get(Report, report_id_of(secret_keys, token))
    if report is None:
        raise UnknownReceipt
    withdrawal = session.get(Withdrawal, report.id)
    notice = session.get(FixNotice, report.id)
    case = session.scalar(select(Case).join(Placement).where(Placement.report_id == report.id))
    return {
        "report": {column.key: _plain(getattr(report, column.key)) for column in Report.__table__.columns},
        "withdrawn_at": withdrawal.withdrawn_at if withdrawal else None,
        "erased_at": withdrawal.erased_at if withdrawal else None,
        "email_asked_at": notice.created_at if notice else None,
        "case": {
            "status": case.status,
            "decided_at": case.decided_at,
            "fixed_at": case.fixed_at,
        }
        if case
        else None,
    }


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value
