"""Reading cases: the queue, one case, its reports, its history."""

import base64
import binascii
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, ScalarSelect, Uuid, column, exists, func, literal, select, true, tuple_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from moderation.domain.lifecycle import STATUSES, Status
from moderation.domain.urls import canonical_url
from moderation.models import Case, Decision, Editor, Page, Placement, Report, Suggestion, Withdrawal
from moderation.models.report import Kind
from moderation.services.access import site_ids, visible
from moderation.services.search import mentions

Sort = Literal["priority", "newest", "oldest", "readers"]
Row = TypeVar("Row")

_FEW = 2000
MOST_COUNTED = 1000
"""A count stops there: what an editor needs to know of more is that they are more."""

_SORTS: dict[Sort, tuple[InstrumentedAttribute[Any], bool]] = {
    "priority": (Case.priority, True),
    "newest": (Case.first_reported_at, True),
    "oldest": (Case.first_reported_at, False),
    "readers": (Case.reader_count, True),
}


class UnknownCase(LookupError):
    """No case has this id, or it belongs to a site that the editor does not see."""


class InvalidCursor(ValueError):
    """The cursor was not made by us, or for another sort."""


FOR_ROW = (joinedload(Case.page), joinedload(Case.assignee), selectinload(Case.suggestions))
"""What the row of a case shows, in two queries however many there are."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases; None: any."""

    site: UUID | None = None
    status: Status | None = None
    url: str | None = None
    section: str | None = None
    """The beginning of pages' URLs."""
    kind: Kind | None = None
    lang: str | None = None
    assignee: UUID | None = None
    suggestion: bool | None = None
    """Whether a correction is at hand."""
    since: datetime | None = None
    before: datetime | None = None
    """First reported in this time, its end excluded."""
    q: str | None = None
    sort: Sort = "newest"


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some rows, and the cursor to go on with (None: that was all)."""

    items: Sequence[Row]
    next: str | None


def list_cases(
    session: Session, editor: Editor, wanted: Filter, *, cursor: str | None = None, limit: int = 50
) -> Slice[Case]:
    """The cases that the editor may see, by keyset. Raises InvalidCursor, and InvalidUrl for `url`."""
    by, descending = _SORTS[wanted.sort]
    in_sites = site_ids(session, editor, wanted.site)
    conditions = _found_first(session, in_sites, wanted)
    if cursor is not None:
        type_ = {"readers": int, "priority": float}.get(wanted.sort, datetime)
        conditions.append(_beyond(by, Case.id, descending, read_cursor(cursor, type_)))
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


def _found_first(session: Session, sites: list[UUID], wanted: Filter) -> list[ColumnElement[bool]]:
    """The filter's conditions, with the few cases that a search finds in its place.

    PostgreSQL cannot tell a rare word from a common one beforehand, and would walk through the whole queue
    for a rare one. Of a common word the queue's own order finds enough at once.
    """
    if not wanted.q:
        return matching(wanted)
    found = session.scalars(
        select(Case.id).where(Case.site_id.in_(sites), mentions(wanted.q)).limit(_FEW + 1)
    ).all()
    if len(found) > _FEW:
        return matching(wanted)
    ids = func.unnest(literal(list(found), ARRAY(Uuid))).column_valued()
    return [Case.id.in_(select(ids)), *matching(replace(wanted, q=None))]


def count_by_status(session: Session, editor: Editor, site: UUID | None = None) -> dict[Status, int]:
    """How many cases the editor sees in each status, of one site or all; MOST_COUNTED + 1: more."""
    sites = site_ids(session, editor, site)
    row = session.execute(select(*(_count(sites, status).label(status) for status in STATUSES))).one()
    return dict(zip(STATUSES, row, strict=True))


def _count(sites: list[UUID], status: Status) -> ScalarSelect[int]:
    some = select(1).where(Case.site_id.in_(sites), Case.status == status).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def count_matching(session: Session, editor: Editor, wanted: Filter) -> int:
    """How many cases match, exactly. Raises InvalidUrl."""
    query = select(func.count(Case.id)).where(Case.site_id.in_(site_ids(session, editor, wanted.site)))
    return session.scalar(query.where(*matching(wanted))) or 0


def visible_cases(session: Session, editor: Editor, ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids that are cases the editor sees."""
    return set(session.scalars(select(Case.id).where(Case.id.in_(ids), visible(editor, Case.site_id))))


def get_case(session: Session, editor: Editor, case_id: UUID, *, lock: bool = False) -> Case:
    """One case; with `lock`, nobody else decides it until the transaction ends. Raises UnknownCase."""
    query = select(Case).where(Case.id == case_id, visible(editor, Case.site_id))
    query = query.options(joinedload(Case.page), selectinload(Case.suggestions))
    if lock:
        query = query.with_for_update(of=Case).execution_options(populate_existing=True)
    case = session.scalar(query)
    if case is None:
        raise UnknownCase
    return case


def reports_of(session: Session, case: Case, *, cursor: str | None = None, limit: int = 50) -> Slice[Report]:
    """The case's reports, newest first. Raises InvalidCursor."""
    query = select(Report).join(Placement).where(Placement.case_id == case.id)
    query = query.where(~exists().where(Withdrawal.report_id == Report.id))
    if cursor is not None:
        query = query.where(_beyond(Report.created_at, Report.id, True, read_cursor(cursor, datetime)))
    rows = session.scalars(query.order_by(Report.created_at.desc(), Report.id.desc()).limit(limit + 1)).all()
    return cut_slice(rows, limit, lambda report: [report.created_at, report.id])


def decisions_of(session: Session, case: Case) -> Sequence[Decision]:
    """The case's history, oldest first."""
    return session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id)).all()


def last_decisions(session: Session, case_ids: Collection[UUID]) -> dict[UUID, Decision]:
    """By case, the step that brought it where it is; a case without one is left out."""
    found = session.scalars(
        select(Decision)
        .where(Decision.case_id.in_(case_ids))
        .distinct(Decision.case_id)
        .order_by(Decision.case_id, Decision.id.desc())
    )
    return {decision.case_id: decision for decision in found}


def matching(wanted: Filter) -> list[ColumnElement[bool]]:
    """The filter as conditions on Case, all but its sites. Raises InvalidUrl."""
    conditions = []
    for field, value in (
        (Case.status, wanted.status),
        (Case.kind, wanted.kind),
        (Case.assignee_id, wanted.assignee),
    ):
        if value is not None:
            conditions.append(field == value)
    if wanted.lang is not None:  # "ru" finds "ru-RU" too
        conditions.append(
            (Case.lang == wanted.lang) | Case.lang.startswith(f"{wanted.lang}-", autoescape=True)
        )
    if wanted.url is not None:
        conditions.append(Case.page_id.in_(select(Page.id).where(Page.url == canonical_url(wanted.url))))
    if wanted.section is not None:
        in_section = Page.url.startswith(wanted.section, autoescape=True)
        conditions.append(Case.page_id.in_(select(Page.id).where(Page.site_id == Case.site_id, in_section)))
    if wanted.suggestion is not None:
        offered = exists().where(Suggestion.case_id == Case.id)
        conditions.append(offered if wanted.suggestion else ~offered)
    if wanted.since is not None:
        conditions.append(Case.first_reported_at >= wanted.since)
    if wanted.before is not None:
        conditions.append(Case.first_reported_at < wanted.before)
    if wanted.q:
        conditions.append(mentions(wanted.q))
    return conditions


def _beyond(
    column: InstrumentedAttribute[Any],
    id_: InstrumentedAttribute[UUID],
    descending: bool,
    at: tuple[Any, UUID],
) -> ColumnElement[bool]:
    return tuple_(column, id_) < at if descending else tuple_(column, id_) > at


def cut_slice(rows: Sequence[Row], limit: int, key: Any) -> Slice[Row]:
    """A slice of rows of which one more than `limit` was asked for; `key` is what its cursor holds."""
    items = rows[:limit]
    more = len(rows) > limit
    return Slice(items, _write_cursor(key(items[-1])) if more else None)


def _write_cursor(key: list[Any]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read_cursor(cursor: str, type_: type) -> tuple[Any, UUID]:
    """What stands behind a cursor: a key of this type, and an id. Raises InvalidCursor."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=tuple[type_, UUID])  # type: ignore[valid-type]
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise InvalidCursor from None
