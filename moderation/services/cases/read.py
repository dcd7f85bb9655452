"""Read one case, its reports and its decisions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, joinedload, selectinload

from moderation.models import Case, Decision, Editor, Placement, Report, Withdrawal
from moderation.services.accounts.access import Forbidden, may_decide, visible
from moderation.services.cases.lock import lock_cases
from moderation.services.paging import Slice, beyond, cut_slice, read_cursor


class UnknownCase(LookupError):
    """No case has this id, or it belongs to a site that the editor does not see."""


FOR_ROW = (joinedload(Case.page), joinedload(Case.assignee), selectinload(Case.suggestions))
"""What the row of a case shows, in two queries however many there are."""


def visible_cases(session: Session, editor: Editor, ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that are cases the editor sees."""
    return set(session.scalars(select(Case.id).where(Case.id.in_(ids), visible(editor, Case.site_id))))


def get_case(session: Session, editor: Editor, case_id: UUID, *, lock: bool = False) -> Case:
    """Return a case. `lock` holds its row until the transaction ends. Raises UnknownCase."""
    is_it = (Case.id == case_id, visible(editor, Case.site_id))
    if lock:
        cases = lock_cases(session, *is_it)
    else:
        query = select(Case).where(*is_it).options(joinedload(Case.page), selectinload(Case.suggestions))
        cases = session.scalars(query).all()
    if not cases:
        raise UnknownCase
    return cases[0]


def editable_case(session: Session, editor: Editor, case_id: UUID, *, lock: bool = False) -> Case:
    """Return a case that the editor may change. `lock` as in get_case. Raises UnknownCase, Forbidden."""
    case = get_case(session, editor, case_id, lock=lock)
    if not may_decide(editor, case.site_id):
        raise Forbidden
    return case


def reports_of(session: Session, case: Case, *, cursor: str | None = None, limit: int = 50) -> Slice[Report]:
    """The case's reports, newest first. Raises InvalidCursor."""
    query = select(Report).join(Placement).where(Placement.case_id == case.id)
    query = query.where(~exists().where(Withdrawal.report_id == Report.id))
    if cursor is not None:
        query = query.where(beyond(Report.created_at, Report.id, True, read_cursor(cursor, datetime)))
    rows = session.scalars(query.order_by(Report.created_at.desc(), Report.id.desc()).limit(limit + 1)).all()
    return cut_slice(rows, limit, lambda report: [report.created_at, report.id])


def decisions_of(session: Session, case: Case) -> Sequence[Decision]:
    """The case's history, oldest first."""
    return session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id)).all()


def last_decisions(session: Session, case_ids: Collection[UUID]) -> dict[UUID, Decision]:
    """By case, the step that brought it where it is; a case without one is left out."""
    decisions = session.scalars(
        select(Decision)
        .where(Decision.case_id.in_(case_ids))
        .ext(distinct_on(Decision.case_id))
        .order_by(Decision.case_id, Decision.id.desc())
    )
    return {decision.case_id: decision for decision in decisions}
