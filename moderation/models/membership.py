"""An editor's role on a site."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.domain.accounts.roles import ROLES, Role
from moderation.models.base import Base, EditorId, one_of
from moderation.models.site import Site


class Membership(Base):
    """An editor's role on a site."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint(one_of("role", ROLES), name="role"),)

    editor_id: Mapped[EditorId] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(
        ForeignKey("site.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[Role] = mapped_column(Text)

    site: Mapped[Site] = relationship(lazy="joined")
