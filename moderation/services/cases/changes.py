"""Changes of a queue since a desk last asked."""

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
"""Changed cases in one answer."""
# `changed_at` is the start of a transaction, but the row is visible only after its commit. Look back longer
# than statement_timeout, so that no change is missed. Duplicates do no harm: a row knows its version.
_OVERLAP = timedelta(seconds=16)


@dataclass(frozen=True, slots=True)
class Changes:
    """Changed cases, by whether they match the filter now, and the database's time of the answer."""

    at: datetime
    matching: Sequence[Case]
    no_longer_matching: Sequence[Case]


def changes(session: Session, editor: Editor, wanted: Filter, since: datetime) -> Changes:
    """The latest MOST changes since then. Raises InvalidUrl."""
    at = session.execute(select(func.clock_timestamp())).scalar_one()
    sites = site_ids(session, editor, wanted.site)
    changed = session.scalars(
        select(Case.id)
        .where(Case.site_id.in_(sites), Case.changed_at > since - _OVERLAP)
        .order_by(Case.changed_at.desc())
        .limit(MOST)
    ).all()
    matches = session.scalars(
        select(Case).where(Case.id.in_(changed), *matching(wanted)).options(*FOR_ROW)
    ).all()
    others = set(changed) - {case.id for case in matches}
    return Changes(at, matches, session.scalars(select(Case).where(Case.id.in_(others))).all())
