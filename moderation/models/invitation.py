"""Invitations. The secret link holds the row's id and a keyed digest of the id; no table stores it."""

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.domain.accounts.roles import ROLES, Role
from moderation.models.base import Base, Created, Id, MaybeEditorId, SiteId, Time, one_of
from moderation.models.site import Site


class Invitation(Base):
    """An admin's invitation of a person to a site. Deleted when it is accepted or revoked."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(one_of("role", ROLES), name="role"),)

    id: Mapped[Id]
    site_id: Mapped[SiteId] = mapped_column(index=True)
    email: Mapped[str] = mapped_column(Text)
    role: Mapped[Role] = mapped_column(Text)
    invited_by: Mapped[MaybeEditorId]
    lang: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Created]
    expires_at: Mapped[Time]

    site: Mapped[Site] = relationship(lazy="joined")
