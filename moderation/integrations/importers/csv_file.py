"""Read records from CSV with a header line."""

import csv
from collections.abc import Iterator, Mapping
from typing import TextIO

from moderation.integrations.importers.mapping import InvalidMap, complete
from moderation.integrations.importers.record import Record


def read_csv(file: TextIO, columns: Mapping[str, str]) -> Iterator[Record]:
    """Yield the records. The delimiter (comma, semicolon, tab) follows the header. Raises InvalidMap."""
    header = file.readline().lstrip("\ufeff")
    delimiter = max(",;\t", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    if not names:
        raise InvalidMap("the file is empty: its first line must name the columns")
    full = complete(columns, names)
    rows = csv.DictReader(file, fieldnames=names, delimiter=delimiter)
    for number, row in enumerate(rows, start=2):
        yield Record(number, {field: row[column] for field, column in full.items()})
