"""People, and what they may do on which site."""

from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, Created, EditorId, Id, one_of
from moderation.models.site import Site

Role = Literal["viewer", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


class Editor(Base):
    """An account at the desk. An owner runs the instance and may do everything on every site."""

    __tablename__ = "editor"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(Text, unique=True)
    password_hash: Mapped[str] = mapped_column(Text)
    is_owner: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]

    memberships: Mapped[list["Membership"]] = relationship(lazy="selectin")


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
