"""The day of a reader's hash: it is valid on that day only."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from moderation.models import Tally


def reader_days(session: Session, in_period: ColumnElement[bool], hashes: Sequence[str]) -> dict[str, date]:
    """Return the day of each of these hashes, in hex."""
    of_readers = in_period & (Tally.figure == "reader") & Tally.key.in_(hashes)
    rows = session.execute(select(Tally.key, func.max(Tally.day)).where(of_readers).group_by(Tally.key))
    return {row.key: row[1] for row in rows}
