"""Move a database to another secret key: encrypt everything that is sealed with the current key."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Column, select, update
from sqlalchemy.orm import Session

from moderation.models import Base
from moderation.models.base import Sealed
from moderation.secret_keys import SecretKeys
from moderation.services.instance.secret_key import accept_key
from moderation.services.secret_box import CannotOpen, reseal

_PLAIN_BYTES = 32
"""Recovery codes of version 0.1 are plain SHA-256 until their account uses one."""


@dataclass(slots=True)
class Rotation:
    """Counts of a rotation: values encrypted anew, and values that none of the keys opens."""

    rotated: int = 0
    lost: int = 0


def rotate_key(session: Session, secret_keys: SecretKeys) -> Rotation:
    """Encrypt every sealed value with the current key, in one transaction. A second run does no harm.

    Values that no key opens stay as they are: they were lost before.
    """
    rotation = Rotation()
    for column, purpose in sealed_columns():
        _rotate_column(session, secret_keys, column, purpose, rotation)
    accept_key(session, secret_keys.current)
    return rotation


def sealed_columns() -> Iterator[tuple[Column[Any], str]]:
    """Yield the columns of all tables that hold sealed values, with their purpose."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            kind = column.type.item_type if isinstance(column.type, ARRAY) else column.type
            if isinstance(kind, Sealed):
                yield column, kind.purpose


def _rotate_column(
    session: Session, secret_keys: SecretKeys, column: Column[Any], purpose: str, rotation: Rotation
) -> None:
    [key] = column.table.primary_key
    rows = select(key, column).where(column.is_not(None)).with_for_update()
    for id_, value in session.execute(rows).all():
        values = value if isinstance(value, list) else [value]
        fresh = [_rotate(secret_keys, purpose, sealed, rotation) for sealed in values]
        changed = fresh if isinstance(value, list) else fresh[0]
        session.execute(update(column.table).where(key == id_).values({column: changed}))


def _rotate(secret_keys: SecretKeys, purpose: str, sealed: bytes, rotation: Rotation) -> bytes:
    if len(sealed) == _PLAIN_BYTES:
        return sealed
    try:
        fresh = reseal(secret_keys, purpose, sealed)
    except CannotOpen:
        rotation.lost += 1
        return sealed
    rotation.rotated += 1
    return fresh
