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


def page_text(revision: Revision) -> PageText:
    """A revision's text, ready to be searched; kept in memory for the next report of the page."""
    return _ready(revision.id, revision.packed, revision.article_end)


@lru_cache(maxsize=64)
def _ready(revision_id: UUID, packed: bytes, article_end: int | None) -> PageText:  # noqa: ARG001 - the id is the cache's short key
    return PageText(Revision(packed=packed).text, article_end)
