"""Record what became of corrections in the CMS: rows, case, audit log, and the page's next reading."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.integrations.cms.base import PASSING, Applied, Refused
from moderation.models import Case, CorrectionApply
from moderation.services.cases.lock import lock_cases
from moderation.services.conflicts import repeats_lost
from moderation.services.sites.audit import note

MOST_ATTEMPTS = 6
_FIRST_PAUSE = 5.0
_LONGEST_PAUSE = 900.0
_LONGEST_TEXT = 500


def still_wanted(
    session: Session, rows: Sequence[CorrectionApply], now: datetime
) -> Sequence[CorrectionApply]:
    """Cancel corrections whose case is no longer accepted as it was; return the others. Commits."""
    wanted = []
    for row in _locked(session, rows):
        case = session.get_one(Case, row.case_id)
        is_accepted = case.status == "accepted" and case.correction == row.correction
        # A writing that was begun is finished: whether it was written is found out by reading the document.
        if row.kind == "apply" and not is_accepted and row.writing is None:
            row.status, row.leased_until, row.done_at = "canceled", None, now
        else:
            wanted.append(row)
    session.commit()
    return wanted


@repeats_lost
def applied(
    session: Session,
    rows: Sequence[CorrectionApply],
    result: Applied,
    now: datetime,
    problem: str | None = None,
) -> None:
    """Store a result, and have the page read again now. `problem` is shown beside it."""
    for row in _locked(session, rows):
        case = session.get_one(Case, row.case_id)
        row.document, row.link, row.revision = result.document, result.link, result.revision
        correction, key = result.corrections.get(str(row.id)), str(row.id)
        if correction is None:
            reason = result.refused.get(key, "not_there")
            _refuse(session, row, Refused(reason), now)
            continue
        if not (correction.is_done_already and row.source_before):
            row.field = correction.field
            row.source_before, row.source_after = correction.before, correction.after
        row.status, row.leased_until, row.done_at = "applied", None, now
        row.refusal, row.error = None, problem
        what = "correction.applied" if row.kind == "apply" else "correction.reverted"
        note(session, row.site_id, row.editor, what, case=str(case.id), document=result.document)  # type: ignore[arg-type]
        case.changed_at = now
        case.page.recheck_at_once(now)
    session.commit()


@repeats_lost
def refused(session: Session, rows: Sequence[CorrectionApply], refusal: Refused, now: datetime) -> None:
    """Store a refusal of the whole document: tried again if it may pass."""
    for row in _locked(session, rows):
        _refuse(session, row, refusal, now)
    session.commit()


def _refuse(session: Session, row: CorrectionApply, refusal: Refused, now: datetime) -> None:
    row.attempts += 1
    row.refusal, row.error = refusal.reason, storable(str(refusal)) or None
    row.leased_until = None
    session.get_one(Case, row.case_id).changed_at = now
    if refusal.reason in PASSING and row.attempts < MOST_ATTEMPTS:
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 4 ** (row.attempts - 1))
        row.due_at = now + timedelta(seconds=max(pause, refusal.retry_after))
        return
    row.status, row.done_at = "refused", now
    note(session, row.site_id, row.editor, "correction.refused", case=str(row.case_id), reason=refusal.reason)


def storable(text: str) -> str:
    """Return what can be stored of a text that came from a CMS: it may hold U+0000, and have any length."""
    return text.replace("\x00", "")[:_LONGEST_TEXT]


def _locked(session: Session, rows: Sequence[CorrectionApply]) -> Sequence[CorrectionApply]:
    """Lock the cases, their pages and these rows, and read them anew."""
    lock_cases(session, Case.id.in_([row.case_id for row in rows]))
    return session.scalars(
        select(CorrectionApply)
        .where(CorrectionApply.id.in_([row.id for row in rows]), CorrectionApply.status == "queued")
        .order_by(CorrectionApply.id)
        .with_for_update(of=CorrectionApply)
        .execution_options(populate_existing=True)
    ).all()
