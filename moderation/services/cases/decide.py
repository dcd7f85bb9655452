"""An editor decides a case: status, Decision and outbox message in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import Action, after, allowed
from moderation.domain.pages.recheck_schedule import FIRST_CHECK
from moderation.models import Case, Decision, Editor, OutboxMessage
from moderation.services.accounts.access import Forbidden, may_decide
from moderation.services.cases.read import get_case
from moderation.services.cases.spam_model import learn

_TEACHING = ("spam", "accepted")
"""What editors call spam and what they take for a report teach the site's spam model."""


class Stale(ValueError):
    """The case changed since the editor looked: somebody decided it, or a report moved its passage."""

    def __init__(self, case: Case) -> None:
        super().__init__(f"the case is at version {case.version}")
        self.case = case


def decide(
    session: Session,
    editor: Editor,
    case_id: UUID,
    action: Action,
    *,
    version: int,
    now: datetime,
    correction: str | None = None,
    note: str | None = None,
    reason: str | None = None,
    over: bool = False,
) -> Case:
    """Take one step with the case that the editor saw at `version`; answers the case as it is then.

    `correction` is what an accepted case shall read instead, `reason` what a rejected one's readers are told.
    With `over`, a case that somebody else closed is reopened first: the editor saw that, and decides anew.
    Raises UnknownCase, Forbidden, Stale and StepNotAllowed; nothing is written then.
    """
    case = get_case(session, editor, case_id, lock=True)
    if not may_decide(editor, case.site_id):
        raise Forbidden
    if case.version != version:
        raise Stale(case)
    if over and action not in allowed(case.status):
        take_step(session, case, "reopen", editor_id=editor.id, now=now)
    take_step(
        session, case, action, editor_id=editor.id, now=now, correction=correction, note=note, reason=reason
    )
    session.commit()
    return case


def step_by_system(session: Session, case: Case, action: Action, *, now: datetime, note: str) -> None:
    """A step that no editor takes; the caller holds the case's lock and commits. Raises StepNotAllowed."""
    take_step(session, case, action, editor_id=None, now=now, note=note)


def take_step(
    session: Session,
    case: Case,
    action: Action,
    *,
    editor_id: UUID | None,
    now: datetime,
    correction: str | None = None,
    note: str | None = None,
    reason: str | None = None,
    bulk_id: UUID | None = None,
) -> None:
    """Status, Decision, outbox message, and what the spam model learns; the caller locks and commits.

    Raises StepNotAllowed.
    """
    old, new = case.status, after(case.status, action)
    case.status = new
    case.version += 1
    case.decided_at = None if new == "open" else now
    case.fixed_at = now if new == "fixed" else None
    if new == "open":
        case.correction = None
    elif correction is not None:
        case.correction = correction
    session.add(
        Decision(
            case_id=case.id,
            editor_id=editor_id,
            action=action,
            old_status=old,
            new_status=new,
            correction=correction,
            note=note,
            reason=reason if new == "rejected" else None,
            bulk_id=bulk_id,
            decided_at=now,
        )
    )
    if new in ("accepted", "open"):  # soon: the page is being mended, or the mistake may be there again
        case.page.check_at, case.page.checks = now + FIRST_CHECK, 0
    session.add(OutboxMessage(topic="case.decided", subject_id=case.id))
    if editor_id is not None:
        if new in _TEACHING:
            learn(session, case, spam=new == "spam")
        elif new == "open" and old in _TEACHING:
            learn(session, case, spam=old == "spam", times=-1)


def decide_elsewhere(
    session: Session, editor: Editor, case: Case, action: Action, *, now: datetime, note: str | None = None
) -> int:
    """Take the step that was taken with a case with the same passage on other pages; answers how many.

    Those that the step does not fit, or that were decided before, are left alone.
    """
    done = 0
    for other in same_elsewhere(session, case):
        if other.status == "open" and action in steps_for(editor, other):
            take_step(
                session, other, action, editor_id=editor.id, now=now, correction=case.correction, note=note
            )
            done += 1
    session.commit()
    return done


def same_elsewhere(session: Session, case: Case) -> Sequence[Case]:
    """Cases of the same passage on other pages of the site: a mobile page, print, a syndicated text."""
    if case.fingerprint is None:
        return ()
    return session.scalars(
        select(Case)
        .where(
            Case.site_id == case.site_id, Case.fingerprint == case.fingerprint, Case.page_id != case.page_id
        )
        .order_by(Case.id)
        .limit(50)
    ).all()


def steps_for(editor: Editor, case: Case) -> tuple[Action, ...]:
    """What this editor can do with the case as it stands."""
    return allowed(case.status) if may_decide(editor, case.site_id) else ()
