"""Which column of a source has which field of a record."""

from collections.abc import Iterable, Mapping
from typing import Any

from moderation.integrations.importers.record import FIELDS


class InvalidMap(ValueError):
    """The map names an unknown field, or a required field has no column."""


def read_map(pairs: Iterable[str]) -> dict[str, str]:
    """Return the columns by field, from texts such as `exact=wrong`. Raises InvalidMap."""
    columns = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or not column:
            raise InvalidMap(f"{pair!r} is not FIELD=COLUMN")
        if field not in FIELDS:
            raise InvalidMap(f"there is no field {field!r}. The fields are {', '.join(FIELDS)}")
        columns[field] = column
    return columns


def complete(columns: Mapping[str, str], present: Iterable[str]) -> dict[str, str]:
    """Add the columns that are named like their field. Raises InvalidMap if a column is missing."""
    names = set(present)
    if missing := [column for column in columns.values() if column not in names]:
        raise InvalidMap(f"the file has no column {missing[0]!r}. It has {', '.join(sorted(names))}")
    full = {field: columns.get(field, field) for field in FIELDS if field in columns or field in names}
    for field in ("url", "exact"):
        if field not in full:
            raise InvalidMap(f"no column has the field {field!r}. Add --map {field}=COLUMN")
    return full


def at(value: Any, path: str) -> Any:
    """Return a value inside nested objects by a dotted path, such as `quote.exact`; else None."""
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value
