"""What the editor of a history does. A step that a case's status does not allow changes nothing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import CorrectionNotAllowed, StepNotAllowed
from moderation.models import Bulk, Case, Editor, Placement
from moderation.services.cases import bulk
from moderation.services.cases.assign import assign
from moderation.services.cases.decide import Stale, decide
from moderation.services.cases.read import UnknownCase
from moderation.services.triage.merge_split import CannotRegroup, merge, split
from tests.support.history.events import Events

_REFUSALS = (CannotRegroup, CorrectionNotAllowed, Stale, StepNotAllowed, UnknownCase, bulk.CannotUndo)


@dataclass(slots=True)
class Editing(Events):
    """A site with an editor."""

    regrouped: set[tuple[int, int]] = field(default_factory=set)
    """Mistakes (page, key) that the editor merged or split: their reports can be together or apart."""

    def decide(self, at: int, action: Any, *, everywhere: bool = False, override: bool = False) -> None:
        """Decide a case."""
        with self._editor() as (session, editor, cases):
            if cases:
                case = cases[at % len(cases)]
                decide(
                    session, editor, case.id, action, version=case.version, now=self.now,
                    everywhere=everywhere, override=override,
                )  # fmt: skip

    def decide_many(self, at: int, count: int, action: Any) -> None:
        """Decide some cases in one step."""
        with self._editor() as (session, editor, cases):
            chosen = [(case.id, case.version) for case in cases[at % (len(cases) or 1) :][:count]]
            if chosen:
                bulk.ask_chosen(session, editor, action, chosen, now=self.now)

    def undo_last(self) -> None:
        """Undo the last bulk decision."""
        with self._editor() as (session, editor, _):
            last = session.scalar(select(Bulk.id).where(Bulk.editor_id == editor.id).order_by(Bulk.id.desc()))
            if last is not None:
                bulk.undo(session, editor, last, self.now)

    def assign(self, at: int) -> None:
        """Assign a case to the editor."""
        with self._editor() as (session, editor, cases):
            if cases:
                assign(session, editor, cases[at % len(cases)].id, editor.id)

    def merge(self, at: int, into: int) -> None:
        """Merge a case into another one of its page."""
        with self._editor() as (session, editor, cases):
            if not cases:
                return
            case = cases[at % len(cases)]
            beside = [other for other in cases if other.page_id == case.page_id]
            target = beside[into % len(beside)]
            keys = self._keys_of(session, case) | self._keys_of(session, target)
            into_case = merge(session, editor, case.id, target.id, self.now)
            self.regrouped |= keys | self._keys_of(session, into_case)

    def split(self, at: int, share: int) -> None:
        """Split every `share`-th report off a case."""
        with self._editor() as (session, editor, cases):
            if not cases:
                return
            case = cases[at % len(cases)]
            ids = session.scalars(
                select(Placement.report_id).where(Placement.case_id == case.id).order_by(Placement.report_id)
            ).all()
            keys = self._keys_of(session, case)
            split(session, editor, case.id, ids[::share], self.now)
            self.regrouped |= keys | self._keys_of(session, case)

    @contextmanager
    def _editor(self) -> Iterator[tuple[Session, Editor, Sequence[Case]]]:
        """A session, the editor, and the site's cases as the editor sees them now."""
        self.tick(minutes=1)
        with self.sessions() as session:
            cases = session.scalars(select(Case).where(Case.site_id == self.site_id).order_by(Case.id)).all()
            try:
                yield session, session.get_one(Editor, self.editor_id), cases
            except _REFUSALS:
                session.rollback()

    def _keys_of(self, session: Session, case: Case) -> set[tuple[int, int]]:
        placed = set(session.scalars(select(Placement.report_id).where(Placement.case_id == case.id)))
        return {(sent.page, sent.key) for sent in self.sent if sent.id in placed and sent.key is not None}
