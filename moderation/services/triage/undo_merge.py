"""Undo a merge: the reports that came with it go back to their case, which opens again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from moderation.models import Case, Editor, Placement, Selection
from moderation.services.cases.read import editable_case
from moderation.services.cases.step import Step, apply_step
from moderation.services.conflicts import repeats_lost
from moderation.services.triage.merge_split import (
    CannotRegroup,
    lock_page_cases,
    regroup_pinned,
)


@repeats_lost
def undo_merge(session: Session, editor: Editor, case_id: UUID, now: datetime) -> Case:
    """Give a merged case its reports back and reopen it; answers it.

    Raises UnknownCase, Forbidden, CannotRegroup.
    """
    case = editable_case(session, editor, case_id)
    into = session.get(Case, case.merged_into_id) if case.merged_into_id else None
    if into is None:
        raise CannotRegroup("this case was not merged into another one")
    lock_page_cases(session, case, into)
    was_merged = (Selection.case_id == into.id) & (Selection.merged_from_id == case.id)
    count = session.scalar(select(func.sum(Selection.report_count)).where(was_merged)) or 0
    if into.status != "open":
        raise CannotRegroup("the other case is closed: reopen it first")
    if not 0 < count < into.report_count:
        raise CannotRegroup("one of the cases would have no reports")
    moved = session.scalars(select(Selection.id).where(was_merged)).all()
    session.execute(
        update(Selection).where(Selection.id.in_(moved)).values(case_id=case.id, merged_from_id=None)
    )
    session.execute(update(Placement).where(Placement.selection_id.in_(moved)).values(case_id=case.id))
    into.report_count -= count
    case.report_count = count
    apply_step(session, case, Step(action="reopen", by=editor.id), now=now)
    regroup_pinned(session, case.page, {case.id, into.id}, now)
    session.commit()
    return case


def merged_cases(session: Session, case: Case) -> list[Case]:
    """Return the cases whose reports went to this case in a merge."""
    return list(
        session.scalars(select(Case).where(Case.merged_into_id == case.id).order_by(Case.id).limit(20))
    )
