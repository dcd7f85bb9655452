"""Bulk action: one step on many cases. Editors can follow its progress and undo it."""

from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.domain.cases.lifecycle import Action
from moderation.models.base import Base, CaseId, Created, EditorId, Id, Time, one_of

Result = Literal["done", "changed", "refused"]
RESULTS: tuple[Result, ...] = get_args(Result)


class Bulk(Base):
    """A bulk action that an editor requested."""

    __tablename__ = "bulk"

    id: Mapped[Id]
    editor_id: Mapped[EditorId] = mapped_column(index=True)
    action: Mapped[Action] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    applies: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Accepted corrections are also applied in the CMS."""
    total: Mapped[int]
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("bulk.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    finished_at: Mapped[Time | None]


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
