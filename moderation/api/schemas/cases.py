"""Schemas of cases and reports, and of merging and splitting."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.api.schemas.reports import QuoteOut
from moderation.domain.cases.lifecycle import Status
from moderation.domain.sites.limits import CREDIT_LENGTH, LANG_LENGTH, SEARCH_LENGTH, Url
from moderation.domain.times import Time
from moderation.models import Report
from moderation.models.report import Kind
from moderation.services.cases.filter import Filter, Sort
from moderation.services.cases.representation import CaseOut


class CaseList(msgspec.Struct, frozen=True):
    """A page of cases; `next` is the cursor of the next page."""

    items: list[CaseOut]
    next: str | None


class ReportOut(msgspec.Struct, frozen=True):
    """A report of a reader."""

    id: UUID
    created_at: Time
    quote: QuoteOut
    correction: str | None
    comment: str | None
    kind: Kind | None
    lang: str | None

    @classmethod
    def of(cls, report: Report) -> "ReportOut":
        """Make the API's form of a report, without data about the reader."""
        return cls(
            id=report.id,
            created_at=report.created_at,
            quote=QuoteOut(report.exact, report.prefix, report.suffix),
            correction=report.correction,
            comment=report.comment,
            kind=report.kind,
            lang=report.lang,
        )


class ReportList(msgspec.Struct, frozen=True):
    """A page of reports of a case, newest first."""

    items: list[ReportOut]
    next: str | None


class MergeIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The case that receives the reports."""

    into: UUID


class SplitIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The reports to move to a new case."""

    report_ids: Annotated[list[UUID], Meta(min_length=1, max_length=1000)]


class CaseItems(msgspec.Struct, frozen=True):
    """Cases that a merge or split changed or created."""

    items: list[CaseOut]


class RecheckIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The page to check."""

    url: Url


class RecheckOut(msgspec.Struct, frozen=True):
    """The page will be checked within seconds."""

    page: UUID


class CaseFilter(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Filter of cases.

    `section` is the beginning of page URLs, or the name that pages state; `author` is a name that they state.
    `since` and `before` limit the time of the first report.
    `suggestion` selects cases with or without a correction. `q` searches the words of passages, comments
    and titles.
    """

    site: UUID | None = None
    status: Status | None = None
    url: Url | None = None
    section: Url | None = None
    author: Annotated[str, Meta(min_length=1, max_length=CREDIT_LENGTH)] | None = None
    kind: Kind | None = None
    lang: Annotated[str, Meta(max_length=LANG_LENGTH)] | None = None
    assignee: UUID | None = None
    suggestion: bool | None = None
    since: Time | None = None
    before: Time | None = None
    q: Annotated[str, Meta(max_length=SEARCH_LENGTH)] | None = None

    def filter(self, sort: Sort = "newest") -> Filter:
        """Convert the query to the filter of services/cases."""
        return Filter(**{name: getattr(self, name) for name in CaseFilter.__struct_fields__}, sort=sort)


class CaseQuery(CaseFilter, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Query of cases: filters and order."""

    sort: Literal["priority", "newest", "oldest", "readers"] = "newest"
    cursor: Annotated[str, Meta(max_length=200)] | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class ExportQuery(CaseFilter, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Query of an export; `bom` marks CSV as UTF-8 for spreadsheets that guess."""

    bom: bool = False


class ReportQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Query of a case's reports: the page."""

    cursor: Annotated[str, Meta(max_length=200)] | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
