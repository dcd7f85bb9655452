"""A report that its reader withdrew."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Time


class Withdrawal(Base):
    """A reader took a report back. The report stays as it was sent, and counts no more."""

    __tablename__ = "withdrawal"

    report_id: Mapped[UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    withdrawn_at: Mapped[Time]
