"""Read records from JSON Lines: one object per line."""

from collections.abc import Iterator, Mapping
from typing import TextIO

import msgspec

from moderation.integrations.importers.mapping import at
from moderation.integrations.importers.record import FIELDS, Record

_NESTED = {"exact": "quote.exact", "prefix": "quote.prefix", "suffix": "quote.suffix", "time": "created_at"}
"""Where our own API has these fields."""


def read_jsonl(file: TextIO, columns: Mapping[str, str]) -> Iterator[Record]:
    """Yield the records. A column may be a path, such as `quote.exact`. A broken line is an empty record."""
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Record(number, {"broken": str(error)})
            continue
        yield Record(number, {field: _value(row, field, columns) for field in FIELDS})


def _value(row: object, field: str, columns: Mapping[str, str]) -> object:
    if field in columns:
        return at(row, columns[field])
    value = at(row, field)
    return at(row, _NESTED[field]) if value is None and field in _NESTED else value
