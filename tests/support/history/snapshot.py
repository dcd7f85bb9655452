"""All rows of a site at one moment, read with one query per table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from moderation.models import (
    Case,
    CaseReader,
    Decision,
    OutboxMessage,
    Page,
    Placement,
    Report,
    Revision,
    Selection,
    Suggestion,
    Withdrawal,
)

Row = Any


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows. Dictionaries are by id."""

    waiting: int
    """Messages that are not done."""
    pages: dict[str, Row]
    """By URL, with the id of the latest revision."""
    reports: dict[UUID, Row]
    """With the case and the selection that each report is in, and whether it was withdrawn."""
    cases: dict[UUID, Row]
    selections: dict[UUID, Row]
    readers: dict[UUID, set[bytes]]
    decisions: dict[UUID, list[Row]]
    """By case, the oldest first."""
    suggestions: dict[UUID, list[Row]]
    """By case."""

    def reports_by_case(self) -> dict[UUID, list[Row]]:
        """The reports of each case."""
        by_case = defaultdict(list)
        for report in self.reports.values():
            if report.case_id is not None:
                by_case[report.case_id].append(report)
        return by_case

    def story(self, case_id: UUID) -> str:
        """The case with its decisions, for the message of a failure."""
        case = self.cases[case_id]
        steps = [(step.action, step.cause, str(step.decided_at)) for step in self.decisions[case_id]]
        return f"{case_id} {case.status} {case.exact!r} version {case.version}: {steps}"


def read_snapshot(session: Session, site_id: UUID) -> Snapshot:
    """Read all rows of the site."""
    waiting = session.scalar(
        select(func.count())
        .select_from(OutboxMessage)
        .where(OutboxMessage.site_id == site_id, OutboxMessage.done_at.is_(None))
    )
    latest = (
        select(Revision.page_id, Revision.id)
        .ext(distinct_on(Revision.page_id))
        .order_by(Revision.page_id, Revision.seen_at.desc())
        .subquery()
    )
    pages = session.execute(
        select(Page.id, Page.url, latest.c.id.label("revision_id"))
        .outerjoin(latest, latest.c.page_id == Page.id)
        .where(Page.site_id == site_id)
    )
    cases = session.execute(select(Case.__table__).where(Case.site_id == site_id).order_by(Case.id))
    selections = session.execute(select(Selection.__table__).join(Page).where(Page.site_id == site_id))
    return Snapshot(
        waiting or 0,
        {page.url: page for page in pages},
        {report.id: report for report in _reports(session, site_id)},
        {case.id: case for case in cases},
        {selection.id: selection for selection in selections},
        _by_case(session, CaseReader, site_id, lambda rows: {row.reader_hash for row in rows}),
        _by_case(session, Decision, site_id, lambda rows: sorted(rows, key=lambda row: row.id)),
        _by_case(session, Suggestion, site_id, list),
    )


def _reports(session: Session, site_id: UUID) -> Iterable[Row]:
    return session.execute(
        select(
            Report.__table__,
            Placement.case_id,
            Placement.selection_id,
            Withdrawal.report_id.is_not(None).label("is_withdrawn"),
        )
        .outerjoin(Placement, Placement.report_id == Report.id)
        .outerjoin(Withdrawal, Withdrawal.report_id == Report.id)
        .where(Report.site_id == site_id)
    )


def _by_case(session: Session, model: Any, site_id: UUID, collect: Any) -> dict[UUID, Any]:
    rows = defaultdict(list)
    for row in session.execute(select(model.__table__).join(Case).where(Case.site_id == site_id)):
        rows[row.case_id].append(row)
    found: dict[UUID, Any] = defaultdict(lambda: collect([]))
    found.update({case_id: collect(of_case) for case_id, of_case in rows.items()})
    return found
