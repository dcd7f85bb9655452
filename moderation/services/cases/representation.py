"""A case as the API, exports and everything else outside sees it."""

from uuid import UUID

import msgspec

from moderation.domain.cases.lifecycle import Status
from moderation.domain.pages.reading import UnreadReason
from moderation.domain.pages.states import FetchState
from moderation.domain.text.blocks import Zone
from moderation.domain.times import Time
from moderation.models import Case
from moderation.models.case import State
from moderation.models.suggestion import Source


class PageOut(msgspec.Struct, frozen=True):
    """An article."""

    id: UUID
    url: str
    title: str | None
    fetch_state: FetchState = "never"
    """What came of the last attempt to read the page."""
    unread_reason: UnreadReason | None = None
    """Why it was not read."""
    fetched_at: Time | None = None
    authors: list[str] = []
    """As the page states them."""
    section: str | None = None
    """As the page states it."""


class PassageOut(msgspec.Struct, frozen=True):
    """The smallest whole-word passage that holds the mistake."""

    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    state: State
    zone: Zone | None = None
    """The part of the article that it stands in, where that is known."""


class SuggestionOut(msgspec.Struct, frozen=True):
    """A suggested replacement of the passage."""

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
    first_reported_at: Time
    last_reported_at: Time
    spam_score: float
    page: PageOut
    correction: str | None
    passage: PassageOut
    suggestions: list[SuggestionOut]
    other_corrections: int
    """Readers' corrections beyond the ten with the most votes."""
    merged_into: UUID | None = None
    """The case that has this one's reports now."""

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
            page=PageOut(
                case.page.id,
                case.page.url,
                case.page.title,
                case.page.fetch_state,
                case.page.unread_reason,
                case.page.fetched_at,
                list(case.page.authors),
                case.page.section,
            ),
            correction=case.correction,
            passage=PassageOut(
                case.exact, case.prefix, case.suffix, case.start, case.end, case.state, case.zone
            ),
            suggestions=[
                SuggestionOut(found.text, found.source, found.votes, found.confidence)
                for found in case.suggestions
            ],
            other_corrections=case.other_corrections,
            merged_into=case.merged_into_id,
        )
