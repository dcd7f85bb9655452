"""Base of all tables: constraint names, UUIDv7 keys, times in UTC."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from sqlalchemy import DateTime, Dialect, ForeignKey, LargeBinary, MetaData, Text, TypeDecorator, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from uuid_utils.compat import uuid7

from moderation.origin import current_origin

# Alembic can drop or alter only constraints that have a name.
NAMES = {
    "ix": "ix__%(table_name)s__%(column_0_N_name)s",
    "uq": "uq__%(table_name)s__%(column_0_N_name)s",
    "ck": "ck__%(table_name)s__%(constraint_name)s",
    "fk": "fk__%(table_name)s__%(column_0_N_name)s",
    "pk": "pk__%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base."""

    metadata = MetaData(naming_convention=NAMES)


class StructJson(TypeDecorator[msgspec.Struct]):
    """A msgspec struct as JSONB. Replace the struct to change it: it is frozen."""

    impl = JSONB
    cache_ok = True

    def __init__(self, struct: type[msgspec.Struct]) -> None:
        super().__init__()
        self.struct = struct

    def process_bind_param(self, value: msgspec.Struct | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """To JSON."""
        return msgspec.to_builtins(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> msgspec.Struct | None:  # noqa: ARG002
        """From JSON."""
        return None if value is None else msgspec.convert(value, self.struct)


class Sealed(TypeDecorator[bytes]):
    """A text that services/secret_box.py encrypted for a purpose.

    services/instance/rotate_key.py finds the columns of this type and encrypts them anew with another key.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose


def one_of(column: str, values: tuple[str, ...]) -> str:
    """A CHECK condition: the column holds one of the values."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


# UUIDv7 (RFC 9562) sorts by time, so new rows go to the end of the index.
Id = Annotated[UUID, mapped_column(primary_key=True, default=uuid7)]
Time = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Created = Annotated[datetime, mapped_column(DateTime(timezone=True), server_default=func.now())]
SiteId = Annotated[UUID, mapped_column(ForeignKey("site.id", ondelete="CASCADE"))]
CaseId = Annotated[UUID, mapped_column(ForeignKey("case.id", ondelete="CASCADE"))]
EditorId = Annotated[UUID, mapped_column(ForeignKey("editor.id", ondelete="CASCADE"))]
SubscriberId = Annotated[UUID, mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"))]
MaybeEditorId = Annotated[UUID | None, mapped_column(ForeignKey("editor.id", ondelete="SET NULL"))]


RequestId = Annotated[str | None, mapped_column(Text, default=lambda: current_origin().request_id)]
Traceparent = Annotated[str | None, mapped_column(Text, default=lambda: current_origin().traceparent)]
