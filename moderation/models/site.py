"""A publication."""

from sqlalchemy import ARRAY, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.domain.sites.settings import SiteSettings
from moderation.models.base import Base, Created, Id, StructJson, Time


class Site(Base):
    """A publication. All other data belongs to a site."""

    __tablename__ = "site"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(Text, unique=True)
    site_key: Mapped[str] = mapped_column(Text, unique=True)
    """Public: it stands in the pages' source. What it may do is limited by `origins`."""
    previous_key: Mapped[str | None] = mapped_column(Text, unique=True)
    """The key before the last rotation: pages that still carry it are served until then."""
    previous_key_until: Mapped[Time | None]
    origins: Mapped[list[str]] = mapped_column(ARRAY(Text))
    """scheme://host[:port] of the site's pages; the host may start with `*.`"""
    operator_origins: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default=list, server_default=text("'{}'")
    )
    """The origins among them that the operator or an owner set: only there a private host may be read."""
    fetch_header_name: Mapped[str | None] = mapped_column(Text)
    """A request header that lets us past the site's own protection against bots."""
    fetch_header_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Its value, encrypted (services/secret_box.py)."""
    settings: Mapped[SiteSettings] = mapped_column(
        StructJson(SiteSettings), default=SiteSettings, server_default=text("'{}'")
    )
    delete_at: Mapped[Time | None]
    """An admin asked for deletion; until then it can be taken back."""
    created_at: Mapped[Created]
