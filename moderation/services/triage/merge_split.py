"""Editors know better: merging cases, and splitting reports off one. Triage keeps to it afterwards."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Case, Editor, Placement, Report, Selection
from moderation.services.accounts.access import Forbidden, may_decide
from moderation.services.cases.read import get_case
from moderation.services.cases.step import merge_away
from moderation.services.pages.lock import lock_page
from moderation.services.triage.case_readers import recount_readers
from moderation.services.triage.page_cases import PageCases
from moderation.services.triage.place import new_case


class CannotRegroup(ValueError):
    """The cases cannot be merged or split as asked; the text says why."""


def merge(session: Session, editor: Editor, case_id: UUID, into_id: UUID, now: datetime) -> Case:
    """Put all of a case's reports into another of the same page; answers that one.

    Raises UnknownCase, Forbidden, CannotRegroup.
    """
    case, into = _held(session, editor, case_id), _held(session, editor, into_id)
    if case.id == into.id:
        raise CannotRegroup("a case cannot be merged into itself")
    if case.page_id != into.page_id:
        raise CannotRegroup("the cases are on different pages")
    if case.status != "open":
        raise CannotRegroup(f"a case that is {case.status} keeps its reports: reopen it first")
    session.execute(
        update(Selection)
        .where(Selection.case_id.in_([case.id, into.id]))
        .values(case_id=into.id, pinned=True)
    )
    session.execute(update(Placement).where(Placement.case_id == case.id).values(case_id=into.id))
    into.first_reported_at = min(into.first_reported_at, case.first_reported_at)
    into.last_reported_at = max(into.last_reported_at, case.last_reported_at)
    case.report_count = 0
    merge_away(session, case, into, now=now)
    _refresh(session, [case, into])
    session.commit()
    return into


def split(session: Session, editor: Editor, case_id: UUID, report_ids: Sequence[UUID]) -> tuple[Case, Case]:
    """Take some of a case's reports into a new one; answers both.

    Raises UnknownCase, Forbidden, CannotRegroup.
    """
    case = _held(session, editor, case_id)
    reports = session.scalars(
        select(Report).join(Placement).where(Placement.case_id == case.id, Report.id.in_(report_ids))
    ).all()
    if not reports or len(reports) < len(set(report_ids)):
        raise CannotRegroup("not all of these reports are in the case")
    if len(reports) == case.report_count:
        raise CannotRegroup("a case keeps at least one report")
    if case.status != "open":
        raise CannotRegroup(f"a case that is {case.status} keeps its reports: reopen it first")
    made = new_case(case.page, list(reports))
    session.add(made)
    session.flush()
    session.execute(update(Selection).where(Selection.case_id == case.id).values(pinned=True))
    chosen = {report.id for report in reports}
    for selection in session.scalars(select(Selection).where(Selection.case_id == case.id)).all():
        _take(session, selection, chosen, made)
    _refresh(session, [case, made])
    session.commit()
    return case, made


def _held(session: Session, editor: Editor, case_id: UUID) -> Case:
    case = get_case(session, editor, case_id)
    if not may_decide(editor, case.site_id):
        raise Forbidden
    lock_page(session, case.site_id, case.page.url)
    return get_case(session, editor, case_id, lock=True)


def _take(session: Session, selection: Selection, chosen: set[UUID], made: Case) -> None:
    """Move the chosen reports of a selection: all of it, or a copy with those."""
    ids = set(session.scalars(select(Placement.report_id).where(Placement.selection_id == selection.id)))
    mine = ids & chosen
    if not mine:
        return
    target = selection
    if mine != ids:
        columns = Selection.__table__.columns.keys()
        target = Selection(**{name: getattr(selection, name) for name in columns} | {"id": uuid7()})
        session.add(target)
        selection.report_count, target.report_count = len(ids - mine), len(mine)
    target.case_id = made.id
    session.flush()
    session.execute(
        update(Placement)
        .where(Placement.report_id.in_(mine))
        .values(case_id=made.id, selection_id=target.id)
        .execution_options(synchronize_session=False)
    )


def _refresh(session: Session, cases: list[Case]) -> None:
    session.flush()
    session.expire_all()
    on_page = PageCases(session, cases[0].page)
    for case in cases:
        recount_readers(session, case)
        case.report_count = (
            session.scalar(select(func.count()).select_from(Placement).where(Placement.case_id == case.id))
            or 0
        )
        on_page.touch(case.id)
    on_page.refresh()
