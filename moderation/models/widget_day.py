"""Signs of life of the widget on a site's pages, by day."""

from datetime import date

from sqlalchemy import Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, SiteId, Time


class WidgetDay(Base):
    """Signs of life of a site's widget on one day (UTC). No data about readers."""

    __tablename__ = "widget_day"

    site_id: Mapped[SiteId] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last_seen_at: Mapped[Time | None]
    opened: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How often a dialog was opened. Browsers repeat no request for a minute."""
    pages: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Pages on which it was opened, nearly (HyperLogLog)."""
    version: Mapped[str | None] = mapped_column(Text)
    refused: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict, server_default=text("'{}'"))
    """Requests from origins that are not the site's, by origin."""
