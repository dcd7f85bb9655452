"""A publication."""

from sqlalchemy import ARRAY, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.domain.sites.settings import SiteSettings
from moderation.models.base import Base, Created, Id, Sealed, StructJson, Time


class Site(Base):
    """A publication. All other data belongs to a site."""

    __tablename__ = "site"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(Text, unique=True)
    site_key: Mapped[str] = mapped_column(Text, unique=True)
    """Public: it is in the source of the site's pages. `origins` limits its use."""
    previous_key: Mapped[str | None] = mapped_column(Text, unique=True)
    """The key before the last rotation. It stays valid for a limited time, for pages that still carry it."""
    previous_key_until: Mapped[Time | None]
    origins: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """scheme://host[:port] of the site's pages; the host may start with `*.`"""
    operator_origins: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default=list, server_default=text("'{}'")
    )
    """The origins that the operator or an owner set. Page fetching may reach private hosts only there."""
    fetch_header_name: Mapped[str | None] = mapped_column(Text)
    """A request header that lets page fetching pass the site's bot protection."""
    fetch_header_secret: Mapped[bytes | None] = mapped_column(Sealed("fetch_header"))
    """Its value, encrypted (services/secret_box.py)."""
    settings: Mapped[SiteSettings] = mapped_column(
        StructJson(SiteSettings), default=SiteSettings, server_default=text("'{}'")
    )
    delete_at: Mapped[Time | None]
    """Time of the scheduled deletion. Until then an admin can cancel it."""
    created_at: Mapped[Created]
