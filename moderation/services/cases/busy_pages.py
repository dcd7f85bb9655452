"""The pages with waiting cases: searched, sorted and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import WAITING
from moderation.models import Case, Editor, Page
from moderation.services.accounts.access import site_ids

PageSort = Literal["most", "waiting", "newest"]
PAGE_SORTS: tuple[PageSort, ...] = get_args(PageSort)
PAGES_AT_ONCE = 50
LAST_PART = 1000


@dataclass(frozen=True, slots=True)
class BusyPage:
    """A page with the numbers of its waiting cases, and the times of its first and its last one."""

    page: Page
    open: int
    accepted: int
    oldest: datetime
    newest: datetime


@dataclass(frozen=True, slots=True)
class BusyPages:
    """One part of the list. `next_part` is None after the last."""

    rows: Sequence[BusyPage]
    next_part: int | None


def busy_pages(
    session: Session,
    editor: Editor,
    site: UUID | None = None,
    *,
    q: str = "",
    sort: PageSort = "most",
    part: int = 1,
) -> BusyPages:
    """The pages with waiting cases, PAGES_AT_ONCE of them. `q` is part of a title or of a URL."""
    waiting = func.count()
    oldest, newest = func.min(Case.first_reported_at), func.max(Case.first_reported_at)
    orders: dict[PageSort, ColumnElement[Any]] = {
        "most": waiting.desc(),
        "waiting": oldest.asc(),
        "newest": newest.desc(),
    }
    counts = (
        select(
            Case.page_id,
            waiting.filter(Case.status == "open").label("open"),
            waiting.filter(Case.status == "accepted").label("accepted"),
            oldest.label("oldest"),
            newest.label("newest"),
            func.row_number().over(order_by=(orders[sort], Case.page_id)).label("place"),
        )
        .where(Case.site_id.in_(site_ids(session, editor, site)), Case.status.in_(WAITING))
        .group_by(Case.page_id)
    )
    if q:
        counts = counts.join(Page, Page.id == Case.page_id).where(_holds(q))
    skipped = (min(max(part, 1), LAST_PART) - 1) * PAGES_AT_ONCE
    shown = counts.order_by("place").offset(skipped).limit(PAGES_AT_ONCE + 1).subquery()
    rows = session.execute(
        select(Page, shown.c.open, shown.c.accepted, shown.c.oldest, shown.c.newest)
        .join(shown, shown.c.page_id == Page.id)
        .order_by(shown.c.place)
    ).all()
    has_more = len(rows) > PAGES_AT_ONCE and part < LAST_PART
    return BusyPages([BusyPage(*row) for row in rows[:PAGES_AT_ONCE]], part + 1 if has_more else None)


def _holds(q: str) -> ColumnElement[bool]:
    return or_(Page.title.icontains(q, autoescape=True), Page.url.icontains(q, autoescape=True))
