"""The queue of corrections for the CMS: put in, cancel, look up. services/apply/work.py works on it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.models import Case, CmsConnection, CorrectionApply
from moderation.models.correction_apply import ApplyKind

UNDO_TIME = timedelta(seconds=2)
"""An editor who undoes the decision within this time changes nothing in the CMS."""


class NoCms(ValueError):
    """The site has no connection to a CMS."""


class NothingToApply(ValueError):
    """The case is not accepted with a correction."""


def ask_apply(session: Session, case: Case, by: UUID | None, now: datetime) -> None:
    """Queue the correction of an accepted case. One that is queued already stays. The caller commits.

    The caller holds the row lock of the case. Raises NothingToApply, NoCms.
    """
    if case.status != "accepted" or case.correction is None:
        raise NothingToApply
    require_appliable(session, case)
    put_in_queue(session, case, by, now, kind="apply", exact=case.exact, correction=case.correction)


def require_appliable(session: Session, case: Case) -> None:
    """Check that the case has a correction, and its site a CMS. Raises NothingToApply, NoCms."""
    if case.replacement in (None, case.exact):
        raise NothingToApply
    if not connected_sites(session, CmsConnection.site_id == case.site_id):
        raise NoCms


def cancel_queued(session: Session, case_id: UUID) -> None:
    """Cancel what no worker has begun. The caller commits."""
    session.execute(
        update(CorrectionApply)
        .where(
            CorrectionApply.case_id == case_id,
            CorrectionApply.status == "queued",
            CorrectionApply.kind == "apply",
            CorrectionApply.leased_until.is_(None),
        )
        .values(status="canceled")
        .execution_options(synchronize_session=False)
    )


def connected_sites(session: Session, are_asked: ColumnElement[bool]) -> set[UUID]:
    """Those of the sites that have a connection to a CMS. `are_asked`: a condition on CmsConnection."""
    return set(session.scalars(select(CmsConnection.site_id).where(are_asked)))


def applies_of(session: Session, case: Case) -> Sequence[CorrectionApply]:
    """Everything that was asked of the CMS for a case, newest first."""
    query = select(CorrectionApply).where(CorrectionApply.case_id == case.id)
    return session.scalars(query.order_by(CorrectionApply.id.desc())).all()


def last_applies(session: Session, case_ids: Collection[UUID]) -> dict[UUID, CorrectionApply]:
    """By case, the latest request to the CMS."""
    query = select(CorrectionApply).where(CorrectionApply.case_id.in_(case_ids))
    query = query.ext(distinct_on(CorrectionApply.case_id))
    found = session.scalars(query.order_by(CorrectionApply.case_id, CorrectionApply.id.desc()))
    return {one.case_id: one for one in found}


def put_in_queue(
    session: Session,
    case: Case,
    by: UUID | None,
    now: datetime,
    *,
    kind: ApplyKind,
    exact: str,
    correction: str,
    of: CorrectionApply | None = None,
) -> None:
    """Store one row, unless the case has a queued one."""
    values = {
        "id": uuid7(),
        "site_id": case.site_id,
        "case_id": case.id,
        "editor_id": by,
        "kind": kind,
        "status": "queued",
        "page_url": case.page.url,
        "exact": exact,
        "prefix": of.prefix if of else case.prefix,
        "suffix": of.suffix if of else case.suffix,
        "correction": correction,
        "reverts_id": of.id if of else None,
        "due_at": now if of else now + UNDO_TIME,
    }
    session.execute(insert(CorrectionApply).values(values).on_conflict_do_nothing())
    case.changed_at = now
