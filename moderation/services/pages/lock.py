"""One page at a time: whoever changes a page's cases from reports takes turns."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

# The sub-select keeps the order: locks are taken as they are named.
_LOCK = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(page, 0)) FROM "
    "(SELECT page FROM unnest(CAST(:pages AS text[])) WITH ORDINALITY AS named(page, n) "
    "ORDER BY n OFFSET 0) AS ordered"
)


def lock_pages(session: Session, pages: Iterable[tuple[UUID, str]]) -> None:
    """Hold the pages (site and URL) until the transaction ends.

    In one order, whoever asks: two workers with mixed batches wait for each other and never for ever.
    """
    session.execute(_LOCK, {"pages": [f"{site_id} {url}" for site_id, url in sorted(set(pages))]})


def lock_page(session: Session, site_id: UUID, url: str) -> None:
    """Hold one page."""
    lock_pages(session, [(site_id, url)])
