"""Who reported a case: distinct readers by hash, counted at the same cost however many they are."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Case, CaseReader, Placement, Report


def add_readers(session: Session, pairs: set[tuple[UUID, bytes]], now: datetime) -> Sequence[UUID]:
    """Note who reported which case; answers the case of everyone who had not before."""
    if not pairs:
        return ()
    rows = [{"case_id": case_id, "reader_hash": reader, "since": now} for case_id, reader in sorted(pairs)]
    return session.scalars(
        insert(CaseReader).values(rows).on_conflict_do_nothing().returning(CaseReader.case_id)
    ).all()


def recount_readers(session: Session, case: Case) -> None:
    """Count a case's readers anew, from its reports. Rare: after reports moved between cases."""
    mine = (
        select(Report.reader_hash).join(Placement).where(Placement.case_id == case.id).distinct().subquery()
    )
    session.execute(
        delete(CaseReader).where(
            CaseReader.case_id == case.id, CaseReader.reader_hash.not_in(select(mine.c.reader_hash))
        )
    )
    rows = select(literal(case.id, CaseReader.case_id.type), mine.c.reader_hash)
    session.execute(insert(CaseReader).from_select(["case_id", "reader_hash"], rows).on_conflict_do_nothing())
    case.reader_count = (
        session.scalar(select(func.count()).select_from(CaseReader).where(CaseReader.case_id == case.id)) or 0
    )
