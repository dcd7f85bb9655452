"""Passages of a page that readers have reported already, for the widget."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import WAITING
from moderation.domain.text.normalise import Quote
from moderation.models import Case, Page

MOST = 200


def known_passages(session: Session, site_id: UUID, url: str) -> list[Quote]:
    """Return the passages of the page's open and accepted cases, at most MOST.

    Only passages that were found on the page are returned. Other quotes are readers' texts, which the widget
    must not show.
    """
    rows = session.execute(
        select(Case.exact, Case.prefix, Case.suffix)
        .join(Page)
        .where(
            Page.site_id == site_id,
            Page.url == url,
            Case.status.in_(WAITING),
            Case.state == "found",
        )
        .order_by(Case.id.desc())
        .limit(MOST)
    )
    return [Quote(exact, prefix[-32:], suffix[:32]) for exact, prefix, suffix in rows]
