"""Audit log of changes to a site. Decisions on cases have their own table."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, Created, Id, MaybeEditorId
from moderation.models.editor import Editor


class AuditEntry(Base):
    """One change to a site. Append-only."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix__audit_entry__site", "site_id", "id"),)

    id: Mapped[Id]
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    editor_id: Mapped[MaybeEditorId]
    what: Mapped[str] = mapped_column(Text)
    """Name of the change, such as `key.rotated`; see services/sites/audit.py."""
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    """Must not hold secrets."""
    created_at: Mapped[Created]

    editor: Mapped[Editor | None] = relationship(lazy="joined")
