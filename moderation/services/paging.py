"""Keyset paging: one slice of rows and the cursor for the next."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, tuple_
from sqlalchemy.orm import InstrumentedAttribute

Row = TypeVar("Row")


class InvalidCursor(ValueError):
    """The cursor is not ours, or belongs to another sort order."""


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some rows, and the cursor of the next slice (None after the last)."""

    items: Sequence[Row]
    next: str | None


def beyond(
    column: InstrumentedAttribute[Any],
    id_: InstrumentedAttribute[UUID],
    descending: bool,
    at: tuple[Any, UUID],
) -> ColumnElement[bool]:
    """The rows that come after a cursor in this order."""
    return tuple_(column, id_) < at if descending else tuple_(column, id_) > at


def cut_slice(rows: Sequence[Row], limit: int, key: Any) -> Slice[Row]:
    """Make a slice of at most `limit` rows. One more row in `rows` means that a next slice exists.

    `key` returns the values of a row that its cursor holds.
    """
    items = rows[:limit]
    more = len(rows) > limit
    return Slice(items, write_cursor(key(items[-1])) if more else None)


def write_cursor(key: list[Any]) -> str:
    """Encode a key and an id as the cursor of the rows after them."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read_cursor(cursor: str, type_: type) -> tuple[Any, UUID]:
    """Decode a cursor to a key of this type and an id. Raises InvalidCursor."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=tuple[type_, UUID])  # type: ignore[valid-type]
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise InvalidCursor from None
