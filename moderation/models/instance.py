"""State of the instance as a whole."""

from sqlalchemy import CheckConstraint, SmallInteger, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Time


class Instance(Base):
    """One row for the whole database."""

    __tablename__ = "instance"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=1)
    secret_key_fingerprint: Mapped[str] = mapped_column(Text)
    """Fingerprint of the key of all sealed columns; see services/instance/secret_key.py."""
    two_factor_required: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Every account must use two-factor authentication."""
    backed_up_at: Mapped[Time | None]
    """When the last scheduled backup was complete."""
