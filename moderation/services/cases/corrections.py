"""Public list of a site's corrections: what the page said, and what it says now."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from moderation.models import Case

MOST = 50
_SEEN = ("as_suggested", "otherwise")


class Correction(msgspec.Struct, frozen=True):
    """A mistake that was fixed on its page."""

    id: UUID
    url: str
    title: str | None
    wrong: str
    right: str
    fixed_at: datetime
    readers: int


def corrections_of(session: Session, site_id: UUID) -> Sequence[Correction]:
    """Return the site's latest corrections, newest first.

    Only what a recheck saw fixed is listed, and of that only passages that the page was seen to hold or that
    an editor accepted: anybody can send a wrong text whose "correction" is what the page says all the time.
    """
    cases = session.scalars(
        select(Case)
        .where(Case.site_id == site_id, Case.status == "fixed", Case.outcome.in_(_SEEN))
        .where(Case.was_on_page | Case.correction.is_not(None))
        .order_by(Case.changed_at.desc())
        .limit(MOST)
        .options(joinedload(Case.page))
    )
    corrections = [
        Correction(
            case.id,
            case.page.url,
            case.page.title,
            case.exact,
            case.mended_text or case.correction or "",
            case.fixed_at,
            case.reader_count,
        )
        for case in cases
        if case.fixed_at is not None and (case.mended_text or case.correction)
    ]
    return sorted(corrections, key=lambda each: each.fixed_at, reverse=True)
