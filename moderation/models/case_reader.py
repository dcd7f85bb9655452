"""The readers of a case, by hash."""

from sqlalchemy import LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, CaseId, Time


class CaseReader(Base):
    """One reader of a case, by hash. Counting a new reader costs the same for any number of readers."""

    __tablename__ = "case_reader"

    case_id: Mapped[CaseId] = mapped_column(primary_key=True)
    reader_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    since: Mapped[Time] = mapped_column(server_default=func.now())
