"""The readers of a case, by hash."""

from sqlalchemy import LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, CaseId, Time


class CaseReader(Base):
    """Who reported a case, by hash: a count of distinct readers that costs the same for the 10,000th."""

    __tablename__ = "case_reader"

    case_id: Mapped[CaseId] = mapped_column(primary_key=True)
    reader_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    since: Mapped[Time] = mapped_column(server_default=func.now())
