"""Subscribers of a site's events: webhooks, channels, mailboxes."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, Created, Id, Sealed, SiteId, Time
from moderation.models.event import EventType
from moderation.models.site import Site


class Subscriber(Base):
    """One receiver of a site's events. `kind` names the file in services/notify that sends to it."""

    __tablename__ = "subscriber"
    __table_args__ = (Index("ix__subscriber__site", "site_id", "id"),)

    id: Mapped[Id]
    site_id: Mapped[SiteId]
    kind: Mapped[str] = mapped_column(Text)
    """No CHECK: a new kind needs no migration. A kind that this program does not know waits."""
    name: Mapped[str] = mapped_column(Text)
    hears: Mapped[list[EventType]] = mapped_column(ARRAY(Text))
    """The events that become deliveries."""
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    """Settings of the kind. Must not hold secrets."""
    sealed: Mapped[bytes | None] = mapped_column(Sealed("subscriber"))
    """Secrets of the kind, encrypted (services/secret_box.py)."""
    editor_id: Mapped[UUID | None] = mapped_column(ForeignKey("editor.id", ondelete="CASCADE"), index=True)
    """The member whose own subscription this is; None: one of the site."""
    is_operators: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """An owner or the operator set its address: only then may it be a private host."""
    is_on: Mapped[bool] = mapped_column(default=True, server_default=text("true"))
    """False: an admin switched it off. It gets no new deliveries, and waiting ones stay."""
    failures: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Failed attempts since the last success."""
    paused_until: Mapped[Time | None]
    """Set while it keeps failing: nothing is sent before this time, then one delivery as a trial."""
    admins_told_at: Mapped[Time | None]
    """When the admins got mail about its failures; None after a success."""
    created_at: Mapped[Created]

    site: Mapped[Site] = relationship()
