"""A page's text as it was seen last, ready to be searched."""

from functools import lru_cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.anchoring.find import PageText
from moderation.models import Page, Revision


def latest_revision(session: Session, page: Page) -> Revision | None:
    """The page's text as it was seen last."""
    return session.scalar(
        select(Revision).where(Revision.page_id == page.id).order_by(Revision.seen_at.desc()).limit(1)
    )


@lru_cache(maxsize=64)
def page_text(revision_id: UUID, packed: bytes) -> PageText:  # noqa: ARG001 - the id is the cache's short key
    """A revision's text, folded and ready; kept for the next report of the page."""
    return PageText(Revision(packed=packed).text)
