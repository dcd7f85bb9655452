"""A page's text as it was seen last, ready to be searched."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.anchoring.find import PageText
from moderation.domain.text.page_text import PageContent
from moderation.models import Page, Revision
from moderation.models.revision import pack, pack_layout
from moderation.services.pages.cache import BoundedCache


def latest_revision(session: Session, page: Page) -> Revision | None:
    """The page's text as it was seen last."""
    return session.scalar(
        select(Revision).where(Revision.page_id == page.id).order_by(Revision.seen_at.desc()).limit(1)
    )


def keep_content(
    session: Session, page: Page, before: Revision | None, content: PageContent, now: datetime
) -> Revision:
    """Store what the page shows now in place of what it showed before, and return it."""
    digest = hashlib.sha256(content.text.encode()).digest()
    layout = pack_layout(content.blocks, content.article_end)
    if before is not None and before.digest == digest:
        before.seen_at, before.layout = now, layout
        return before
    if before is not None:
        session.execute(delete(Revision).where(Revision.page_id == page.id))
    packed = pack(content.text)
    revision = Revision(id=uuid7(), page_id=page.id, digest=digest, packed=packed, layout=layout, seen_at=now)
    if before is not None:
        revision.packed_before, revision.seen_before = before.packed, before.seen_at
    session.add(revision)
    session.flush()
    return revision


# A text that is ready to be searched takes about 20 bytes per character.
_READY: BoundedCache[tuple[UUID, int | None], PageText] = BoundedCache(
    64 * 1024 * 1024, lambda text: 1000 + 20 * len(text.text)
)


def page_text(revision: Revision) -> PageText:
    """A revision's text, ready to be searched; kept in memory for the next report of the page."""
    key = (revision.id, revision.article_end)
    ready = _READY.get(key)
    if ready is None:
        ready = PageText(revision.text, revision.article_end)
        _READY.put(key, ready)
    return ready
