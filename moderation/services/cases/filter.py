"""The filter of the queue, as conditions on cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, exists, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from moderation.domain.cases.lifecycle import Status
from moderation.domain.sites.routes import is_url_prefix
from moderation.domain.sites.urls import canonical_url
from moderation.models import Case, Page, Placement, Report, Suggestion
from moderation.models.report import Kind
from moderation.services.cases.search import mentions

Sort = Literal["priority", "newest", "oldest", "readers"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases; None: any."""

    site: UUID | None = None
    status: Status | None = None
    url: str | None = None
    section: str | None = None
    """The beginning of pages' URLs, or the name that the pages state."""
    author: str | None = None
    """A name that the pages state."""
    kind: Kind | None = None
    lang: str | None = None
    assignee: UUID | None = None
    pair: bytes | None = None
    """The digest of a passage and its replacement."""
    reader: bytes | None = None
    """The hash of a reader, of whom a case has a report."""
    suggestion: bool | None = None
    """Whether a correction is at hand."""
    since: datetime | None = None
    before: datetime | None = None
    """First reported in this time, its end excluded."""
    q: str | None = None
    without_merged: bool = False
    """Leave out rejected cases whose reports belong to another case: that one is listed."""
    is_resolved: bool = False
    """The search, the reader and the pages were looked up (services/cases/resolve.py)."""
    found: tuple[UUID, ...] | None = None
    """The cases of `q` and `reader`, if they are few: they stand in for these."""
    pages: tuple[UUID, ...] | None = None
    """The pages of `url`, `section` and `author`, if they are few: they stand in for these."""
    sort: Sort = "newest"


def matching(wanted: Filter) -> list[ColumnElement[bool]]:
    """The filter as conditions on Case, all but its sites. Raises InvalidUrl."""
    conditions = []
    for field, value in (
        (Case.status, wanted.status),
        (Case.kind, wanted.kind),
        (Case.assignee_id, wanted.assignee),
        (Case.pair, wanted.pair),
    ):
        if value is not None:
            conditions.append(field == value)
    if wanted.lang is not None:  # "ru" finds "ru-RU" too
        conditions.append(
            (Case.lang == wanted.lang) | Case.lang.startswith(f"{wanted.lang}-", autoescape=True)
        )
    conditions += _on_pages(wanted)
    if wanted.suggestion is not None:
        offered = exists().where(Suggestion.case_id == Case.id)
        conditions.append(offered if wanted.suggestion else ~offered)
    if wanted.since is not None:
        conditions.append(Case.first_reported_at >= wanted.since)
    if wanted.before is not None:
        conditions.append(Case.first_reported_at < wanted.before)
    if wanted.without_merged and wanted.status in (None, "rejected"):
        conditions.append(Case.merged_into_id.is_(None))
    if wanted.found is not None:
        conditions.append(Case.id.in_(_each(wanted.found)))
    else:
        conditions += of_reports(wanted, Report.site_id == Case.site_id)
    return conditions


def of_reports(wanted: Filter, in_sites: ColumnElement[bool]) -> Iterator[ColumnElement[bool]]:
    """Yield the filter's conditions on what readers sent. `in_sites` is a condition on their reports."""
    if wanted.q:
        yield mentions(wanted.q)
    if wanted.reader is not None:
        placed = select(Placement.case_id).join(Report, Report.id == Placement.report_id)
        yield Case.id.in_(placed.where(in_sites, Report.reader_hash == wanted.reader))


def _each(ids: tuple[UUID, ...]) -> Select[UUID]:
    return select(func.unnest(literal(list(ids), ARRAY(Uuid))).column_valued())


def of_pages(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """Yield the filter's conditions on pages. Raises InvalidUrl."""
    if wanted.url is not None:
        yield Page.url == canonical_url(wanted.url)
    if wanted.section is not None:
        yield _in_section(wanted.section)
    if wanted.author is not None:
        yield Page.authors.contains([wanted.author])


def _on_pages(wanted: Filter) -> list[ColumnElement[bool]]:
    """Return the filter's conditions on pages as conditions on cases. Raises InvalidUrl."""
    if wanted.pages is not None:
        return [Case.page_id.in_(_each(wanted.pages))]
    return [
        Case.page_id.in_(select(Page.id).where(Page.site_id == Case.site_id, condition))
        for condition in of_pages(wanted)
    ]


def _in_section(section: str) -> ColumnElement[bool]:
    """Return the rule of `in_section` in domain/sites/routes.py as a condition on pages."""
    if is_url_prefix(section):
        return Page.url.startswith(section, autoescape=True)
    return func.lower(Page.section) == func.lower(section)
