"""Security history of accounts: sign-ins, and changes to the ways into an account."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, Id


class AccountEvent(Base):
    """One event of one account. Append-only; old rows are deleted after a fixed time."""

    __tablename__ = "account_event"
    __table_args__ = (
        Index("ix__account_event__editor", "editor_id", "id"),
        Index("ix__account_event__created_at", "created_at"),
    )

    id: Mapped[Id]
    editor_id: Mapped[UUID | None] = mapped_column(ForeignKey("editor.id", ondelete="CASCADE"))
    """None: an attempt to sign in to an account that does not exist."""
    what: Mapped[str] = mapped_column(Text)
    """Name of the event, such as `password.changed`; see services/accounts/security_log.py."""
    browser: Mapped[str] = mapped_column(Text)
    """User-Agent header; empty: the command line or the program itself."""
    network: Mapped[str] = mapped_column(Text)
    """Network of the address, shortened (/24 of IPv4, /48 of IPv6). The address itself is not stored."""
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    """Must not hold secrets."""
    created_at: Mapped[Created]
