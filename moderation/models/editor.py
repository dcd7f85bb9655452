"""Accounts of editors."""

from sqlalchemy import ARRAY, CheckConstraint, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, Created, Id, Sealed, Time
from moderation.models.membership import Membership
from moderation.models.passkey import Passkey


class Editor(Base):
    """An account at the desk. An owner runs the instance and may do everything on every site."""

    __tablename__ = "editor"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str | None] = mapped_column(Text)
    """The name that colleagues see. Without it they see the address."""
    password_hash: Mapped[str | None] = mapped_column(Text)
    """None: the editor signs in with single sign-on (OIDC)."""
    is_owner: Mapped[bool] = mapped_column(default=False)
    lang: Mapped[str] = mapped_column(Text, default="ru", server_default="ru")
    """Language of mail to the editor: the last language of their desk."""
    oidc_subject: Mapped[str | None] = mapped_column(Text, unique=True)
    totp_secret: Mapped[bytes | None] = mapped_column(Sealed("totp"))
    """Encrypted, so that a copy of the database is not enough to sign in. If set, sign-in asks for a code."""
    totp_last: Mapped[int | None]
    """The time step of the last accepted code, so that no code works twice (RFC 6238, 5.2)."""
    recovery_digests: Mapped[list[bytes]] = mapped_column(
        ARRAY(Sealed("recovery_code")), default=list, server_default=text("'{}'")
    )
    """Encrypted digests of the unused recovery codes. Version 0.1 stored plain SHA-256."""
    sso_two_factor: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The identity provider checked two factors at the last sign-in."""
    sso_confirmed_at: Mapped[Time | None]
    """The last sign-in at the identity provider that gave the account its rights."""
    disabled_at: Mapped[Time | None]
    """The time at which the account was disabled."""
    created_at: Mapped[Created]

    @property
    def display_name(self) -> str:
        """Return the name that colleagues see."""
        return self.name or self.email

    memberships: Mapped[list["Membership"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    passkeys: Mapped[list["Passkey"]] = relationship(order_by="Passkey.id", cascade="all, delete-orphan")
