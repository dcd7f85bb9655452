"""Schemas for readers: reports, receipts, the widget."""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.domain.cases.lifecycle import Status
from moderation.domain.sites.limits import (
    SITE_KEY_LENGTH,
    Url,
)
from moderation.domain.times import Time

SiteKey = Annotated[str, Meta(min_length=1, max_length=SITE_KEY_LENGTH)]


class ReportHeaders(msgspec.Struct, frozen=True):
    """Optional headers of a report."""

    idempotency_key: Annotated[str, Meta(min_length=1, max_length=128)] | None = msgspec.field(
        name="Idempotency-Key", default=None
    )
    """A repeated request with the same key and body gets the first answer again."""
    proof: str | None = msgspec.field(name="X-Proof", default=None)
    """A solved challenge, if the site requires one."""
    reader: str | None = msgspec.field(name="X-Reader", default=None)
    """With a server key: an opaque id of the reader, 1 to 128 visible characters; else ignored."""


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
    """The state of a report."""

    status: Literal["received", "withdrawn", "erased"] | Status
    reported_at: Time
    decided_at: Time | None
    fixed_at: Time | None
    message: str


Token = Annotated[str, Meta(min_length=1, max_length=100)]


class ReceiptsIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The receipts of one reader."""

    tokens: Annotated[list[Token], Meta(min_length=1, max_length=50)]


class ReceiptsOut(msgspec.Struct, frozen=True):
    """The states of the reports, in the order of the tokens. Null: no report has this token."""

    receipts: list[ReceiptOut | None]


class WidgetQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Query of the widget: its site and its page."""

    site: SiteKey
    url: Url
    version: Annotated[str, Meta(max_length=40)] | None = None
    """The widget's own version, for the site's Install page."""


class ChallengeQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Query of a challenge: its site."""

    site: SiteKey


class QuoteOut(msgspec.Struct, frozen=True):
    """A passage and the text around it."""

    exact: str
    prefix: str
    suffix: str


class WidgetOut(msgspec.Struct, frozen=True):
    """Data for the widget when it opens. `known` is null if the site does not share its known passages.

    `article_root` is the class, id or element name of the article in the site's settings; empty if not set.
    """

    ground_rules: str
    proof_of_work: bool
    article_root: str
    known: list[QuoteOut] | None


class ChallengeOut(msgspec.Struct, frozen=True):
    """A challenge in the format of ALTCHA, version 2."""

    parameters: dict[str, Any]
    signature: str
