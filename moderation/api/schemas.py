"""The shapes of API version 1. Validation and the OpenAPI document both come from here."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.domain.lifecycle import Action, Status
from moderation.models import Decision, Report
from moderation.models.report import Kind
from moderation.services.case_json import CaseOut
from moderation.services.cases import Filter, Sort
from moderation.services.stats import Stats

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
    reason: str | None

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
            reason=decision.reason,
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
    reason: Annotated[str, Meta(max_length=500)] | None = None
    """What a rejected case's readers are told."""


class CaseDecisionIn(DecisionIn, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A step to take with one of many cases."""

    case_id: UUID


class DecisionsIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Steps to take, each with a case."""

    decisions: Annotated[list[CaseDecisionIn], Meta(min_length=1, max_length=200)]


class DecisionResult(msgspec.Struct, frozen=True):
    """What became of one of them: the case where it was taken (200) or is stale (409), else why not."""

    case_id: UUID
    status: int
    case: CaseOut | None = None
    detail: str | None = None


class DecisionsOut(msgspec.Struct, frozen=True):
    """One result for each, in their order."""

    results: list[DecisionResult]


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


class ExportQuery(CaseFilter, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Which cases; `bom` marks CSV as UTF-8 for spreadsheets that guess."""

    bom: bool = False


class StatsQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename={"from_": "from"}):
    """Of which site, from which day to which."""

    site: UUID | None = None
    from_: date | None = None
    to: date | None = None


class CountOut(msgspec.Struct, frozen=True):
    """Something and how many reports it got."""

    name: str
    count: int


class DayOut(msgspec.Struct, frozen=True):
    """One day."""

    day: date
    reports: int
    cases: int
    decided: dict[str, int]


class EditorsWorkOut(msgspec.Struct, frozen=True):
    """What one editor decided."""

    editor: str
    decided: dict[str, int]


class StatsOut(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """Figures of a time. Durations are medians in seconds, within 5 %."""

    from_: date
    to: date
    reports: int
    cases: int
    decided: dict[str, int]
    accepted_share: float | None
    mended: int
    seconds_to_decision: float | None
    seconds_to_mended: float | None
    days: list[DayOut]
    pages: list[CountOut]
    sections: list[CountOut]
    words: list[CountOut]
    readers: list[CountOut]
    editors: list[EditorsWorkOut]

    @classmethod
    def of(cls, found: Stats) -> "StatsOut":
        """Figures as the API shows them."""

        def counts(rows: Sequence[tuple[str, int]]) -> list[CountOut]:
            return [CountOut(name, count) for name, count in rows]

        return cls(
            from_=found.first,
            to=found.last,
            reports=found.reports,
            cases=found.cases,
            decided=found.decided,
            accepted_share=found.accepted_share,
            mended=found.mended,
            seconds_to_decision=found.seconds_to_decision,
            seconds_to_mended=found.seconds_to_mended,
            days=[DayOut(day.day, day.reports, day.cases, day.decided) for day in found.days],
            pages=counts(found.pages),
            sections=counts(found.sections),
            words=counts(found.words),
            readers=counts(found.readers),
            editors=[EditorsWorkOut(one.name, one.decided) for one in found.editors],
        )


class ReportQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which part of a case's reports."""

    cursor: Annotated[str, Meta(max_length=200)] | None = None
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
