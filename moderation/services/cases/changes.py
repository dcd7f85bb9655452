"""What changed in a queue since a desk last asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.models import Case, Editor
from moderation.services.accounts.access import site_ids
from moderation.services.cases.filter import Filter, matching
from moderation.services.cases.read import FOR_ROW

MOST = 200
# A transaction's changes carry the time it began, and are seen when it ends: nobody's runs longer than this
# (statement_timeout). What is told twice changes nothing: a row knows its version.
_OVERLAP = timedelta(seconds=16)


@dataclass(frozen=True, slots=True)
class Changes:
    """Cases that match now, those that changed and do not, and when this was."""

    at: datetime
    matching: Sequence[Case]
    gone: Sequence[Case]


def changes(session: Session, editor: Editor, wanted: Filter, since: datetime) -> Changes:
    """What changed since then, the latest MOST of it. Raises InvalidUrl."""
    at = session.scalar(select(func.clock_timestamp()))
    sites = site_ids(session, editor, wanted.site)
    changed = session.scalars(
        select(Case.id)
        .where(Case.site_id.in_(sites), Case.changed_at > since - _OVERLAP)
        .order_by(Case.changed_at.desc())
        .limit(MOST)
    ).all()
    found = session.scalars(
        select(Case).where(Case.id.in_(changed), *matching(wanted)).options(*FOR_ROW)
    ).all()
    left = set(changed) - {case.id for case in found}
    gone = session.scalars(select(Case).where(Case.id.in_(left))).all()
    return Changes(at, found, gone)  # type: ignore[arg-type]
