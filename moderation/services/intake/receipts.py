"""Receipts: a reader's secret link to the state of the report."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import Status
from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import CONTEXT
from moderation.models import Case, Decision, Placement, Report, Site, Withdrawal
from moderation.secret_keys import SecretKeys
from moderation.services.secret_links import UnknownToken, make_token, read_token


class UnknownReceipt(LookupError):
    """No report has this token."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The state of a report. `correction` is the editors' accepted correction, else the reader's."""

    status: Literal["received", "withdrawn", "erased"] | Status
    reported_at: datetime
    decided_at: datetime | None
    fixed_at: datetime | None
    url: str
    quote: Quote
    correction: str | None
    reason: str | None = None
    """The editors' reason for rejecting the report."""

    @property
    def on_page(self) -> Quote:
        """Return the passage as the page shows it now: corrected, if the mistake was fixed."""
        if self.status == "fixed" and self.correction:
            return Quote(self.correction, self.quote.prefix, self.quote.suffix)
        return self.quote


def receipt_token(secret_keys: SecretKeys, report_id: UUID) -> str:
    """Return the report's token. The same report always has the same token."""
    return make_token(secret_keys, "receipt", report_id)


def site_name_of(session: Session, report_id: UUID) -> str:
    """Return the name of the site that a report was sent to."""
    name = select(Site.name).join(Report, Report.site_id == Site.id).where(Report.id == report_id)
    return session.scalars(name).one()


def read_receipt(session: Session, secret_keys: SecretKeys, token: str) -> Receipt:
    """Return the state of the report with this token. Raises UnknownReceipt."""
    report = session.get(Report, report_id_of(secret_keys, token))
    if report is None:
        raise UnknownReceipt
    withdrawal = session.get(Withdrawal, report.id)
    if withdrawal is not None:
        status: Literal["withdrawn", "erased"] = "erased" if withdrawal.erased_at else "withdrawn"
        return Receipt(status, report.created_at, None, None, report.url, Quote(""), None)
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


def report_id_of(secret_keys: SecretKeys, token: str) -> UUID:
    """Return the id of the report with this token. Raises UnknownReceipt."""
    try:
        return read_token(secret_keys, "receipt", token)
    except UnknownToken:
        raise UnknownReceipt from None
