"""Apply accepted corrections in the CMS of the site, and revert them: the editors' part."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.models import Case, CorrectionApply, Editor
from moderation.services.accounts.access import Forbidden, may_decide
from moderation.services.cases.apply_queue import applies_of, ask_apply, put_in_queue
from moderation.services.cases.decide import Decided, Stale, decide
from moderation.services.cases.lock import lock_cases
from moderation.services.cases.read import editable_case, get_case
from moderation.services.conflicts import repeats_lost

REVERT_TIME = timedelta(days=30)
"""The time for which an applied correction can be reverted."""


class CannotRevert(ValueError):
    """The correction was not applied, was reverted already, or was applied too long ago."""


def accept_and_apply(
    session: Session,
    editor: Editor,
    case_id: UUID,
    *,
    version: int,
    now: datetime,
    correction: str | None = None,
    note: str | None = None,
    override: bool = False,
    everywhere: bool = False,
) -> Decided:
    """Accept an open case and have its correction applied, in one transaction; an accepted case is applied.

    Raises UnknownCase, Forbidden, Stale, StepNotAllowed, NothingToApply and NoCms; then nothing is committed.
    """
    case = get_case(session, editor, case_id)
    if case.status == "accepted" and case.version == version:
        return Decided(apply_accepted(session, editor, case_id, version=version, now=now), 0)
    return decide(
        session,
        editor,
        case_id,
        "accept",
        version=version,
        now=now,
        correction=correction,
        note=note,
        override=override,
        everywhere=everywhere,
        then=_apply_decided,
    )


def _apply_decided(session: Session, case: Case, editor: Editor, now: datetime) -> None:
    ask_apply(session, case, editor.id, now)


@repeats_lost
def apply_accepted(session: Session, editor: Editor, case_id: UUID, *, version: int, now: datetime) -> Case:
    """Have the correction of a case applied that was accepted before.

    Raises UnknownCase, Forbidden, Stale, NothingToApply, NoCms.
    """
    case = editable_case(session, editor, case_id, lock=True)
    if case.version != version:
        raise Stale(case)
    ask_apply(session, case, editor.id, now)
    session.commit()
    return case


@repeats_lost
def revert(session: Session, editor: Editor, case_id: UUID, now: datetime) -> Case:
    """Have the source of a case restored that its last correction replaced.

    Raises UnknownCase, Forbidden, CannotRevert.
    """
    case = editable_case(session, editor, case_id, lock=True)
    last = to_revert(applies_of(session, case), now)
    if last is None:
        raise CannotRevert
    put_in_queue(
        session, case, editor.id, now, kind="revert", exact=last.correction, correction=last.exact, of=last
    )
    session.commit()
    return case


def to_revert(asked: Iterable[CorrectionApply], now: datetime) -> CorrectionApply | None:
    """Return the correction that can be taken back: the last one that changed the source.

    `asked`: everything that was asked of the CMS for a case, newest first. What the CMS refused counts for
    nothing, so that a revert that it refused can be asked again.
    """
    last = next((one for one in asked if one.status in ("queued", "applied")), None)
    return last if last is not None and _can_revert(last, now) else None


def _can_revert(applied: CorrectionApply, now: datetime) -> bool:
    return (
        applied.kind == "apply"
        and applied.status == "applied"
        and applied.source_before != applied.source_after
        and applied.done_at is not None
        and now - applied.done_at <= REVERT_TIME
    )


@repeats_lost
def apply_page(session: Session, editor: Editor, page_id: UUID, now: datetime) -> int:
    """Have all accepted corrections of a page applied. Returns their number.

    Raises NoCms; Forbidden for an editor who only reads.
    """
    cases = lock_cases(
        session, Case.page_id == page_id, Case.status == "accepted", Case.correction.is_not(None)
    )
    if any(not may_decide(editor, case.site_id) for case in cases):
        raise Forbidden
    count = 0
    for case in cases:
        if case.correction != case.exact:
            ask_apply(session, case, editor.id, now)
            count += 1
    session.commit()
    return count
