"""People, and what they may do on which site."""

from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.domain.grants import ROLES, Role
from moderation.models.base import Base, Created, EditorId, Id, one_of
from moderation.models.site import Site


class Editor(Base):
    """An account at the desk. An owner runs the instance and may do everything on every site."""

    __tablename__ = "editor"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str | None] = mapped_column(Text)
    """What colleagues see; the address where there is none."""
    password_hash: Mapped[str | None] = mapped_column(Text)
    """None: they sign in elsewhere (OIDC)."""
    is_owner: Mapped[bool] = mapped_column(default=False)
    lang: Mapped[str] = mapped_column(Text, default="ru", server_default="ru")
    """Of the mail we send them: what their desk was in last."""
    oidc_subject: Mapped[str | None] = mapped_column(Text, unique=True)
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Encrypted: a copy of the database signs nobody in. Set means asked for at sign-in."""
    totp_last: Mapped[int | None]
    """The time step of the last code taken: none works twice (RFC 6238, 5.2)."""
    recovery_digests: Mapped[list[bytes]] = mapped_column(
        ARRAY(LargeBinary), default=list, server_default=text("'{}'")
    )
    """SHA-256 of recovery codes that are still good."""
    created_at: Mapped[Created]

    @property
    def called(self) -> str:
        """What colleagues see."""
        return self.name or self.email

    memberships: Mapped[list["Membership"]] = relationship(lazy="selectin", cascade="all, delete-orphan")


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
