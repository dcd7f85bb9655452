"""What readers' browsers send, and what they are told."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.api.schemas.limits import URL_LENGTH, Comment, Context, Text1000
from moderation.domain.cases.lifecycle import Status
from moderation.models.report import Kind


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
