"""One step with many cases: chosen ones, or all that match. Followed while it runs, and undone as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, insert, literal, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.cases.lifecycle import Action, StepNotAllowed
from moderation.models import Bulk, BulkItem, Case, Editor, OutboxMessage
from moderation.models.bulk_item import Result
from moderation.services.accounts.access import site_ids
from moderation.services.accounts.standing import may_still_decide
from moderation.services.cases.apply_queue import NoCms, NothingToApply, ask_apply, require_appliable
from moderation.services.cases.filter import Filter, matching
from moderation.services.cases.lock import kept, lock_cases
from moderation.services.cases.queue import count_matching
from moderation.services.cases.read import visible_cases
from moderation.services.cases.step import Step, apply_step
from moderation.services.conflicts import repeats_lost

MOST_CHOSEN = 200
_CHUNK = 100
"""Cases of one transaction: nobody who decides one of them waits long."""


class CountChanged(ValueError):
    """Other cases match than the editor confirmed; `count` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} cases match now")
        self.count = count


class UnknownBulk(LookupError):
    """No bulk of this editor has this id."""


class CannotUndo(ValueError):
    """It is undone already, still running, or was an undoing itself."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a bulk decision: counts of its items, and whether it can be undone."""

    bulk: Bulk
    done: int
    changed: int
    """Left alone: somebody decided them in the meantime."""
    refused: int
    """Left alone: their status does not allow the step, or accept found no correction."""
    can_undo: bool

    @property
    def handled(self) -> int:
        """Cases that it is through with."""
        return self.done + self.changed + self.refused


@repeats_lost
def ask_chosen(
    session: Session,
    editor: Editor,
    action: Action,
    chosen: Sequence[tuple[UUID, int]],
    *,
    now: datetime,
    note: str | None = None,
    reason: str | None = None,
    applies: bool = False,
) -> Bulk:
    """Take a step with cases the editor chose, each as it was seen (id, version); done when this returns.

    Cases that the editor does not see are left out; at most MOST_CHOSEN are taken. With `applies`, accepted
    corrections are also applied in the CMS; a case without one is left alone.
    """
    versions = dict(chosen[:MOST_CHOSEN])
    seen = visible_cases(session, editor, list(versions))
    bulk = _add(session, editor, action, note, reason, applies=applies)
    ids = session.scalars(kept(select(Case.id).where(Case.id.in_(seen)))).all()
    session.add_all(BulkItem(bulk_id=bulk.id, case_id=case_id, version=versions[case_id]) for case_id in ids)
    bulk.total = len(ids)
    session.flush()
    work(session, bulk, now, most=MOST_CHOSEN)
    session.commit()
    return bulk


@repeats_lost
def ask_matching(
    session: Session,
    editor: Editor,
    action: Action,
    wanted: Filter,
    *,
    confirmed: int,
    now: datetime,
    note: str | None = None,
    reason: str | None = None,
    applies: bool = False,
) -> Bulk:
    """Have a step taken with every case that matches; the worker goes on with it.

    Raises CountChanged when not `confirmed` cases match any more: the editor said yes to another number.
    """
    count = count_matching(session, editor, wanted)
    if count != confirmed:
        raise CountChanged(count)
    bulk = _add(session, editor, action, note, reason, applies=applies)
    sites = site_ids(session, editor, wanted.site)
    _add_items(session, bulk, select(Case.id, Case.version).where(Case.site_id.in_(sites), *matching(wanted)))
    return _start(session, bulk, now)


@repeats_lost
def undo(session: Session, editor: Editor, bulk_id: UUID, now: datetime) -> Bulk:
    """Reopen the cases that the bulk closed, if unchanged since. Raises UnknownBulk, CannotUndo."""
    done = progress(session, editor, bulk_id)
    if not done.can_undo:
        raise CannotUndo
    bulk = _add(session, editor, "reopen", None, None)
    bulk.undoes_id = bulk_id
    closed = select(Case.id, BulkItem.version).join(BulkItem, BulkItem.case_id == Case.id)
    _add_items(session, bulk, closed.where(BulkItem.bulk_id == bulk_id, BulkItem.result == "done"))
    return _start(session, bulk, now)


def progress(session: Session, editor: Editor, bulk_id: UUID) -> Progress:
    """Return the progress of a bulk decision of this editor. Raises UnknownBulk."""
    bulk = session.scalar(select(Bulk).where(Bulk.id == bulk_id, Bulk.editor_id == editor.id))
    if bulk is None:
        raise UnknownBulk
    rows = session.execute(
        select(BulkItem.result, func.count()).where(BulkItem.bulk_id == bulk_id).group_by(BulkItem.result)
    )
    counts = dict(rows.all())
    undone = session.scalar(select(Bulk.id).where(Bulk.undoes_id == bulk_id).limit(1)) is not None
    return Progress(
        bulk,
        done=counts.get("done", 0),
        changed=counts.get("changed", 0),
        refused=counts.get("refused", 0),
        can_undo=bulk.finished_at is not None and bulk.action != "reopen" and not undone,
    )


def done_cases(session: Session, bulk: Bulk) -> list[UUID]:
    """Return the cases that the bulk decision changed, at most MOST_CHOSEN of them."""
    done = (BulkItem.bulk_id == bulk.id) & (BulkItem.result == "done")
    return list(session.scalars(select(BulkItem.case_id).where(done).limit(MOST_CHOSEN)))


def carry_on(session: Session, bulk_ids: Sequence[UUID], now: datetime) -> None:
    """The worker's part: one chunk of each, and a message for the rest. The caller commits."""
    for bulk in session.scalars(select(Bulk).where(Bulk.id.in_(bulk_ids))).all():
        if work(session, bulk, now):
            session.add(OutboxMessage(topic="bulk.asked", subject_id=bulk.id))


def work(session: Session, bulk: Bulk, now: datetime, *, most: int = _CHUNK) -> bool:
    """Take the step with the next cases; whether some are left. Safe to run twice; the caller commits."""
    waits = (BulkItem.bulk_id == bulk.id) & BulkItem.result.is_(None)
    ids = session.scalars(select(BulkItem.case_id).where(waits).order_by(BulkItem.case_id).limit(most)).all()
    editor = session.get_one(Editor, bulk.editor_id)
    cases = {case.id: case for case in lock_cases(session, Case.id.in_(ids))}
    still_waiting = select(BulkItem).where(waits, BulkItem.case_id.in_(cases))
    for item in session.scalars(still_waiting.order_by(BulkItem.case_id)).all():
        item.result = _take(session, bulk, editor, item, cases[item.case_id], now=now)
    if len(ids) == most:
        return True
    bulk.finished_at = bulk.finished_at or now
    return False


def _take(
    session: Session, bulk: Bulk, editor: Editor, item: BulkItem, case: Case, *, now: datetime
) -> Result:
    if case.version != item.version:
        return "changed"
    if not may_still_decide(editor, case.site_id) or _lacks_correction(bulk.action, case):
        return "refused"
    step = Step(action=bulk.action, by=editor.id, note=bulk.note, reason=bulk.reason, bulk_id=bulk.id)
    try:
        if bulk.applies:
            require_appliable(session, case)
        if not bulk.applies or case.status != "accepted":
            apply_step(session, case, step, now=now)
        if bulk.applies:
            ask_apply(session, case, editor.id, now)
    except (StepNotAllowed, NothingToApply, NoCms):
        return "refused"
    item.version = case.version
    return "done"


def _lacks_correction(action: Action, case: Case) -> bool:
    """Return whether the case would be accepted without a correction: nobody has read it by itself."""
    return action == "accept" and case.replacement is None


def _add(
    session: Session,
    editor: Editor,
    action: Action,
    note: str | None,
    reason: str | None,
    *,
    applies: bool = False,
) -> Bulk:
    bulk = Bulk(
        id=uuid7(), editor_id=editor.id, action=action, note=note, reason=reason, applies=applies, total=0
    )
    session.add(bulk)
    session.flush()
    return bulk


def _add_items(session: Session, bulk: Bulk, cases: Select[UUID, int]) -> None:
    """Add the cases (id, version) that still exist to the bulk."""
    found = kept(cases.add_columns(literal(bulk.id, BulkItem.bulk_id.type)))
    adding = insert(BulkItem).from_select(["case_id", "version", "bulk_id"], found)
    added = session.execute(adding, execution_options={"preserve_rowcount": True})
    bulk.total = added.rowcount  # type: ignore[attr-defined]


def _start(session: Session, bulk: Bulk, now: datetime) -> Bulk:
    """The first cases at once, so that a small bulk is done when the page comes; the worker does the rest."""
    if work(session, bulk, now):
        session.add(OutboxMessage(topic="bulk.asked", subject_id=bulk.id))
    session.commit()
    return bulk
