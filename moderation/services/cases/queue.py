"""Reading cases: the queue, one case, its reports, its history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Uuid, column, func, literal, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session

from moderation.domain.cases.lifecycle import STATUSES, Status
from moderation.models import Case, Editor
from moderation.services.accounts.access import site_ids
from moderation.services.cases.filter import Filter, Sort, matching
from moderation.services.cases.read import FOR_ROW
from moderation.services.cases.resolve import resolved
from moderation.services.paging import Slice, beyond, cut_slice, read_cursor, write_cursor

MOST_COUNTED = 1000
"""A count stops there: what an editor needs to know of more is that they are more."""

_SORTS: dict[Sort, tuple[InstrumentedAttribute[Any], bool]] = {
    "priority": (Case.priority, True),
    "newest": (Case.first_reported_at, True),
    "oldest": (Case.first_reported_at, False),
    "readers": (Case.reader_count, True),
}


def list_cases(
    session: Session, editor: Editor, wanted: Filter, *, cursor: str | None = None, limit: int = 50,
    backwards: bool = False,
) -> Slice[Case]:  # fmt: skip
    """The cases that the editor may see, by keyset. Raises InvalidCursor, and InvalidUrl for `url`."""
    by, descending = _SORTS[wanted.sort]
    descending = descending != backwards
    in_sites = site_ids(session, editor, wanted.site)
    conditions = matching(resolved(session, editor, wanted))
    if cursor is not None:
        type_ = {"readers": int, "priority": float}.get(wanted.sort, datetime)
        conditions.append(beyond(by, Case.id, descending, read_cursor(cursor, type_)))
    order = [by.desc(), Case.id.desc()] if descending else [by, Case.id]
    # Each site's first ones by its own index, then the first of those: no number of sites makes it sort more.
    sites = (
        func.unnest(literal(in_sites, ARRAY(Uuid)))
        .table_valued(column("id", Uuid), name="sites")
        .render_derived()
    )
    first = (
        select(Case.id)
        .where(Case.site_id == sites.c.id, *conditions)
        .correlate(sites)
        .order_by(*order)
        .limit(limit + 1)
        .lateral("first")
    )
    rows = session.scalars(
        select(Case)
        .select_from(sites)
        .join(first, true())
        .join(Case, Case.id == first.c.id)
        .order_by(*order)
        .limit(limit + 1)
        .options(*FOR_ROW)
    ).all()
    return cut_slice(rows, limit, lambda case: [getattr(case, by.key), case.id])


def case_beside(
    session: Session, editor: Editor, wanted: Filter, case: Case, *, before: bool = False
) -> Case | None:
    """The case that follows this one in the queue, or stands before it. None at the end of the queue."""
    by, _descending = _SORTS[wanted.sort]
    cursor = write_cursor([getattr(case, by.key), case.id])
    found = list_cases(session, editor, wanted, cursor=cursor, limit=1, backwards=before).items
    return found[0] if found else None


def count_by_status(session: Session, editor: Editor, wanted: Filter) -> dict[Status, int]:
    """Count the visible cases per status, of one site or all. MOST_COUNTED + 1 means more.

    A search, a page, a pair of words and a reader narrow the counts. Other filters do not: no index counts
    them.
    """
    sites = site_ids(session, editor, wanted.site)
    narrowing: list[ColumnElement[bool]] = []
    if is_counted(wanted):
        wanted = resolved(session, editor, wanted)
        narrowing = matching(replace(wanted, status=None, without_merged=False))
    tabs = {status: Filter(status=status, without_merged=wanted.without_merged) for status in STATUSES}
    if wanted.found is not None:
        return _count_few(session, [Case.site_id.in_(sites), *narrowing], tabs)
    row = session.execute(select(*(_count(sites, [*matching(tab), *narrowing]) for tab in tabs.values())))
    return dict(zip(STATUSES, row.one(), strict=True))


def _count_few(
    session: Session, conditions: Sequence[ColumnElement[bool]], tabs: dict[Status, Filter]
) -> dict[Status, int]:
    """Count in one pass the cases of a search that found few."""
    of_tabs = [func.count().filter(*matching(tab)) for tab in tabs.values()]
    counts = session.execute(select(*of_tabs).select_from(Case).where(*conditions)).one()
    return {tab: min(count, MOST_COUNTED + 1) for tab, count in zip(tabs, counts, strict=True)}


def is_counted(wanted: Filter) -> bool:
    """Return whether the filter narrows the counts on the tabs."""
    return bool(wanted.q or wanted.url or wanted.pair or wanted.reader)


def _count(sites: list[UUID], conditions: list[ColumnElement[bool]]) -> ScalarSelect[int]:
    some = select(1).where(Case.site_id.in_(sites), *conditions).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def count_some(session: Session, editor: Editor, wanted: Filter) -> int:
    """Count the matching cases. MOST_COUNTED + 1 means more. Raises InvalidUrl."""
    conditions = matching(resolved(session, editor, wanted))
    return session.scalar(select(_count(site_ids(session, editor, wanted.site), conditions))) or 0


def count_matching(session: Session, editor: Editor, wanted: Filter) -> int:
    """Count all matching cases. Raises InvalidUrl."""
    query = select(func.count(Case.id)).where(Case.site_id.in_(site_ids(session, editor, wanted.site)))
    return session.scalar(query.where(*matching(wanted))) or 0
