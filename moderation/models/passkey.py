"""Passkeys of accounts (WebAuthn)."""

from sqlalchemy import ARRAY, BigInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, EditorId, Id, Time


class Passkey(Base):
    """A credential with which an editor signs in without a password. It holds public data only."""

    __tablename__ = "passkey"

    id: Mapped[Id]
    editor_id: Mapped[EditorId] = mapped_column(index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    """COSE key."""
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """The authenticator's counter of signatures. Passkeys that are synchronised send 0."""
    name: Mapped[str] = mapped_column(Text)
    transports: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default=text("'{}'"))
    """How browsers reach the authenticator, such as `usb` or `internal`."""
    created_at: Mapped[Created]
    last_used_at: Mapped[Time | None]
