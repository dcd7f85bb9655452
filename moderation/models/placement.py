"""The case that a report belongs to."""

from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, CaseId, Time


class Placement(Base):
    """The case of one report. The primary key ensures that no report is in two cases."""

    __tablename__ = "placement"

    report_id: Mapped[UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[CaseId] = mapped_column(index=True)
    selection_id: Mapped[UUID] = mapped_column(ForeignKey("selection.id", ondelete="CASCADE"), index=True)
    placed_at: Mapped[Time] = mapped_column(server_default=func.now())
