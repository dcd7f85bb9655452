"""Bring a reopened case up to date: reports that came while it was decided changed nothing in it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.models import Case, Decision, Page
from moderation.services.pages.lock import lock_pages
from moderation.services.triage.save import regroup_pages


def catch_up(session: Session, decision_ids: Sequence[UUID], now: datetime) -> None:
    """Group the pages of those cases anew that are open after their decision. The caller commits."""
    pages = session.scalars(
        select(Page)
        .join(Case)
        .join(Decision, Decision.case_id == Case.id)
        .where(Decision.id.in_(decision_ids), Case.status == "open")
        .distinct()
    ).all()
    lock_pages(session, ((page.site_id, page.url) for page in pages))
    regroup_pages(session, pages, now)
