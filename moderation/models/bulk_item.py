"""The cases of a bulk action, and the result of each."""

from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, CaseId, one_of

Result = Literal["done", "changed", "refused"]
RESULTS: tuple[Result, ...] = get_args(Result)


class BulkItem(Base):
    """One case of a bulk action: its version at the request, and the result."""

    __tablename__ = "bulk_item"
    __table_args__ = (
        CheckConstraint(one_of("result", RESULTS), name="result"),
        Index("ix__bulk_item__waiting", "bulk_id", "case_id", postgresql_where=text("result IS NULL")),
    )

    bulk_id: Mapped[UUID] = mapped_column(ForeignKey("bulk.id", ondelete="CASCADE"), primary_key=True)
    case_id: Mapped[CaseId] = mapped_column(primary_key=True)
    version: Mapped[int]
    """The case's version at the request; after the step, its new version."""
    result: Mapped[Result | None] = mapped_column(Text)
