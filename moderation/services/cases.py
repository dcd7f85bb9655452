"""Reading cases: the queue, one case, its reports, its history."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, exists, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from moderation.domain.lifecycle import Status
from moderation.domain.urls import canonical_url
from moderation.models import Case, Decision, Editor, Page, Placement, Report, Withdrawal
from moderation.services.access import visible

Sort = Literal["priority", "newest", "oldest", "readers"]
Row = TypeVar("Row")

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


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases; None: any."""

    site: UUID | None = None
    status: Status | None = None
    url: str | None = None
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
    column, descending = _SORTS[wanted.sort]
    type_ = {"readers": int, "priority": float}.get(wanted.sort, datetime)
    query = _matching(editor, wanted)
    if cursor is not None:
        query = query.where(_beyond(column, Case.id, descending, _read_cursor(cursor, type_)))
    order = [column.desc(), Case.id.desc()] if descending else [column, Case.id]
    rows = session.scalars(
        query.order_by(*order).limit(limit + 1).options(joinedload(Case.page), selectinload(Case.suggestions))
    ).all()
    return _slice(rows, limit, lambda case: [getattr(case, column.key), case.id])


def count_by_status(session: Session, editor: Editor) -> dict[Status, int]:
    """How many cases the editor sees in each status; a status without one is left out."""
    rows = session.execute(
        select(Case.status, func.count()).where(visible(editor, Case.site_id)).group_by(Case.status)
    )
    return dict(rows.all())


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
        query = query.where(_beyond(Report.created_at, Report.id, True, _read_cursor(cursor, datetime)))
    rows = session.scalars(query.order_by(Report.created_at.desc(), Report.id.desc()).limit(limit + 1)).all()
    return _slice(rows, limit, lambda report: [report.created_at, report.id])


def decisions_of(session: Session, case: Case) -> Sequence[Decision]:
    """The case's history, oldest first."""
    return session.scalars(select(Decision).where(Decision.case_id == case.id).order_by(Decision.id)).all()


def _matching(editor: Editor, wanted: Filter) -> Select[Case]:
    query = select(Case).where(visible(editor, Case.site_id))
    if wanted.site is not None:
        query = query.where(Case.site_id == wanted.site)
    if wanted.status is not None:
        query = query.where(Case.status == wanted.status)
    if wanted.url is not None:
        query = query.join(Page).where(Page.url == canonical_url(wanted.url))
    if wanted.q:
        query = query.where(_mentions(wanted.q))
    return query


def _mentions(words: str) -> ColumnElement[bool]:
    in_comment = (
        select(Placement.case_id).join(Report).where(Report.comment.icontains(words, autoescape=True))
    )
    in_title = select(Page.id).where(Page.title.icontains(words, autoescape=True))
    return Case.exact.icontains(words, autoescape=True) | Case.page_id.in_(in_title) | Case.id.in_(in_comment)


def _beyond(
    column: InstrumentedAttribute[Any],
    id_: InstrumentedAttribute[UUID],
    descending: bool,
    at: tuple[Any, UUID],
) -> ColumnElement[bool]:
    return tuple_(column, id_) < at if descending else tuple_(column, id_) > at


def _slice(rows: Sequence[Row], limit: int, key: Any) -> Slice[Row]:
    items = rows[:limit]
    more = len(rows) > limit
    return Slice(items, _write_cursor(key(items[-1])) if more else None)


def _write_cursor(key: list[Any]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def _read_cursor(cursor: str, type_: type) -> tuple[Any, UUID]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=tuple[type_, UUID])  # type: ignore[valid-type]
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise InvalidCursor from None
