"""Lock the rows of cases and their pages, in one order everywhere: then no two transactions deadlock.

The order: advisory locks of pages (services/pages/lock.py), rows of cases by id, rows of pages by id, words
of the spam model. Nobody locks a case after a page.
"""

from collections.abc import Sequence
from typing import TypeVarTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload

from moderation.models import Case, Page

Columns = TypeVarTuple("Columns")


def lock_cases(session: Session, *conditions: ColumnElement[bool], most: int | None = None) -> Sequence[Case]:
    """Lock the matching cases by id and then their pages, and read both anew. The locks admit references."""
    cases = _lock_case_rows(session, *conditions, most=most)
    _lock_page_rows(session, {case.page_id for case in cases})
    return cases


def lock_page_with_cases(session: Session, page_id: UUID) -> tuple[Page | None, Sequence[Case]]:
    """Lock all cases of a page and then the page, and read them anew. The page may be gone."""
    cases = _lock_case_rows(session, Case.page_id == page_id)
    pages = _lock_page_rows(session, {page_id})
    return (pages[0] if pages else None), cases


def kept(cases: Select[*Columns]) -> Select[*Columns]:
    """Let a query lock its cases against deletion, by id, for rows that refer to them.

    It waits for a deletion in progress and leaves the case out. Whoever changes a case does not wait.
    """
    return cases.order_by(Case.id).with_for_update(read=True, key_share=True, of=Case)


def _lock_case_rows(
    session: Session, *conditions: ColumnElement[bool], most: int | None = None
) -> Sequence[Case]:
    return session.scalars(
        select(Case)
        .where(*conditions)
        .order_by(Case.id)
        .limit(most)
        .options(selectinload(Case.suggestions))
        .with_for_update(key_share=True, of=Case)
        .execution_options(populate_existing=True)
    ).all()


def _lock_page_rows(session: Session, page_ids: set[UUID]) -> Sequence[Page]:
    return session.scalars(
        select(Page)
        .where(Page.id.in_(page_ids))
        .order_by(Page.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
