"""The connection to the CMS of a site."""

from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, Sealed, Time, one_of

CmsKind = Literal["wordpress", "git", "endpoint"]
CMS_KINDS: tuple[CmsKind, ...] = get_args(CmsKind)


class CmsConnection(Base):
    """The CMS of one site, with its credentials."""

    __tablename__ = "cms_connection"
    __table_args__ = (CheckConstraint(one_of("kind", CMS_KINDS), name="kind"),)

    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[CmsKind] = mapped_column(Text)
    settings: Mapped[dict[str, str]] = mapped_column(JSONB)
    """Address, account and so on; services/apply/kinds.py knows the names. No secret."""
    secret: Mapped[bytes | None] = mapped_column(Sealed("cms"))
    """Password, token or key, encrypted (services/secret_box.py)."""
    purge_url: Mapped[str | None] = mapped_column(Text)
    """Called after a correction was applied, so that readers get the new page."""
    may_be_private: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """An owner or the operator set it: the hosts of CORRIGENDA_PRIVATE_HOSTS may be reached."""
    tested_at: Mapped[Time | None]
    test_error: Mapped[str | None] = mapped_column(Text)
    """Why the last test failed; None if it passed."""
    created_at: Mapped[Created]
