"""Corrections offered for a case."""

from typing import Literal, get_args

from sqlalchemy import CheckConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, CaseId, Id, one_of

Source = Literal["reader", "speller"]
SOURCES: tuple[Source, ...] = get_args(Source)


class Suggestion(Base):
    """A replacement for the passage of a case, with readers' votes or with the speller's confidence."""

    __tablename__ = "suggestion"
    __table_args__ = (CheckConstraint(one_of("source", SOURCES), name="source"),)

    id: Mapped[Id]
    case_id: Mapped[CaseId] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[Source] = mapped_column(Text)
    votes: Mapped[int] = mapped_column(default=0)
    confidence: Mapped[float | None]
