"""A requested password reset."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, Id, Time


class PasswordReset(Base):
    """One request for a new password. Deleted when it is used."""

    __tablename__ = "password_reset"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(Text, index=True)
    """The address of the request. Only the worker looks for its account, so that the time of the answer does
    not tell which addresses have one."""
    created_at: Mapped[Created]
    expires_at: Mapped[Time]
