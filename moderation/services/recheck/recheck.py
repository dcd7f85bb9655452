"""Read one page again and settle its cases: fetch, compare, plan the next time."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import WAITING
from moderation.domain.pages.credits import Credits
from moderation.domain.pages.reading import state_of
from moderation.domain.pages.recheck_schedule import KEPT_UP
from moderation.models import Case, Page, Revision, Selection
from moderation.services.cases.lock import lock_page_with_cases
from moderation.services.cases.routing import route_again
from moderation.services.cases.step import record_unread_page
from moderation.services.pages.fetch import Fetched, Fetcher, NotFetched
from moderation.services.pages.lock import lock_page
from moderation.services.pages.revisions import keep_content, latest_revision
from moderation.services.recheck.claim import Errand
from moderation.services.recheck.read import Unread, read_fetched
from moderation.services.recheck.settle import settle_page
from moderation.services.triage.load_page import load_selections, load_whole

_LONGEST_WAIT = 24 * 3600.0
"""Seconds that a Retry-After of the host can put a page off."""

_MOST_REPORTED = 50
"""Number of selections that a first text is compared with."""

log = structlog.get_logger()


def recheck_page(
    sessions: Callable[[], Session], fetcher: Fetcher, errand: Errand, clock: Callable[[], datetime]
) -> str:
    """Fetch one page and settle what can be settled. Returns the outcome, a word for metrics.

    `read`, `unchanged` (the server says so), `deleted` (the page), or the reason why the page was not read.
    """
    try:
        fetched: Fetched | NotFetched = fetcher.fetch(
            errand.url, errand.source, etag=errand.etag, last_modified=errand.last_modified
        )
    except NotFetched as error:
        fetched = error
    outcome = "deleted"
    with sessions() as session:
        lock_page(session, errand.site_id, errand.url)
        page, cases = lock_page_with_cases(session, errand.page_id)
        if page is not None:
            with session.no_autoflush:  # every row is written once, at the end
                outcome = _apply(session, page, cases, errand, fetched, now=clock())
        session.commit()
    return outcome


def _apply(
    session: Session,
    page: Page,
    cases: Sequence[Case],
    errand: Errand,
    fetched: Fetched | NotFetched,
    *,
    now: datetime,
) -> str:
    before = latest_revision(session, page)
    text_before = None if before is None else before.text
    selections = load_selections(session, page) if before is None else None
    try:
        reading = read_fetched(fetched, errand, before, _reported(selections or ()))
    except Unread as unread:
        _record_unread(session, page, unread)
        page.fetched_at, outcome = now, str(unread.reason)
    else:
        revision = keep_content(session, page, before, reading.content, now)
        page.fetched_at, page.fetch_state, page.unread_reason = now, "ok", None
        if not reading.is_unchanged:
            page.title = reading.title  # from now on no reader's
        outcome = "unchanged" if reading.is_unchanged else "read"
        page.etag, page.last_modified = reading.etag, reading.last_modified
        on_page = load_whole(session, page, cases, revision, selections)
        has_new_credits = _keep_credits(page, reading.credits)
        settle_page(session, on_page, before=text_before, now=now)
        cases = list(on_page.cases.values())
        if has_new_credits:
            route_again(session, page, cases)
    _plan(session, page, cases, errand.leased_until, now)
    if isinstance(fetched, NotFetched):
        page.recheck_not_before(now + timedelta(seconds=min(fetched.retry_after, _LONGEST_WAIT)))
    return outcome


def _keep_credits(page: Page, stated: Credits | None) -> bool:
    """Store what the page states about itself. Returns whether it changed."""
    if stated is None or (tuple(page.authors), page.section) == (stated.authors, stated.section):
        return False
    page.authors, page.section = list(stated.authors), stated.section
    return True


def _reported(selections: Sequence[Selection]) -> list[str]:
    """Texts that readers saw on the page."""
    return [one.prefix + one.exact + one.suffix for one in selections[:_MOST_REPORTED]]


def _record_unread(session: Session, page: Page, unread: Unread) -> None:
    page.fetch_state, page.unread_reason = state_of(unread.reason), unread.reason
    record_unread_page(session, page)
    why = str(unread.__cause__) if unread.__cause__ else None
    log.info("page.not_read", url=page.url, state=page.fetch_state, reason=unread.reason, why=why)


def _plan(session: Session, page: Page, cases: Iterable[Case], leased_until: datetime, now: datetime) -> None:
    """Plan the next check. If no case needs the page, delete its text."""
    needing = (case for case in cases if case.status in WAITING or _is_kept_up(case, now))
    since = max((case.decided_at or case.last_reported_at for case in needing), default=None)
    page.recheck_later(now, since, leased_until)
    if page.check_at is None:
        session.execute(delete(Revision).where(Revision.page_id == page.id))


def _is_kept_up(case: Case, now: datetime) -> bool:
    """Return whether the mistake of a mended case could come back."""
    return case.status == "fixed" and case.fixed_at is not None and case.fixed_at > now - KEPT_UP
