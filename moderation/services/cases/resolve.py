"""Look up a filter's search, reader and pages once, before its cases are listed and counted.

PostgreSQL cannot tell a rare word from a common one beforehand, nor whether a section's cases lie together.
It would walk through the whole queue for a few rows. Of a common word or a large section the queue's own
order finds enough at once.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from moderation.models import Case, Editor, Page, Report
from moderation.services.accounts.access import site_ids
from moderation.services.cases.filter import Filter, of_pages, of_reports

FEW = 2000


def resolved(session: Session, editor: Editor, wanted: Filter) -> Filter:
    """Return the filter with the cases of its search and reader, and its pages, where they are few.

    Raises InvalidUrl.
    """
    if wanted.is_resolved:
        return wanted
    on_pages = list(of_pages(wanted))
    if not (wanted.q or wanted.reader or on_pages):
        return wanted
    sites = site_ids(session, editor, wanted.site)
    of_readers = list(of_reports(wanted, Report.site_id.in_(sites)))
    return replace(
        wanted,
        is_resolved=True,
        found=_ids(session, Case.id, Case.site_id.in_(sites), of_readers),
        pages=_ids(session, Page.id, Page.site_id.in_(sites), on_pages),
    )


def _ids(
    session: Session,
    id_: InstrumentedAttribute[UUID],
    in_sites: ColumnElement[bool],
    conditions: Sequence[ColumnElement[bool]],
) -> tuple[UUID, ...] | None:
    """Return the ids of the rows, if there are conditions and FEW rows at most."""
    if not conditions:
        return None
    ids = session.scalars(select(id_).where(in_sites, *conditions).limit(FEW + 1)).all()
    return tuple(ids) if len(ids) <= FEW else None
