"""The number of due pages, and the age of the oldest."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.models import Page


@dataclass(frozen=True, slots=True)
class DueState:
    """The pages that are due, in two numbers."""

    due: int
    oldest_seconds: float
    """How long the page that is due longest has been due; 0 when none is."""


def due_state(session: Session) -> DueState:
    """Count the pages that are due."""
    late = func.coalesce(func.extract("epoch", func.now() - func.min(Page.check_at)), 0)
    count, oldest = session.execute(select(func.count(), late).where(Page.check_at <= func.now())).one()
    return DueState(count, max(0.0, float(oldest)))
