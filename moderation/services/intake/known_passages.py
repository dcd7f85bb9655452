"""What a page's readers may know: which passages the editors have on their desk."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import WAITING
from moderation.domain.text.normalise import Quote
from moderation.models import Case, Page

MOST = 200


def known_passages(session: Session, site_id: UUID, url: str) -> list[Quote]:
    """Passages of the page's open and accepted cases, at most MOST.

    Only those that were found on the page itself: whatever else a reader may have sent as a quote is
    shown to nobody.
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
