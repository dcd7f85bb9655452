"""Corrections on their way into the CMS: a queue, and the record of the changes."""

from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, CaseId, Created, Id, MaybeEditorId, SiteId, Time, one_of
from moderation.models.case import Case
from moderation.models.editor import Editor

ApplyKind = Literal["apply", "revert"]
ApplyStatus = Literal["queued", "applied", "refused", "canceled"]
APPLY_KINDS: tuple[ApplyKind, ...] = get_args(ApplyKind)
APPLY_STATUSES: tuple[ApplyStatus, ...] = get_args(ApplyStatus)

_QUEUED = "status = 'queued'"


class CorrectionApply(Base):
    """One correction that an editor had applied or reverted: asked, and what became of it."""

    __tablename__ = "correction_apply"
    __table_args__ = (
        CheckConstraint(one_of("kind", APPLY_KINDS), name="kind"),
        CheckConstraint(one_of("status", APPLY_STATUSES), name="status"),
        Index("ix__correction_apply__due", "due_at", "id", postgresql_where=text(_QUEUED)),
        Index("ix__correction_apply__case", "case_id", "id"),
        Index("uq__correction_apply__queued", "case_id", unique=True, postgresql_where=text(_QUEUED)),
    )

    id: Mapped[Id]
    site_id: Mapped[SiteId] = mapped_column(index=True)
    case_id: Mapped[CaseId]
    editor_id: Mapped[MaybeEditorId]
    kind: Mapped[ApplyKind] = mapped_column(Text, default="apply")
    status: Mapped[ApplyStatus] = mapped_column(Text, default="queued")
    page_url: Mapped[str] = mapped_column(Text)
    exact: Mapped[str] = mapped_column(Text)
    """What stands in the article; for a revert, what was written."""
    prefix: Mapped[str] = mapped_column(Text)
    suffix: Mapped[str] = mapped_column(Text)
    correction: Mapped[str] = mapped_column(Text)
    """What replaces it."""
    reverts_id: Mapped[UUID | None] = mapped_column(ForeignKey("correction_apply.id", ondelete="SET NULL"))

    asked_at: Mapped[Created]
    due_at: Mapped[Time]
    leased_until: Mapped[Time | None]
    """A worker has it until then, and prolongs this while it works."""
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    writing: Mapped[str | None] = mapped_column(Text)
    """Fingerprint of the document that the begun writing leads to: it tells whether it was finished."""

    document: Mapped[str | None] = mapped_column(Text)
    field: Mapped[str | None] = mapped_column(Text)
    source_before: Mapped[str | None] = mapped_column(Text)
    source_after: Mapped[str | None] = mapped_column(Text)
    """The piece of source that was replaced, and what stands there now. Equal: it read so already."""
    revision: Mapped[str | None] = mapped_column(Text)
    """The revision of the CMS with the correction."""
    link: Mapped[str | None] = mapped_column(Text)
    """Where an editor opens the document in the CMS."""
    refusal: Mapped[str | None] = mapped_column(Text)
    """Kind of the last refusal; integrations/cms/base.py has the kinds."""
    error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[Time | None]

    case: Mapped[Case] = relationship()
    editor: Mapped[Editor | None] = relationship(lazy="joined")
