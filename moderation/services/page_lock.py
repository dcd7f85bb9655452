"""One page at a time: whoever changes a page's cases from reports takes turns."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:page, 0))")


def lock_page(session: Session, site_id: UUID, url: str) -> None:
    """Hold the page until the transaction ends. Lock several in the order of (site_id, url)."""
    session.execute(_LOCK, {"page": f"{site_id} {url}"})
