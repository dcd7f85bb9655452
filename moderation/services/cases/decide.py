"""An editor decides a case: status, Decision and outbox message in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from moderation.domain.cases.lifecycle import Action, allowed
from moderation.models import Case, Editor
from moderation.services.accounts.access import may_decide
from moderation.services.cases.lock import lock_cases
from moderation.services.cases.read import UnknownCase, editable_case
from moderation.services.cases.step import Step, apply_step, is_empty
from moderation.services.conflicts import repeats_lost

_MOST_TWINS = 50


class Stale(ValueError):
    """The case changed after the editor saw it: a decision, or a report that moved its passage."""

    def __init__(self, case: Case) -> None:
        super().__init__(f"the case is at version {case.version}")
        self.case = case


@dataclass(frozen=True, slots=True)
class Decided:
    """The case after the step, and how many of its twins on other pages went with it."""

    case: Case
    twins: int


@repeats_lost
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
    override: bool = False,
    everywhere: bool = False,
    then: Callable[[Session, Case, Editor, datetime], None] = lambda *_: None,
) -> Decided:
    """Decide the case that the editor saw at `version`.

    `correction` replaces the passage of an accepted or fixed case; `reason` is for a rejected case's readers.
    With `override`, a case that somebody else closed is reopened first. With `everywhere`, open cases with
    the same passage on other pages of the site get the same decision, in the same transaction.
    `then` is called for every decided case before the commit.
    Raises UnknownCase, Forbidden, Stale, StepNotAllowed and CorrectionNotAllowed; then nothing is committed.
    """
    case = editable_case(session, editor, case_id, lock=not everywhere)
    twins = _lock_with_twins(session, case) if everywhere else []
    if case.version != version:
        raise Stale(case)
    step = Step(action=action, by=editor.id, correction=correction, note=note, reason=reason)
    if override and action not in allowed(case.status):
        apply_step(session, case, Step(action="reopen", by=editor.id), now=now)
    apply_step(session, case, step, now=now)
    for twin in twins:
        same = Step(action=action, by=editor.id, correction=case.correction, note=note, reason=reason)
        apply_step(session, twin, same, now=now)
    for decided in (case, *twins):
        then(session, decided, editor, now)
    session.commit()
    return Decided(case, len(twins))


def same_elsewhere(session: Session, case: Case) -> Sequence[Case]:
    """Cases of the same passage on other pages of the site: a mobile page, print, a syndicated text."""
    query = select(Case).where(_is_twin_of(case)).order_by(Case.id).limit(_MOST_TWINS)
    return session.scalars(query.options(joinedload(Case.page))).all()


def steps_for(editor: Editor, case: Case) -> tuple[Action, ...]:
    """The actions that this editor may use on the case as it stands."""
    if not may_decide(editor, case.site_id) or is_empty(case):
        return ()
    return allowed(case.status)


def _lock_with_twins(session: Session, case: Case) -> list[Case]:
    """Lock the case and its open twins, all in the order of their ids; return the twins."""
    twins = select(Case.id).where(_is_twin_of(case), Case.status == "open").order_by(Case.id)
    ids = session.scalars(twins.limit(_MOST_TWINS)).all()
    locked = lock_cases(session, or_(Case.id == case.id, Case.id.in_(ids) & _is_twin_of(case)))
    if case not in locked:
        raise UnknownCase
    return [other for other in locked if other.id != case.id and other.status == "open"]


def _is_twin_of(case: Case) -> ColumnElement[bool]:
    if case.fingerprint is None:
        return false()
    return and_(
        Case.site_id == case.site_id, Case.fingerprint == case.fingerprint, Case.page_id != case.page_id
    )
