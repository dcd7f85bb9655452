"""The shapes of API version 1. Validation and the OpenAPI document both come from here."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.domain.lifecycle import Action, Status
from moderation.models import Case, Decision, Report
from moderation.models.case import State
from moderation.models.report import Kind
from moderation.models.suggestion import Source
from moderation.services.cases import Filter, Sort

URL_LENGTH = 2048

Text1000 = Annotated[str, Meta(max_length=1000)]
Comment = Annotated[str, Meta(max_length=2000)]
Context = Annotated[str, Meta(max_length=200)]


class QuoteIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A passage and what stands around it (W3C TextQuoteSelector)."""

    exact: Annotated[str, Meta(min_length=1, max_length=1000)]
    prefix: Context = ""
    suffix: Context = ""


class PositionIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Where the passage stands in the page's text, in code points, `end` excluded (TextPositionSelector)."""

    start: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    end: Annotated[int, Meta(ge=0, le=2**31 - 1)]

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("end lies before start")


class ReportIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a reader sends."""

    url: Annotated[str, Meta(min_length=1, max_length=URL_LENGTH)]
    quote: QuoteIn
    position: PositionIn | None = None
    correction: Text1000 | None = None
    comment: Comment | None = None
    kind: Kind | None = None
    title: Annotated[str, Meta(max_length=500)] | None = None
    lang: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)] | None = None


class ReceiptLink(msgspec.Struct, frozen=True):
    """The reader's secret link."""

    token: str
    url: str


class ReportAccepted(msgspec.Struct, frozen=True):
    """The report is stored."""

    id: UUID
    receipt: ReceiptLink
    status: Literal["received"] = "received"


class ReceiptOut(msgspec.Struct, frozen=True):
    """What became of a report."""

    status: Literal["received", "withdrawn"] | Status
    reported_at: datetime
    decided_at: datetime | None
    fixed_at: datetime | None
    message: str


class WidgetQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which site's widget, on which page."""

    site: Annotated[str, Meta(min_length=1, max_length=100)]
    url: Annotated[str, Meta(min_length=1, max_length=URL_LENGTH)]


class ChallengeQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which site's challenge."""

    site: Annotated[str, Meta(min_length=1, max_length=100)]


class QuoteOut(msgspec.Struct, frozen=True):
    """A passage and what stands around it."""

    exact: str
    prefix: str
    suffix: str


class WidgetOut(msgspec.Struct, frozen=True):
    """What the widget asks on opening. `known` is null where the site does not tell."""

    ground_rules: str
    proof_of_work: bool
    known: list[QuoteOut] | None


class ChallengeOut(msgspec.Struct, frozen=True):
    """A challenge as ALTCHA, version 2, has it."""

    parameters: dict[str, Any]
    signature: str


class PageOut(msgspec.Struct, frozen=True):
    """An article."""

    id: UUID
    url: str
    title: str | None


class PassageOut(msgspec.Struct, frozen=True):
    """The smallest whole-word passage that holds the mistake."""

    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    state: State


class SuggestionOut(msgspec.Struct, frozen=True):
    """What could stand in place of the passage."""

    text: str
    source: Source
    votes: int
    confidence: float | None


class CaseOut(msgspec.Struct, frozen=True):
    """One mistake."""

    id: UUID
    site: UUID
    status: Status
    version: int
    lang: str | None
    report_count: int
    reader_count: int
    first_reported_at: datetime
    last_reported_at: datetime
    spam_score: float
    page: PageOut
    correction: str | None
    passage: PassageOut
    suggestions: list[SuggestionOut]

    @classmethod
    def of(cls, case: Case) -> "CaseOut":
        """A case as the API shows it."""
        return cls(
            id=case.id,
            site=case.site_id,
            status=case.status,
            version=case.version,
            lang=case.lang,
            report_count=case.report_count,
            reader_count=case.reader_count,
            first_reported_at=case.first_reported_at,
            last_reported_at=case.last_reported_at,
            spam_score=case.spam_score,
            page=PageOut(case.page.id, case.page.url, case.page.title),
            correction=case.correction,
            passage=PassageOut(case.exact, case.prefix, case.suffix, case.start, case.end, case.state),
            suggestions=[
                SuggestionOut(found.text, found.source, found.votes, found.confidence)
                for found in case.suggestions
            ],
        )


class CaseList(msgspec.Struct, frozen=True):
    """Some cases; `next` is the cursor of the following ones."""

    items: list[CaseOut]
    next: str | None


class ReportOut(msgspec.Struct, frozen=True):
    """What one reader sent."""

    id: UUID
    created_at: datetime
    quote: QuoteOut
    correction: str | None
    comment: str | None
    kind: Kind | None
    lang: str | None

    @classmethod
    def of(cls, report: Report) -> "ReportOut":
        """A report as the API shows it: nothing of the reader."""
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
    """Some reports of a case, newest first."""

    items: list[ReportOut]
    next: str | None


class DecisionOut(msgspec.Struct, frozen=True):
    """One step of a case."""

    id: UUID
    decided_at: datetime
    editor: str | None
    action: Action
    old_status: Status
    new_status: Status
    correction: str | None
    note: str | None

    @classmethod
    def of(cls, decision: Decision) -> "DecisionOut":
        """A decision as the API shows it; `editor` is an e-mail address, null for the system."""
        return cls(
            id=decision.id,
            decided_at=decision.decided_at,
            editor=decision.editor.email if decision.editor else None,
            action=decision.action,
            old_status=decision.old_status,
            new_status=decision.new_status,
            correction=decision.correction,
            note=decision.note,
        )


class DecisionList(msgspec.Struct, frozen=True):
    """A case's history, oldest first."""

    items: list[DecisionOut]


class DecisionIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A step to take with a case, as the editor saw it at `version`."""

    action: Action
    version: Annotated[int, Meta(ge=1)]
    correction: Text1000 | None = None
    note: Comment | None = None


class MergeIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The case that takes in this one's reports."""

    into: UUID


class SplitIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The reports that get a case of their own."""

    report_ids: Annotated[list[UUID], Meta(min_length=1, max_length=1000)]


class CaseItems(msgspec.Struct, frozen=True):
    """Cases that a step changed or made."""

    items: list[CaseOut]


class RecheckIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The page to look at."""

    url: Annotated[str, Meta(min_length=1, max_length=URL_LENGTH)]


class RecheckOut(msgspec.Struct, frozen=True):
    """The page will be looked at in a few seconds."""

    page: UUID


class CaseFilter(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Which cases.

    `section` is the beginning of pages' URLs, `since` and `before` when a case was first reported,
    `suggestion` whether a correction is at hand; `q` searches passages, comments and titles by words.
    """

    site: UUID | None = None
    status: Status | None = None
    url: Annotated[str, Meta(max_length=URL_LENGTH)] | None = None
    section: Annotated[str, Meta(max_length=URL_LENGTH)] | None = None
    kind: Kind | None = None
    lang: Annotated[str, Meta(max_length=35)] | None = None
    assignee: UUID | None = None
    suggestion: bool | None = None
    since: datetime | None = None
    before: datetime | None = None
    q: Annotated[str, Meta(max_length=200)] | None = None

    def filter(self, sort: Sort = "newest") -> Filter:
        """As services/cases.py reads it."""
        return Filter(**{name: getattr(self, name) for name in CaseFilter.__struct_fields__}, sort=sort)


class CaseQuery(CaseFilter, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Which cases, in which order."""

    sort: Literal["priority", "newest", "oldest", "readers"] = "newest"
    cursor: Annotated[str, Meta(max_length=200)] | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class ReportQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of a case's reports."""

    cursor: Annotated[str, Meta(max_length=200)] | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
