"""Read the typo table of hexlet-correction, from `pg_dump` or from CSV.

The table has the columns id, created_date, page_url, reporter_name, reporter_comment, text_before_typo,
text_typo, text_after_typo and typo_status. Its times are UTC without a zone.
"""

import csv
import re
from collections.abc import Collection, Iterator
from typing import TextIO

from moderation.integrations.importers.mapping import InvalidMap
from moderation.integrations.importers.record import Record

STATUSES = ("REPORTED", "IN_PROGRESS", "RESOLVED", "CANCELED")
UNSETTLED = ("REPORTED", "IN_PROGRESS")
_COLUMNS = {
    "id": "id",
    "url": "page_url",
    "exact": "text_typo",
    "prefix": "text_before_typo",
    "suffix": "text_after_typo",
    "comment": "reporter_comment",
    "reader": "reporter_name",
    "time": "created_date",
    "status": "typo_status",
}
_COPY = re.compile(r'COPY (?:"?\w+"?\.)?"?typo"? \((?P<columns>[^)]*)\) FROM stdin;')
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ANONYMOUS = frozenset({"anonymous", "аноним", ""})


def read_hexlet(file: TextIO, statuses: Collection[str] = UNSETTLED) -> Iterator[Record]:
    """Yield the typos with one of these statuses. Raises InvalidMap if the file has no typo table."""
    first = file.readline()
    file.seek(0)
    is_csv = "page_url" in first and "text_typo" in first
    for record in _read_csv(file) if is_csv else _read_copy(file):
        values = dict(record.values)
        if values.pop("status", None) not in statuses:
            continue
        if str(values.get("reader") or "").strip().casefold() in _ANONYMOUS:
            values["reader"] = None
        yield Record(record.number, values)


def _read_csv(file: TextIO) -> Iterator[Record]:
    for number, row in enumerate(csv.DictReader(file), start=2):
        yield Record(number, {field: row.get(column) for field, column in _COLUMNS.items()})


def _read_copy(file: TextIO) -> Iterator[Record]:
    """Read the data of `COPY typo (…) FROM stdin` in a plain dump."""
    lines = enumerate(file, start=1)
    match = next((found for _number, line in lines if (found := _COPY.match(line))), None)
    if match is None:
        raise InvalidMap(
            "the file has no typo table. Make it with `pg_dump --data-only --table=typo`, without --inserts, "
            "or with `\\copy typo to 'typo.csv' csv header`"
        )
    names = [name.strip().strip('"') for name in match["columns"].split(",")]
    for number, line in lines:
        if line.rstrip("\n") == "\\.":
            return
        row = dict(zip(names, map(_unescaped, line.rstrip("\n").split("\t")), strict=False))
        yield Record(number, {field: row.get(column) for field, column in _COLUMNS.items()})


def _unescaped(text: str) -> str | None:
    """Return a value of COPY's text format; None for NULL."""
    if text == r"\N":
        return None
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text)
