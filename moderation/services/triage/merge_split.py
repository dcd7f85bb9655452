"""Merge cases, and split reports off a case. Triage respects the result: the selections are pinned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Case, Editor, Page, Placement, Report, Selection
from moderation.services.cases.lock import lock_cases
from moderation.services.cases.read import UnknownCase, editable_case
from moderation.services.cases.step import is_empty, merge_away
from moderation.services.conflicts import repeats_lost
from moderation.services.events import Fact, record
from moderation.services.pages.lock import lock_page
from moderation.services.triage.change import change_of
from moderation.services.triage.load_page import load
from moderation.services.triage.regroup import new_case
from moderation.services.triage.save import regroup_and_save


class CannotRegroup(ValueError):
    """The cases cannot be merged or split as asked; the text says why, and `field` says which entry."""

    def __init__(self, why: str, field: Literal["into", "report_ids"] = "into") -> None:
        super().__init__(why)
        self.field = field


@repeats_lost
def merge(session: Session, editor: Editor, case_id: UUID, into_id: UUID, now: datetime) -> Case:
    """Put all of a case's reports into another of the same page; answers that one.

    Raises UnknownCase, Forbidden, CannotRegroup.
    """
    case, into = editable_case(session, editor, case_id), editable_case(session, editor, into_id)
    if case.id == into.id:
        raise CannotRegroup("a case cannot be merged with itself")
    if case.page_id != into.page_id:
        raise CannotRegroup("the cases are on different pages")
    lock_page_cases(session, case, into)
    if case.status != "open":
        raise CannotRegroup("a closed case keeps its reports: reopen it first")
    if is_empty(into):
        raise CannotRegroup("the other case has no reports any more")
    session.execute(update(Selection).where(Selection.case_id == into.id).values(pinned=True))
    session.execute(
        update(Selection)
        .where(Selection.case_id == case.id)
        .values(case_id=into.id, pinned=True, merged_from_id=case.id)
    )
    session.execute(update(Placement).where(Placement.case_id == case.id).values(case_id=into.id))
    into.report_count += case.report_count
    case.report_count = 0
    regroup_pinned(session, into.page, {case.id, into.id}, now)
    merge_away(session, case, into, by=editor.id, now=now)
    session.commit()
    return into


@repeats_lost
def split(
    session: Session, editor: Editor, case_id: UUID, report_ids: Sequence[UUID], now: datetime
) -> tuple[Case, Case]:
    """Take some of a case's reports into a new one; answers both.

    Raises UnknownCase, Forbidden, CannotRegroup.
    """
    case = editable_case(session, editor, case_id)
    lock_page_cases(session, case)
    reports = session.scalars(
        select(Report).join(Placement).where(Placement.case_id == case.id, Report.id.in_(report_ids))
    ).all()
    if not reports or len(reports) < len(set(report_ids)):
        raise CannotRegroup("not all of these reports are in the case", "report_ids")
    if len(reports) == case.report_count:
        raise CannotRegroup("a case keeps at least one report", "report_ids")
    if case.status != "open":
        raise CannotRegroup("a closed case keeps its reports: reopen it first", "report_ids")
    new = new_case(case.page, now)
    session.add(new)
    session.flush()
    session.execute(update(Selection).where(Selection.case_id == case.id).values(pinned=True))
    split_off = {report.id for report in reports}
    for selection in session.scalars(select(Selection).where(Selection.case_id == case.id)).all():
        _move(session, selection, split_off, new)
    new.report_count = len(reports)
    case.report_count -= new.report_count
    regroup_pinned(session, case.page, {case.id, new.id}, now)
    record(session, case.site_id, [Fact("case.opened", new.id, new.id)], now)
    session.commit()
    return case, new


def lock_page_cases(session: Session, *cases: Case) -> None:
    """Lock the page of these cases with all its cases. Raises UnknownCase."""
    page = cases[0].page
    lock_page(session, page.site_id, page.url)
    locked = lock_cases(session, Case.page_id == page.id)
    if not set(cases) <= set(locked):
        raise UnknownCase


def _move(session: Session, selection: Selection, report_ids: set[UUID], case: Case) -> None:
    """Move these reports of a selection to the case: the selection itself, or a copy with some of them."""
    all_ids = set(session.scalars(select(Placement.report_id).where(Placement.selection_id == selection.id)))
    moved = all_ids & report_ids
    if not moved:
        return
    target = selection
    if moved != all_ids:
        columns = Selection.__table__.columns.keys()
        target = Selection(**{name: getattr(selection, name) for name in columns} | {"id": uuid7()})
        session.add(target)
        selection.report_count, target.report_count = len(all_ids - moved), len(moved)
    target.case_id = case.id
    session.flush()
    session.execute(
        update(Placement)
        .where(Placement.report_id.in_(moved))
        .values(case_id=case.id, selection_id=target.id)
        .execution_options(synchronize_session=False)
    )


def regroup_pinned(session: Session, page: Page, recounted: set[UUID], now: datetime) -> None:
    """Group the page anew after selections were pinned, and count the cases."""
    session.flush()
    session.expire_all()
    [on_page] = load(session, [page])
    on_page.recounted = recounted
    on_page.touched |= recounted
    on_page.locate()
    regroup_and_save(session, [change_of(session, on_page, now)], now)
