"""State of the instance as a whole."""

from sqlalchemy import CheckConstraint, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base


class Instance(Base):
    """One row for the whole database."""

    __tablename__ = "instance"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=1)
    secret_key_fingerprint: Mapped[str] = mapped_column(Text)
    """Of the SECRET_KEY that links and stored secrets were made with: services/instance/secret_key.py."""
