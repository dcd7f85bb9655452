"""Seeing that a page is mended: fetched again on a widening schedule, once for all its cases."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urljoin
from uuid import UUID

import structlog
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.anchoring.mending import Seen, look
from moderation.domain.cases.lifecycle import WAITING
from moderation.domain.pages.recheck_schedule import KEPT_UP
from moderation.domain.sites.urls import InvalidUrl, canonical_url
from moderation.domain.text.markup import parse
from moderation.domain.text.normalise import Quote
from moderation.domain.text.page_text import PageContent, canonical_link, has_sign_in, read_content
from moderation.models import Case, Editor, Page, Revision, Site
from moderation.models.revision import pack, pack_layout
from moderation.services.accounts.access import Forbidden, may_decide, visible
from moderation.services.cases.step import (
    close_mended,
    record_outcome,
    record_unread_page,
    reopen_returned,
)
from moderation.services.pages.fetch import Fetched, Fetcher, NotFetched
from moderation.services.pages.lock import lock_page
from moderation.services.pages.revisions import latest_revision
from moderation.services.triage.locate import quote_of
from moderation.services.triage.page_cases import PageCases, load_whole
from moderation.services.triage.save import regroup_page

# A page that lost more of its text than this is an error page in disguise, or a paywall.
_KEPT_OF_TEXT = 0.5
_LEASE = timedelta(minutes=5)
_SEEN_MENDED = ("as_suggested", "otherwise", "gone")

log = structlog.get_logger()


class UnknownPage(LookupError):
    """No report speaks of this page."""


@dataclass(slots=True)
class Turns:
    """Whose turn it was last. A worker keeps it from one look to the next."""

    last: UUID = field(default_factory=lambda: UUID(int=0))


@dataclass(frozen=True, slots=True)
class _Errand:
    """What a fetch needs to know, taken out of the transaction: the network is slow."""

    page_id: UUID
    site_id: UUID
    url: str
    origins: tuple[str, ...]
    root: str
    etag: str | None
    last_modified: str | None


def ask_for_check(session: Session, editor: Editor | None, url: str, now: datetime) -> UUID:
    """Have a page looked at now, for an editor or (None) for the operator.

    Raises UnknownPage, InvalidUrl, and Forbidden for an editor who only reads.
    """
    query = select(Page).where(Page.url == canonical_url(url)).limit(1)
    page = session.scalar(query.where(visible(editor, Page.site_id)) if editor else query)
    if page is None:
        raise UnknownPage(url)
    if editor is not None and not may_decide(editor, page.site_id):
        raise Forbidden
    page.recheck_at_once(now)
    session.commit()
    return page.id


def check_due(
    sessions: Callable[[], Session],
    fetcher: Fetcher,
    now: Callable[[], datetime],
    most: int = 20,
    *,
    turns: Turns | None = None,
) -> int:
    """Look at the pages whose time has come; answers how many. Several workers share them out.

    Sites take turns: a host is asked once a second at most, and one with a thousand pages must not keep the
    others waiting.
    """
    turns = turns or Turns()
    for done in range(most):
        with sessions() as session:
            errand = _claim(session, now(), turns.last)
        if errand is None:
            return done
        turns.last = errand.site_id
        check(sessions, fetcher, errand, now)
    return most


def check(
    sessions: Callable[[], Session], fetcher: Fetcher, errand: _Errand, now: Callable[[], datetime]
) -> None:
    """Fetch one page and settle what can be settled."""
    try:
        fetched: Fetched | NotFetched = fetcher.fetch(
            errand.url, errand.origins, etag=errand.etag, last_modified=errand.last_modified
        )
    except NotFetched as error:
        fetched = error
    with sessions() as session:
        lock_page(session, errand.site_id, errand.url)
        page = session.get(Page, errand.page_id, with_for_update=True)
        if page is not None:
            _apply(session, page, errand, fetched, now())
        session.commit()


def _claim(session: Session, now: datetime, after: UUID) -> _Errand | None:
    """The page of the next site that waits longest, leased for a while: a worker that dies gives it back."""
    page = session.scalar(
        select(Page)
        .where(Page.check_at <= now)
        .order_by(Page.site_id <= after, Page.site_id, Page.check_at)
        .limit(1)
        .with_for_update(skip_locked=True, of=Page)
    )
    if page is None:
        return None
    page.lease_recheck(now + _LEASE)
    site = session.get_one(Site, page.site_id)
    kept = latest_revision(session, page)
    errand = _Errand(
        page.id, page.site_id, page.url, tuple(site.origins), site.settings.article_root,
        # Without a text to compare with, "not modified" would say nothing.
        page.etag if kept else None, page.last_modified if kept else None,
    )  # fmt: skip
    session.commit()
    return errand


def _apply(
    session: Session, page: Page, errand: _Errand, fetched: Fetched | NotFetched, now: datetime
) -> None:
    page.fetched_at = now
    before = latest_revision(session, page)
    if isinstance(fetched, NotFetched):
        page.fetch_state = fetched.state  # type: ignore[assignment]
        log.info("page not fetched", url=page.url, state=fetched.state, why=str(fetched))
        record_unread_page(session, page)
    else:
        content = _known_content(before) if fetched.body is None and before else _content_of(fetched, errand)
        if content is None or (before is not None and len(content.text) < _KEPT_OF_TEXT * len(before.text)):
            page.fetch_state = "unreadable"
            record_unread_page(session, page)
        else:
            page.fetch_state, page.etag, page.last_modified = "ok", fetched.etag, fetched.last_modified
            _keep(session, page, before, content, now)
            _settle(session, page, had_text=before is not None, now=now)
    _plan(session, page, now)


def _known_content(revision: Revision) -> PageContent:
    """The content of a page that has not changed since."""
    text, article_end = revision.text, revision.article_end
    return PageContent(text, revision.blocks, len(text) if article_end is None else article_end)


def _content_of(fetched: Fetched, errand: _Errand) -> PageContent | None:
    """The page's text, or None where what came is another page: a sign-in, a front page."""
    document = parse(fetched.body or b"", fetched.charset)
    if document is None or not _is_page(fetched.url, canonical_link(document), errand.url):
        return None
    content = read_content(document, root=errand.root or None)
    return None if has_sign_in(document) or not content.text else content


def _is_page(fetched_url: str, link: str | None, url: str) -> bool:
    """Whether this is the page that was asked for: by its own word, else by where redirects led."""
    try:
        named = canonical_url(urljoin(fetched_url, link) if link else fetched_url)
    except InvalidUrl:
        return False
    return named.partition("://")[2] == url.partition("://")[2]


def _keep(session: Session, page: Page, before: Revision | None, content: PageContent, now: datetime) -> None:
    digest = hashlib.sha256(content.text.encode()).digest()
    if before is not None and before.digest == digest:
        before.seen_at = now
        before.layout = pack_layout(content.blocks, content.article_end)
        return
    session.execute(delete(Revision).where(Revision.page_id == page.id))
    session.add(
        Revision(
            id=uuid7(),
            page_id=page.id,
            digest=digest,
            packed=pack(content.text),
            layout=pack_layout(content.blocks, content.article_end),
            seen_at=now,
        )
    )
    session.flush()


def _settle(session: Session, page: Page, *, had_text: bool, now: datetime) -> None:
    """Look for every mistake that is not settled for good; close what is mended, reopen what is back."""
    on_page = load_whole(session, page)
    if on_page.text is None:
        return
    for case in on_page.cases.values():
        if case.status in (*WAITING, "fixed"):
            _settle_case(session, on_page, case, had_text=had_text, now=now)
    regroup_page(session, page, now)


def _settle_case(session: Session, on_page: PageCases, case: Case, *, had_text: bool, now: datetime) -> None:
    if on_page.text is None:
        return
    standing = on_page.standing(case.id)
    if standing is not None and standing.exact == case.exact:
        # The readers' own quote first: an equal sentence elsewhere may agree better with the shown context.
        seen = look(on_page.text, quote_of(standing), standing.start, _suggested(case))
    else:
        seen = look(on_page.text, Quote(case.exact, case.prefix, case.suffix), case.start, _suggested(case))
    if case.status == "fixed":
        if case.outcome in _SEEN_MENDED and seen.outcome == "still_there":
            _show(case, seen)
            reopen_returned(session, case, now=now)
        elif seen.outcome in _SEEN_MENDED:
            record_outcome(case, seen.outcome)
        return
    was_there = had_text and case.state == "found"
    _show(case, seen)
    # What was never seen on the page cannot be seen mended: the reader may have read another edition.
    if seen.outcome in _SEEN_MENDED and (was_there or seen.outcome == "as_suggested"):
        close_mended(session, case, seen.outcome, seen.text, now=now)
    else:
        record_outcome(case, "still_there" if seen.outcome == "still_there" else "unknown")


def _show(case: Case, seen: Seen) -> None:
    if seen.outcome == "gone":
        case.state = "gone"
        return
    case.state = "found" if seen.outcome == "still_there" else "changed"
    case.start, case.end = seen.start, seen.end


def _suggested(case: Case) -> list[str]:
    corrections = [case.correction] if case.correction is not None else []
    return corrections + [suggestion.text for suggestion in case.suggestions]


def _plan(session: Session, page: Page, now: datetime) -> None:
    """When to look again; a page that no case needs keeps no text."""
    since = session.scalar(
        select(func.max(func.coalesce(Case.decided_at, Case.last_reported_at))).where(
            Case.page_id == page.id,
            Case.status.in_(WAITING) | ((Case.status == "fixed") & (Case.fixed_at > now - KEPT_UP)),
        )
    )
    page.recheck_later(now, since)
    if page.check_at is None:
        session.execute(delete(Revision).where(Revision.page_id == page.id))
