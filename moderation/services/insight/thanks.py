"""Figures of readers: how many reported, were right, saw a fix, and were told of it.

These are counts. A reader's hash changes every day, so a reader counts once per day, and nobody is recognised
on another day.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Case, CaseReader, Decision, Report, Site, Tally
from moderation.models.tally import Figure

THANKS = ("reported", "accepted", "fixed", "told")
"""Readers who reported; whose case was accepted or fixed; whose case was fixed; who got a mail about it."""


def thanks(reports: Select[Any], steps: Select[Any]) -> Iterable[tuple[Figure, Any, Select[Any]]]:
    """Yield figures as services/insight/tally.py counts them.

    `reports` are the day's. `steps` are the day's decisions, joined with their cases.
    """
    of_case = steps.join(CaseReader, CaseReader.case_id == Case.id).with_only_columns(CaseReader.reader_hash)
    accepted = of_case.where(Decision.old_status == "open", Decision.new_status.in_(("accepted", "fixed")))
    readers = {
        "reported": reports.with_only_columns(Report.reader_hash),
        "accepted": accepted,
        "fixed": of_case.where(Decision.new_status == "fixed"),
    }
    for key, hashes in readers.items():
        yield "thanks", literal(key), select().select_from(hashes.distinct().subquery())


def count_told(session: Session, site_id: UUID, now: datetime) -> None:
    """Count one reader who was told by mail that the typo is fixed. The caller commits.

    Nothing else remembers the mail: its address is deleted with it. A deleted site has no figures.
    """
    row = (
        select(Site.id, literal("told"), literal(now.astimezone(UTC).date()), literal(""), literal(1))
        .where(Site.id == site_id)
        .with_for_update(read=True, key_share=True)
    )
    one = insert(Tally).from_select(["site_id", "figure", "day", "key", "count"], row)
    key = (Tally.site_id, Tally.figure, Tally.day, Tally.key)
    session.execute(one.on_conflict_do_update(index_elements=key, set_={"count": Tally.count + 1}))
