"""Counts of a case: its reports, distinct readers and times, and its text for search."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, LargeBinary, Uuid, cast, delete, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Case, CaseReader, Placement, Report
from moderation.services.cases.search import remember

_MOST_TEXTS = 500
"""Reports of one case whose texts search reads when the case is counted anew."""


def count_arrivals(case: Case, reports: Sequence[Report]) -> None:
    """Count reports that came to the case. The same cost for the first and the ten-thousandth."""
    times = [report.created_at for report in reports]
    is_first = case.report_count == 0
    case.first_reported_at = min(times) if is_first else min(case.first_reported_at, *times)
    case.last_reported_at = max(times) if is_first else max(case.last_reported_at, *times)
    case.is_test = (is_first or case.is_test) and all(report.is_test for report in reports)
    case.report_count += len(reports)
    _describe(case, reports)


def add_readers(session: Session, pairs: set[tuple[UUID, bytes]], now: datetime) -> Sequence[UUID]:
    """Store who reported which case; answers the case once for every reader who had not reported it."""
    if not pairs:
        return ()
    cases, readers = zip(*sorted(pairs), strict=True)
    # Arrays instead of rows of VALUES: the statement is the same for each number of rows.
    stored = select(
        func.unnest(cast(cases, ARRAY(Uuid))), func.unnest(cast(readers, ARRAY(LargeBinary))), literal(now)
    )
    columns = ["case_id", "reader_hash", "since"]
    return session.scalars(
        insert(CaseReader).from_select(columns, stored).on_conflict_do_nothing().returning(CaseReader.case_id)
    ).all()


def recount(session: Session, cases: Collection[Case]) -> None:
    """Count cases anew from their placements. Rare: after reports moved or were withdrawn."""
    ids = [case.id for case in cases]
    rows = session.execute(
        select(
            Placement.case_id,
            func.count(),
            func.min(Report.created_at),
            func.max(Report.created_at),
            func.count(Report.reader_hash.distinct()),
            func.bool_and(Report.is_test),
        )
        .join(Report)
        .where(Placement.case_id.in_(ids))
        .group_by(Placement.case_id)
    )
    counted = {case_id: counts for case_id, *counts in rows}
    for case in cases:
        case.report_count, first, last, case.reader_count, case.is_test = counted.get(
            case.id, (0, None, None, 0, case.is_test)
        )
        case.first_reported_at = first or case.first_reported_at
        case.last_reported_at = last or case.last_reported_at
        case.search_text = ""
        _describe(case, _first_reports(session, case))
    _store_readers(session, ids)


def _describe(case: Case, reports: Iterable[Report]) -> None:
    remember(case, case.page.title)
    for report in reports:
        case.kind = case.kind or report.kind
        case.lang = case.lang or report.lang
        remember(case, report.correction, report.comment)


def _first_reports(session: Session, case: Case) -> Sequence[Report]:
    return session.scalars(
        select(Report)
        .join(Placement)
        .where(Placement.case_id == case.id)
        .order_by(Report.id)
        .limit(_MOST_TEXTS)
    ).all()


def _store_readers(session: Session, case_ids: Collection[UUID]) -> None:
    """Let the cases have exactly the readers of their reports. A reader keeps the time that is known."""
    readers = (
        select(Placement.case_id, Report.reader_hash, func.min(Report.created_at).label("since"))
        .join(Report)
        .where(Placement.case_id.in_(case_ids))
        .group_by(Placement.case_id, Report.reader_hash)
    )
    still = readers.subquery()
    session.execute(
        delete(CaseReader).where(
            CaseReader.case_id.in_(case_ids),
            ~select(still.c.case_id)
            .where(still.c.case_id == CaseReader.case_id, still.c.reader_hash == CaseReader.reader_hash)
            .exists(),
        ),
        execution_options={"synchronize_session": False},
    )
    session.execute(
        insert(CaseReader).from_select(["case_id", "reader_hash", "since"], readers).on_conflict_do_nothing()
    )
