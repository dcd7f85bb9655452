"""Secret keys of sites' own back ends."""

from typing import Literal, get_args

from sqlalchemy import ARRAY, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, Created, Id, MaybeEditorId, SiteId, Time
from moderation.models.site import Site

ServerScope = Literal["report"]
SERVER_SCOPES: tuple[ServerScope, ...] = get_args(ServerScope)


class ServerKey(Base):
    """A key with which a site's server sends reports for its readers. Only its digest is stored."""

    __tablename__ = "server_key"

    id: Mapped[Id]
    site_id: Mapped[SiteId] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of the key. A key has 256 random bits, so a slow hash is not needed."""
    scopes: Mapped[list[ServerScope]] = mapped_column(
        ARRAY(Text), default=lambda: list(SERVER_SCOPES), server_default=text("'{report}'")
    )
    created_by: Mapped[MaybeEditorId]
    created_at: Mapped[Created]
    last_used_at: Mapped[Time | None]
    """Updated at most once per minute."""

    site: Mapped[Site] = relationship(lazy="joined")
