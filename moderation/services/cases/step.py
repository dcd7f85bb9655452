"""One step of a case. No other module changes a case's status, correction, outcome or mended text."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.cases.lifecycle import (
    WAITING,
    Action,
    Cause,
    CorrectionNotAllowed,
    Status,
    StepNotAllowed,
    after,
    carries_correction,
    default_correction,
)
from moderation.models import Case, Decision, OutboxMessage, Page
from moderation.models.case import Outcome
from moderation.services.cases.apply_queue import cancel_queued
from moderation.services.cases.pairs import remember_pair
from moderation.services.cases.spam_model import learn
from moderation.services.events import Fact, event_of_decision, record
from moderation.services.intake.fix_notices import mail_later

_TEACHING: tuple[Status, ...] = ("spam", "accepted")
"""Decisions of editors that teach the site's spam model: what is spam, and what is a real report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An action on a case, with its author (None: the system) and its cause."""

    action: Action
    by: UUID | None = None
    """The editor's id."""
    cause: Cause = "editor"
    detail: str | None = None
    """Data for the cause's label: the outcome seen, the number of readers, the signs of spam."""
    correction: str | None = None
    """What replaces the passage, of an accepted or fixed case."""
    note: str | None = None
    """For colleagues."""
    reason: str | None = None
    """For the readers of a rejected case."""
    bulk_id: UUID | None = None


def apply_step(session: Session, case: Case, step: Step, *, now: datetime) -> Decision:
    """Change the case, store the Decision, its outbox message and its event, and teach the spam model.

    The caller holds the row lock of the case and commits.
    Raises StepNotAllowed and CorrectionNotAllowed; then nothing has changed.
    """
    old, new = case.status, _new_status(case, step)
    correction = step.correction
    if correction is None and carries_correction(step.action):
        correction = default_correction(step.action, case.suggested)
    _change(case, new, correction, now)
    decision = Decision(
        id=uuid7(),
        case_id=case.id,
        editor_id=step.by,
        action=step.action,
        old_status=old,
        new_status=new,
        cause=step.cause,
        cause_detail=step.detail,
        correction=correction,
        note=step.note,
        reason=step.reason if new == "rejected" else None,
        bulk_id=step.bulk_id,
        decided_at=now,
    )
    session.add(decision)
    if new in WAITING:
        # Accepted: somebody mends the page now. Open: the mistake may be on the page again.
        case.page.recheck_soon(now)
    if old == "accepted" and new == "open":
        cancel_queued(session, case.id)
    session.add(OutboxMessage(topic="case.decided", subject_id=decision.id, site_id=case.site_id))
    record(session, case.site_id, [Fact(event_of_decision(new), decision.id, case.id)], now)
    if new == "fixed":
        mail_later(session, case, now)
    _teach(session, case, step, old)
    return decision


def _change(case: Case, new: Status, correction: str | None, now: datetime) -> None:
    case.status = new
    case.version += 1
    case.decided_at = None if new == "open" else now
    case.fixed_at = now if new == "fixed" else None
    if new == "open":
        case.correction = case.outcome = case.mended_text = case.merged_into_id = None
    elif correction is not None:
        case.correction = correction
    remember_pair(case)


def is_empty(case: Case) -> bool:
    """Return whether the case has no report left (merged, emptied, withdrawn)."""
    return case.report_count == 0


def merge_away(session: Session, case: Case, into: Case, *, by: UUID | None = None, now: datetime) -> None:
    """Close an open case whose reports the editor `by` moved to another. The caller locks and commits."""
    apply_step(session, case, Step(action="reject", by=by, cause="merged"), now=now)
    case.merged_into_id = into.id


def close_mended(
    session: Session, case: Case, outcome: Outcome, mended_text: str | None, *, now: datetime
) -> None:
    """Close a case as fixed because the recheck saw it mended. The caller locks and commits."""
    apply_step(session, case, Step(action="fix", cause="seen_mended", detail=outcome), now=now)
    case.outcome, case.mended_text = outcome, mended_text


def reopen_returned(session: Session, case: Case, *, now: datetime) -> None:
    """Reopen a fixed case because the recheck saw the mistake again. The caller locks and commits."""
    apply_step(session, case, Step(action="reopen", cause="back_on_page"), now=now)
    case.outcome = "still_there"


def record_outcome(case: Case, outcome: Outcome) -> None:
    """Record what the last recheck saw, when it changes no status."""
    case.outcome = outcome


def record_unread_page(session: Session, page: Page) -> None:
    """Record for the waiting cases of a page that the last recheck could not read it."""
    session.execute(
        update(Case).where(Case.page_id == page.id, Case.status.in_(WAITING)).values(outcome="unknown")
    )


def _new_status(case: Case, step: Step) -> Status:
    if step.correction is not None and not carries_correction(step.action):
        raise CorrectionNotAllowed(step.action)
    new = after(case.status, step.action)
    if new == "open" and is_empty(case):
        raise StepNotAllowed(case.status, step.action, is_empty=True)
    return new


def _teach(session: Session, case: Case, step: Step, old: Status) -> None:
    """Editors teach the site's spam model; a decision that is undone is unlearned."""
    if step.by is None:
        return
    if case.status in _TEACHING:
        learn(session, case, spam=case.status == "spam")
    elif case.status == "open" and old in _TEACHING:
        learn(session, case, spam=old == "spam", times=-1)
