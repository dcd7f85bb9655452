"""Reports of readers."""

from typing import Literal, get_args

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.domain.sites.limits import EXACT_LENGTH
from moderation.models.base import Base, Created, Id, SiteId, one_of

Kind = Literal["spelling", "punctuation", "grammar", "fact", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Report(Base):
    """One report of one reader. Immutable: intake inserts it once; only its reader's erasure updates it.

    It names its page by URL and not by key, so that intake can write without reading.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        CheckConstraint(f"char_length(exact) BETWEEN 1 AND {EXACT_LENGTH}", name="exact_length"),
        # Partial index: few reports have an idempotency key, and only these are in it.
        Index(
            "uq__report__site_id_idempotency_key",
            "site_id",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
        Index("ix__report__reader", "site_id", "reader_hash", "created_at"),
        Index("ix__report__test", "site_id", postgresql_where=text("is_test")),
        # Insight reads the reports of one day.
        Index("ix__report__day", "site_id", "created_at"),
    )

    id: Mapped[Id]
    site_id: Mapped[SiteId]
    url: Mapped[str] = mapped_column(Text)
    """Canonical URL of the page."""
    exact: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text)
    suffix: Mapped[str] = mapped_column(Text)
    start: Mapped[int | None]
    """Start of the passage in the reader's page text, in code points; `end` is excluded."""
    end: Mapped[int | None]
    correction: Mapped[str | None] = mapped_column(Text)
    comment: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[Kind | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    lang: Mapped[str | None] = mapped_column(Text)
    reader_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """Keyed hash of the reader's address and the day. It counts readers without identifying them."""
    idempotency_key: Mapped[str | None] = mapped_column(Text)
    body_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Recognises a repeated request with the same idempotency key."""
    is_test: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """An admin tried the widget. Tests count in no figure."""
    created_at: Mapped[Created]
