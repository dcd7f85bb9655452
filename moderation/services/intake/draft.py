"""A report before it is stored. The API decodes requests into a Draft; the form and importers build one.

Add a new field here, in models/report.py and in a migration: the store statement reads its columns from
these structs. docs/dev/where-do-i-add.md has all steps.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from moderation.domain.sites.limits import Comment, Context, Correction, Exact, Lang, Title, Url
from moderation.models.report import Kind
from moderation.origin import UNKNOWN, Origin
from moderation.services.intake.report_limits import NOBODY, Counted

_Offset = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class DraftQuote(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A passage and the text around it (W3C TextQuoteSelector)."""

    exact: Exact
    prefix: Context = ""
    suffix: Context = ""


class DraftPosition(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Position of the passage in the page's text: code points, `end` excluded (W3C TextPositionSelector)."""

    start: _Offset
    end: _Offset

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("end lies before start")


class Draft(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A report as a reader sends it."""

    url: Url
    quote: DraftQuote
    position: DraftPosition | None = None
    correction: Correction | None = None
    comment: Comment | None = None
    kind: Kind | None = None
    title: Title | None = None
    lang: Lang | None = None


class Sender(msgspec.Struct, frozen=True):
    """Sender of a report, and the idempotency data that recognises a repeated request."""

    reader_hash: bytes
    """See services/intake/reader_hash.py."""
    idempotency_key: str | None = None
    body_digest: bytes | None = None
    """SHA-256 of the request's body. The same key with another body is refused."""
    reported_at: datetime | None = None
    """When the reader reported it, for importers. None: now."""
    is_test: bool = False
    """An admin tries the widget: see services/sites/installation.py."""


class Submission(msgspec.Struct, frozen=True):
    """A checked report with its id, ready to be stored."""

    id: UUID
    site_id: UUID
    draft: Draft
    sender: Sender
    origin: Origin = UNKNOWN
    counted: Counted = NOBODY
