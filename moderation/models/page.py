"""An article."""

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, Id, SiteId


class Page(Base):
    """An article, known by its canonical URL."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("site_id", "url"),)

    id: Mapped[Id]
    site_id: Mapped[SiteId]
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Created]
